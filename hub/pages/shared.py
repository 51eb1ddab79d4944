"""Public pages in a cache that all processes share, on one machine or many."""

import logging
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from hub.environment import BASE_DIR
from hub.pages.cache import Address, Page

logger = logging.getLogger("hub.pages.shared")

KEPT = 600  # seconds
PAUSE = 60  # seconds without the cache after it has failed
MADE_OF = ("hub", "questions", "requirements", "static", "templates")


class SharedPages:
    """The pages of every version that is in use. While the cache fails, there are none."""

    def __init__(self, cache: BaseCache, release: str, pause: float = PAUSE) -> None:
        self.cache = cache
        self.release = release
        self.pause = pause
        self._failed_at = float("-inf")

    def get(self, version: int, address: Address) -> Page | None:
        return self._try(self.cache.get, version, address)

    def put(self, version: int, address: Address, page: Page) -> None:
        self._try(self.cache.set, version, address, page, KEPT)

    def _try(self, action: Callable[..., Any], version: int, address: Address, *values: Any) -> Any:
        if time.monotonic() - self._failed_at < self.pause:
            return None
        key = "\n".join((self.release, str(version), address.path, address.query))
        try:
            return action(blake2b(key.encode(), digest_size=32).hexdigest(), *values)
        except (RedisError, OSError) as error:
            self._failed_at = time.monotonic()
            logger.warning("The shared cache fails; pages do without it for %d s: %s", self.pause, error)
            return None


def release() -> str:
    """A name for all that pages are made of beside the content: this code, these templates, this site, its secret."""
    files = sorted(path for folder in MADE_OF for path in (BASE_DIR / folder).rglob("*.*") if path.suffix != ".pyc")
    digests = [f"{path.name} {blake2b(path.read_bytes()).hexdigest()}" for path in files if path.is_file()]
    return salted_hmac("hub.pages.shared", "\n".join([settings.SITE_URL, *digests]), algorithm="sha256").hexdigest()
