"""Tells browsers which pages they may fetch before a reader follows the link."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

RULES = "pages.speculationrules"


class SpeculationRulesMiddleware:
    """Name the rules in a header of every public page: inline they would need leave from the CSP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not request.path.startswith(reverse("admin:index")):
            response["Speculation-Rules"] = f'"{static(RULES)}"'
        return response
