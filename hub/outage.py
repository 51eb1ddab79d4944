"""While the database is away, busy, full or read-only: 503 and when to ask again, on every page that needs it."""

import logging
import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from hub.databases import is_outage

logger = logging.getLogger("hub.outage")

RETRY_AFTER = 10  # seconds


class OutageMiddleware:
    """Answer for a view that the database leaves in the lurch."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(exception) if is_outage(exception) else None


def unavailable(error: BaseException | None) -> HttpResponse:
    """The page that says so; it needs no database."""
    logger.error("The database fails: %s", error)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def handler500(request: HttpRequest) -> HttpResponse:
    """What fails outside of a view, such as a middleware or the page for what is missing."""
    error = sys.exc_info()[1]
    return unavailable(error) if is_outage(error) else server_error(request)
