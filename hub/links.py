"""Absolute addresses."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address of a path on this hub, from SITE_URL and never from the Host that a request names."""
    return f"{settings.SITE_URL}{path}"
