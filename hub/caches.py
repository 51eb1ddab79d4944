"""Where Django's cache is: in each process, or in a Redis that all share."""

from typing import Any

from django.conf import settings

BACKENDS = "django.core.cache.backends"
SECONDS = 0.25  # A page is made anew in less time than this.


def cache_at(url: str) -> dict[str, Any]:
    """Django's settings of the cache at a `redis://`, `rediss://` or `unix://` address, or without one."""
    if not url:
        return {"BACKEND": f"{BACKENDS}.locmem.LocMemCache"}
    return {
        "BACKEND": f"{BACKENDS}.redis.RedisCache",
        "LOCATION": [url],  # Django would split a text at its commas.
        "OPTIONS": {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS},
    }


def cache_errors() -> tuple[type[Exception], ...]:
    """What Django's cache raises while it fails."""
    if not settings.ENVIRONMENT.cache_url:
        return ()
    from redis.exceptions import RedisError  # Takes long to load, and few hubs need it.

    return RedisError, OSError
