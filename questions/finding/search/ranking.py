"""Best first: BM25F over the three fields of the search documents, and more where words of the query are neighbours.

The index finds; this ranks. A million matches are never scored to show fifteen: at most `MAX_SCORED` candidates are,
those that match in their title before all others.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Self

from django.db import connection

from questions.finding.search.query import Clause
from questions.finding.search.weights import WeightedQuery

MAX_SCORED = 40  # documents scored for one search
K1, B = 4.0, 0.75  # The texts are long: that a word comes once says little.
OTHER_WORDS = 0.6  # what a synonym counts, beside the word that was typed
# What two neighbours count more: of the weight of both words, and always, since common words can be a rare pair.
NEIGHBOURS, ANY_NEIGHBOURS = 0.5, 0.5

# Each field's weight, and about how many letters it has.
FIELDS = ((12.0, 72), (4.0, 700), (1.0, 4_200))

TEXTS = "SELECT question_id, title, answer, body FROM questions_searchdocument WHERE question_id IN ({})"


Needles = list[tuple[str, float]]


class Score(NamedTuple):
    """How well a document fits, about 1 where it does; and which part of the weight of all words it has at all."""

    fit: float
    share: float


def ranked(query: WeightedQuery, ids: Collection[int]) -> list[int]:
    """The ids, the best match first; equals keep their order."""
    scores = scored(query, ids)
    return sorted(ids, key=lambda pk: -scores[pk].fit if pk in scores else 0)


def scored(query: WeightedQuery, ids: Collection[int]) -> dict[int, Score]:
    """How well each document fits."""
    if not ids:
        return {}
    scorer = Scorer.of(query)
    return {pk: scorer.score(fields) for pk, *fields in _texts(ids)}


def _texts(ids: Collection[int]) -> list[tuple[int, str, str, str]]:
    places = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:  # Half the time of a queryset.
        cursor.execute(TEXTS.format(places), list(ids))
        return cursor.fetchall()


class Scorer(NamedTuple):
    """A query made ready to be compared with many documents: phrases as they stand in a field, and what they count."""

    clauses: list[tuple[float, Needles]]  # each with its weight
    neighbours: list[tuple[float, Needles]]
    total: float

    @classmethod
    def of(cls, query: WeightedQuery) -> Self:
        clauses = [(weight, list(_needles(query, clause, weight))) for clause, weight in query.weights.items()]
        neighbours = [
            (query.weights[one] + query.weights[other], [(_needle((*one.spellings[0], *other.spellings[0])), 1.0)])
            for one, other in pairwise(query.weights)
        ]
        more = [(NEIGHBOURS * weight + ANY_NEIGHBOURS, needles) for weight, needles in neighbours]
        return cls(clauses, more, sum(query.weights.values()))

    def score(self, fields: Sequence[str]) -> Score:
        """Of a document's title, answer and body."""
        padded = [f" {field} " for field in fields]
        lengths = [1 - B + B * len(field) / usual for (_, usual), field in zip(FIELDS, padded, strict=True)]
        fits = [_fit(needles, padded, lengths) for _, needles in self.clauses]
        value = sum(weight * fit for (weight, _), fit in zip(self.clauses, fits, strict=True))
        share = sum(weight for (weight, _), fit in zip(self.clauses, fits, strict=True) if fit)
        for (weight, needles), both in zip(self.neighbours, pairwise(fits), strict=True):
            if all(both):
                value += weight * _fit(needles, padded, lengths)
        return Score(value / self.total, share / self.total)


def _needles(query: WeightedQuery, clause: Clause, weight: float) -> Iterator[tuple[str, float]]:
    yield from ((_needle(phrase), 1.0) for phrase in clause.spellings)
    for phrase in clause.others:  # One that says less than what was typed counts less.
        yield _needle(phrase), OTHER_WORDS * min(1.0, query.said_by(phrase) / weight)


def _needle(phrase: Sequence[str]) -> str:
    return f" {' '.join(phrase)} "


def _fit(needles: Needles, fields: Sequence[str], lengths: Sequence[float]) -> float:
    """How much a document is about what any of some phrases says, up to 1."""
    weighted = 0.0
    for (weight, _), field, length in zip(FIELDS, fields, lengths, strict=True):
        if occurrences := sum([counts * field.count(needle) for needle, counts in needles]):
            weighted += weight * occurrences / length
    return weighted / (K1 + weighted)
