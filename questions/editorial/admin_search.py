"""How the admin finds questions: by code, by the readers' full-text search, and drafts by their titles."""

from django.db.models import Q, QuerySet

from questions.finding.search.backend import find, starts_with
from questions.finding.search.suggestions import CODE, unfinished
from questions.models import Question
from questions.states import NOT_PUBLIC

MAX_FOUND = 1_000  # published questions that one text finds


def found(questions: QuerySet[Question], text: str) -> QuerySet[Question]:
    """Those of the questions that a text finds; it may be unfinished."""
    typed = text.strip()
    if CODE.fullmatch(typed.upper()):
        return questions.filter(starts_with("code", typed.upper()))
    query = unfinished(typed)
    ids = find(query, (), MAX_FOUND) if query.positive else []
    return questions.filter(Q(pk__in=ids) | Q(status__in=NOT_PUBLIC, title__icontains=typed))
