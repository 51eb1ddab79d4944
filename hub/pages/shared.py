"""Public pages in a cache that all processes share, on one machine or many.

A page is stored as plain data, never as a pickle, and signed together with its key: what somebody else has written, or
has moved from one key to another, counts as missing.
"""

import json
import logging
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache
from django.utils.crypto import constant_time_compare, salted_hmac
from redis.exceptions import RedisError

from hub.environment import BASE_DIR
from hub.pages.address import Address
from hub.pages.coding import Page, Variant
from hub.pages.wsgi import Headers

logger = logging.getLogger("hub.pages.shared")

KEPT = 600  # seconds
PAUSE = 60  # seconds without the cache after it has failed
SIGNATURE = 32  # bytes
MADE_OF = ("hub", "questions", "requirements", "static", "templates")


class SharedPages:
    """The pages of every version that is in use. While the cache fails, there are none."""

    def __init__(self, cache: BaseCache, release: str, pause: float = PAUSE) -> None:
        self.cache = cache
        self.release = release
        self.pause = pause
        self._failed_at = float("-inf")

    def get(self, version: int, address: Address) -> Page | None:
        key = self._key(version, address)
        return unpacked(key, self._try(self.cache.get, key))

    def put(self, version: int, address: Address, page: Page) -> None:
        key = self._key(version, address)
        self._try(self.cache.set, key, packed(key, page), KEPT)

    def _key(self, version: int, address: Address) -> str:
        text = "\n".join((self.release, str(version), address.path, address.query))
        return blake2b(text.encode(), digest_size=32).hexdigest()

    def _try(self, action: Callable[..., Any], *values: Any) -> Any:
        if time.monotonic() - self._failed_at < self.pause:
            return None
        try:
            return action(*values)
        except (RedisError, OSError) as error:
            self._failed_at = time.monotonic()
            logger.warning("The shared cache fails; pages do without it for %d s: %s", self.pause, error)
            return None


def packed(key: str, page: Page) -> bytes:
    """A page as it is stored: a signature, a line of JSON about its variants, and their bodies in that order."""
    variants = [(coding, *variant[:-1], len(variant.body)) for coding, variant in page.items()]
    content = b"".join([json.dumps(variants).encode(), b"\n", *(variant.body for variant in page.values())])
    return signature(key, content) + content


def unpacked(key: str, stored: Any) -> Page | None:
    """The page, if the hub has signed it for this key."""
    if not isinstance(stored, bytes) or not constant_time_compare(
        stored[:SIGNATURE], signature(key, stored[SIGNATURE:])
    ):
        return None
    head, _, rest = stored[SIGNATURE:].partition(b"\n")
    page = {}
    for coding, etag, headers, headers_of_304, size in json.loads(head):
        page[coding] = Variant(etag, _pairs(headers), _pairs(headers_of_304), rest[:size])
        rest = rest[size:]
    return page


def _pairs(headers: list[list[str]]) -> Headers:
    return [(name, value) for name, value in headers]


def signature(key: str, content: bytes) -> bytes:
    return salted_hmac(f"hub.pages.shared {key}", content, algorithm="sha256").digest()


def release() -> str:
    """A name for all that pages are made of beside the content: this code, these templates, this site, its secret."""
    files = sorted(path for folder in MADE_OF for path in (BASE_DIR / folder).rglob("*.*") if path.suffix != ".pyc")
    digests = [f"{path.name} {blake2b(path.read_bytes()).hexdigest()}" for path in files if path.is_file()]
    return salted_hmac("hub.pages.shared", "\n".join([settings.SITE_URL, *digests]), algorithm="sha256").hexdigest()
