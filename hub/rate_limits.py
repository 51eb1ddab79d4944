"""How often one address may do something in an hour."""

from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.accounts import lockout
from hub.caches import cache_errors


def is_within_limit(request: HttpRequest, salt: str, most: int) -> bool:
    """Count what `salt` names for the request's address, and say whether there is room for it in this hour.

    The cache knows the address as a digest that changes with the hour, and forgets it after that. Without a Redis, and
    while it fails, each process counts for itself, so that the limit is a multiple of `most`.
    """
    address = f"{lockout.client_address(request)} {timezone.now():%Y-%m-%dT%H}"
    key = salted_hmac(salt, address, algorithm="sha256").hexdigest()
    try:
        return _is_within_limit(caches["default"], key, most)
    except cache_errors():
        return _is_within_limit(caches["process"], key, most)


def _is_within_limit(cache: BaseCache, key: str, most: int) -> bool:
    try:
        cache.add(key, 0, 3600)
        return cache.incr(key) <= most
    except ValueError:  # Others' keys have just pushed it out.
        return True
