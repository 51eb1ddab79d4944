"""Subresource integrity: pages name the digest of each script and style, and browsers use no other.

The elements are found in the page that is ready, so that templates, the admin's own and those of its widgets need no
word of it. What a script imports has no element, and no digest.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha384
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.utils._os import safe_join

ELEMENT = re.compile(
    rb'<(?:script(?=[\s>])[^>]*?\ssrc|link(?=[^>]*\srel="stylesheet")[^>]*?\shref)="(/[^"?#]*)"(?![^>]*\sintegrity=)'
)


class IntegrityMiddleware:
    """Add `integrity` to a page's scripts and styles, whose names change with their content."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = with_digests(response.content)
        return response


def with_digests(page: bytes) -> bytes:
    """A page with the digests of what it loads; one that is streamed asks for its beginning itself."""
    return ELEMENT.sub(_with_digest, page) if isinstance(staticfiles_storage, ManifestFilesMixin) else page


def _with_digest(element: re.Match[bytes]) -> bytes:
    found = digest(settings.STATIC_ROOT, element[1].decode())
    return element[0] + (f' integrity="sha384-{found}"'.encode() if found else b"")


@lru_cache(1024)
def digest(root: Path, url: str) -> str:
    """The SHA-384 of the static file that is served at a path, in base64; nothing for other paths."""
    if not url.startswith(settings.STATIC_URL):
        return ""
    content = Path(safe_join(root, url.removeprefix(settings.STATIC_URL))).read_bytes()
    return b64encode(sha384(content).digest()).decode()
