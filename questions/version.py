"""The version of what readers see: a number in the database that triggers replace with every change, on every way in.

What is derived from the whole bank, counts and pages, is kept as long as the version stays the same. A new day is a new
version too, since pages say whether a review is due.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from questions.models import Category, ContentVersion, FollowUp, Level, Question, Technology

SECONDS = 0.5  # for which a process believes what it read last

T = TypeVar("T")

NEVER = float("-inf")

_seen: tuple[float, int] = (NEVER, 0)
_forgotten = 0  # times
_kept: dict[Callable[[], Any], tuple[int, Any]] = {}


def version() -> int:
    """The version of the content, at most half a second old, and never older than this process's own changes."""
    global _seen
    read_at, number = _seen
    now, forgotten = time.monotonic(), _forgotten
    if now - read_at < SECONDS:
        return number
    number = ContentVersion.objects.values_list("number", flat=True).first() or 0
    number += timezone.localdate().toordinal() << 64  # Numbers in the database are shorter.
    if forgotten == _forgotten:  # Else this process has changed the content while the number was read.
        _seen = (now, number)
    return number


def forget() -> None:
    """Read the version anew when it is next asked for."""
    global _seen, _forgotten
    _forgotten += 1
    _seen = (NEVER, 0)


def once_a_version(function: Callable[[], T]) -> Callable[[], T]:
    """Keep what a function without arguments returns, in this process, until the content changes."""

    @wraps(function)
    def wrapper() -> T:
        current = version()
        kept = _kept.get(function)
        if kept is None or kept[0] != current:
            kept = _kept[function] = (current, function())
        return kept[1]

    return wrapper


def forget_everything() -> None:
    """The version, and all that was kept for it."""
    forget()
    _kept.clear()


@receiver([post_save, post_delete])
def forget_after_change(sender: type, **kwargs: Any) -> None:
    """At once for this connection, and again when others can see the change."""
    if sender in (Question, FollowUp, Technology, Level, Category):
        forget()
        transaction.on_commit(forget)
