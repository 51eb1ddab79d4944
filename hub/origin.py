"""Where a form was sent from: public pages are the same for everybody, so their forms can have no CSRF token."""

from django.conf import settings
from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form; every current one says so, in either header."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") in (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
