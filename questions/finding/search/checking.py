"""Whether search knows the questions as they are: their number, and a sample of their texts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS

from hub.health import pending_migrations
from questions.finding.search.documents import FIELDS, analyses_of, documents_of, for_index
from questions.models import Question, SearchDocument

APP = "questions"
SAMPLE = 200  # questions; to analyse all of a large bank takes minutes


def check_documents(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Say how many questions search does not know, knows in vain, or knows otherwise than they are written."""
    if DEFAULT_DB_ALIAS not in (databases or ()) or pending_migrations(APP):
        return []
    public = Question.objects.public()
    lost = public.exclude(pk__in=SearchDocument.objects.values("pk")).count()
    left = SearchDocument.objects.exclude(pk__in=public.values("pk")).count()
    stale = _stale()
    found = [
        (lost, f"Search does not find {lost:,} questions that readers see."),
        (left, f"Search finds {left:,} questions that readers do not see."),
        (stale, f"Search has {stale:,} of {SAMPLE} questions otherwise than they are written."),
    ]
    hint = "Run `manage.py index_questions`, which makes it again."
    return [checks.Warning(sentence, hint=hint, id="questions.W004") for number, sentence in found if number]


def _stale() -> int:
    """How many of a sample of search's documents are not as they would be made now."""
    sample = Question.objects.public().filter(pk__in=SearchDocument.objects.values("pk")).order_by("?")[:SAMPLE]
    made = documents_of(analyses_of(for_index(Question.objects.filter(pk__in=[it.pk for it in sample]))))
    kept = SearchDocument.objects.in_bulk([document.pk for document in made])
    return sum(any(getattr(it, name) != getattr(kept.get(it.pk), name, None) for name in FIELDS) for it in made)
