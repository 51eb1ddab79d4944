"""Searches that found nothing, remembered for editors: what to write next. Nothing is kept about who searched."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from questions.finding.search.analysis import normalise
from questions.models import MissedSearch

MOST = 1_000  # texts; the longest unseen give way
LENGTH = 100
PAUSE = timedelta(seconds=1)  # at least, between two new texts, so that a flood of nonsense costs little


def remember(text: str) -> None:
    """Count a text that found nothing."""
    text = " ".join(normalise(text).split())[:LENGTH]
    now = timezone.now()
    if MissedSearch.objects.filter(text=text).update(count=F("count") + 1, last_seen=now) or not text:
        return
    if MissedSearch.objects.filter(last_seen__gt=now - PAUSE).exists():
        return
    try:
        with transaction.atomic():
            MissedSearch.objects.create(text=text)
    except IntegrityError:  # Another process has just remembered it.
        return
    kept = MissedSearch.objects.order_by("-last_seen").values_list("last_seen", flat=True)[MOST - 1 : MOST]
    MissedSearch.objects.filter(last_seen__lt=kept[0]).delete() if kept else None
