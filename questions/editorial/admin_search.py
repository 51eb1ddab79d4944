"""How the admin finds questions: by code, by the readers' full-text search, and drafts by their titles."""

from collections.abc import Sequence

from django.db.models import Case, Q, QuerySet, When
from django.db.models.expressions import Combinable

from questions.finding.search.backend import find, starts_with
from questions.finding.search.ranking import MAX_SCORED, ranked
from questions.finding.search.suggestions import CODE, unfinished
from questions.finding.search.weights import WeightedQuery
from questions.models import Question
from questions.states import NOT_PUBLIC

MAX_FOUND = 1_000  # published questions that one text finds

Order = Sequence[str | Combinable]


def found(questions: QuerySet[Question], text: str) -> tuple[QuerySet[Question], Order]:
    """Those of the questions that a text finds, which may be unfinished, and the order that puts the best first."""
    typed = text.strip()
    if CODE.fullmatch(typed.upper()):
        return questions.filter(starts_with("code", typed.upper())), ["code"]
    query = WeightedQuery.of(unfinished(typed))
    ids = list(find(query.query, (), MAX_FOUND)) if query.query.positive else []
    fitting = questions.filter(Q(pk__in=ids) | Q(status__in=NOT_PUBLIC, title__icontains=typed))
    return fitting, [_relevance(query, ids), "code"]


def _relevance(query: WeightedQuery, ids: list[int]) -> Combinable:
    """A number for each question, the smaller the better; what readers do not see has no rank and comes first."""
    best = find(query.query, (), MAX_SCORED, title_only=True) if len(ids) > MAX_SCORED else {}
    order = ranked(query, list(dict.fromkeys([*best, *ids]))[:MAX_SCORED])
    ranks = [When(pk=pk, then=position) for position, pk in enumerate(order, 1)]
    return Case(When(status__in=NOT_PUBLIC, then=0), *ranks, default=MAX_SCORED + 1)
