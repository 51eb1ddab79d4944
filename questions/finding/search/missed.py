"""Searches that found nothing, remembered for editors: what to write next.

Of who searched, a digest of 16 bits is kept until somebody else searches for the same: it tells one visitor from two.

Reading never waits for writing: a search is noted in memory, and written when its answer has gone out. While the
database is busy, full or read-only, what was noted waits, in bounds, for a later request.
"""

import time
from collections import Counter
from datetime import timedelta
from threading import Lock
from typing import Any

from django.core.signals import request_finished
from django.db import Error, IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.dispatch import receiver
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.databases import atomic_without_patience
from questions.finding.search.analysis import normalise
from questions.models import MissedSearch

MOST = 1_000  # texts; the longest unseen give way
MOST_WAITING = 50  # texts in a process, each for every visitor who typed it
LENGTH = 100
PAUSE = timedelta(seconds=1)  # at least, between two new texts, so that a flood of nonsense costs little
SECONDS = 5.0  # until the next attempt after one that failed

_waiting: Counter[tuple[str, str]] = Counter()  # how often a visitor has typed a text
_lock = Lock()
_failed_at = float("-inf")


def as_remembered(text: str) -> str:
    """A text as it is kept: one for all ways to space and capitalise it."""
    return " ".join(normalise(text).split())[:LENGTH]


def remember(text: str, address: str | None = None) -> None:
    """Note a text that found nothing, and that somebody at this address typed it."""
    text = as_remembered(text)
    noted = text, salted_hmac(__name__, f"{address} {text}").hexdigest()[:4]
    with _lock:
        if text and (noted in _waiting or len(_waiting) < MOST_WAITING):
            _waiting[noted] += 1


@receiver(request_finished)
def write(**kwargs: Any) -> None:
    """Write what was noted, if the database takes it at once."""
    global _failed_at
    if not _waiting or time.monotonic() - _failed_at < SECONDS:
        return
    noted = _taken()
    try:
        with atomic_without_patience():
            for (text, visitor), count in noted.items():
                _write(text, visitor, count)
    except Error:
        _failed_at = time.monotonic()
        with _lock:
            _waiting.update(noted)


def forget() -> None:
    """Drop what was noted, and that writing has failed."""
    global _failed_at
    _failed_at = float("-inf")
    _taken()


def _taken() -> Counter[tuple[str, str]]:
    with _lock:
        noted = _waiting.copy()
        _waiting.clear()
    return noted


def _write(text: str, visitor: str, count: int) -> None:
    now = timezone.now()
    only = Case(When(visitor=visitor, then=Value(visitor)), default=Value(""))
    if MissedSearch.objects.filter(text=text).update(count=F("count") + count, last_seen=now, visitor=only):
        return
    if MissedSearch.objects.filter(last_seen__gt=now - PAUSE).exists():
        return
    try:
        with transaction.atomic():
            MissedSearch.objects.create(text=text, visitor=visitor, count=count)
    except IntegrityError:  # Another process has just remembered it.
        return
    kept = MissedSearch.objects.order_by("-last_seen").values_list("last_seen", flat=True)[MOST - 1 : MOST]
    MissedSearch.objects.filter(last_seen__lt=kept[0]).delete() if kept else None
