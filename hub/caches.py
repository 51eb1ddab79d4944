"""Where Django's cache is: in each process, or in a Redis that all share."""

from typing import Any

from django.conf import settings

BACKENDS = "django.core.cache.backends"
SECONDS = 0.25  # A page is made anew in less time than this.
IN_PROCESS = {"BACKEND": f"{BACKENDS}.locmem.LocMemCache"}


class PlainSerializer:
    """Keeps numbers and bytes as they are. A pickle, which Django would use, lets whoever writes to Redis run code."""

    def dumps(self, value: int | bytes) -> int | bytes:
        if type(value) not in (int, bytes):
            raise TypeError(f"The shared cache keeps numbers and bytes, not {type(value).__name__}.")
        return value

    def loads(self, stored: bytes) -> int | bytes:
        return int(stored) if stored.isdigit() and len(stored) < 20 else stored


def caches_at(url: str) -> dict[str, dict[str, Any]]:
    """Django's CACHES: the default one at a `redis://`, `rediss://` or `unix://` address, and the process's own."""
    return {"default": cache_at(url), "process": IN_PROCESS}


def cache_at(url: str) -> dict[str, Any]:
    """Django's settings of the cache at a `redis://`, `rediss://` or `unix://` address, or without one."""
    if not url:
        return IN_PROCESS
    return {
        "BACKEND": f"{BACKENDS}.redis.RedisCache",
        "LOCATION": [url],  # Django would split a text at its commas.
        "OPTIONS": {
            "serializer": PlainSerializer(),
            "socket_connect_timeout": SECONDS,
            "socket_timeout": SECONDS,
        },
    }


def cache_errors() -> tuple[type[Exception], ...]:
    """What Django's cache raises while it fails."""
    if not settings.ENVIRONMENT.cache_url:
        return ()
    from redis.exceptions import RedisError  # Takes long to load, and few hubs need it.

    return RedisError, OSError
