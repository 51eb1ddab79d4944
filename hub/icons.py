"""What stands for the hub outside of its pages: icons where browsers look for them, and the web app manifest."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hub.pages.address import public_page

SIZES = (192, 512)  # pixels
GREEN, PAPER = "#0b5d5a", "#fbfaf7"  # The mark's and the pages' own.


@public_page()
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the hub looks when it is put on a home screen."""
    about = {
        "id": "/",
        "name": "Knowledge Hub",
        "short_name": "Hub",
        "description": "Technical interview questions, answered in depth.",
        "lang": "en",
        "start_url": reverse("front_page"),
        "display": "minimal-ui",
        "theme_color": GREEN,
        "background_color": PAPER,
        "icons": _icons(),
    }
    return JsonResponse(about, content_type="application/manifest+json")


def _icons() -> list[dict[str, str]]:
    """The mark, which leaves the edge free that a mask may cut off."""
    return [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in SIZES
        for purpose in ("any", "maskable")
    ]


@cache_control(public=True, max_age=86_400)
@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Lead from a place where browsers look without being told to the icon."""
    return redirect(static(f"img/{name}"))
