"""Best first: BM25F over the three fields of the search documents.

The index finds; this ranks. A million matches are never scored to show fifteen: at most `MOST` candidates are, those
that match in their title before all others.
"""

from collections.abc import Iterable

from questions.search.models import SearchDocument
from questions.search.query import Query

MOST = 200  # documents scored for one search
K1, B = 1.2, 0.75

# Each field's weight, and about how many words it has.
FIELDS = ((12.0, 12), (4.0, 80), (1.0, 800))


def ranked(query: Query, ids: Iterable[int]) -> list[int]:
    """The ids, the best match first; equals keep their order."""
    candidates = list(ids)
    documents = SearchDocument.objects.filter(pk__in=candidates).values_list("pk", "title", "answer", "body")
    scores = {pk: _score(query, fields) for pk, *fields in documents}
    return sorted(candidates, key=lambda pk: -scores.get(pk, 0))


def _score(query: Query, fields: list[str]) -> float:
    padded = [f" {field} " for field in fields]
    return sum(_clause_score(clause.phrases, padded) for clause in query.positive)


def _clause_score(phrases: tuple[tuple[str, ...], ...], fields: list[str]) -> float:
    """The first phrase is what was typed; synonyms count a little less."""
    return max(_phrase_score(phrase, fields) * (1 if phrase is phrases[0] else 0.8) for phrase in phrases)


def _phrase_score(phrase: tuple[str, ...], fields: list[str]) -> float:
    needle = f" {' '.join(phrase)} "
    weighted = 0.0
    for (weight, usual), field in zip(FIELDS, fields, strict=True):
        if occurrences := field.count(needle):
            length = field.count(" ") / usual
            weighted += weight * occurrences / (1 - B + B * length)
    return weighted / (K1 + weighted)
