"""What every response says about its own security, beside what Django and django-csp already say."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from whitenoise.middleware import WhiteNoiseFileResponse  # type: ignore[import-untyped]

DENIED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")

# Of a file that is opened by itself nothing runs, nothing loads, and nothing can be framed. What is for documents alone
# would only make each of a page's dozen files heavier.
FILES_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


class HeadersMiddleware:
    """Add COOP, CORP, a permissions policy and the policy of files; refuse methods that no page knows, as TRACE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.method in METHODS
        response = self.get_response(request) if known else HttpResponseNotAllowed(METHODS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if isinstance(response, WhiteNoiseFileResponse):  # The rest is for pages.
            response["Content-Security-Policy"] = FILES_POLICY
        else:
            response["Cross-Origin-Opener-Policy"] = "same-origin"
            response["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in DENIED_FEATURES)
        return response
