"""What to offer while somebody types: questions whose titles, or else texts, go on as typed."""

import re

from questions.finding.search.analysis import normalise
from questions.finding.search.backend import find, starts_with
from questions.finding.search.query import Query
from questions.finding.search.ranking import ranked
from questions.finding.search.spelling import corrected
from questions.finding.search.weights import WeightedQuery
from questions.models import Question, Word

MAX_SUGGESTIONS = 8
CANDIDATES = 30  # found, of which the best are offered
ENDINGS = 8  # words that an unfinished word may become
CODE = re.compile(r"[A-Z]{2,4}-[A-Z]{0,3}(-[0-9]{0,3})?")


def suggest(text: str) -> list[Question]:
    """Up to eight questions, the likeliest first."""
    typed = text.strip().upper()
    if CODE.fullmatch(typed):
        found = Question.objects.public().filter(starts_with("code", typed)).order_by("code").titles()[:MAX_SUGGESTIONS]
        if found:
            return list(found)
    query = WeightedQuery.of(unfinished(text))
    if not query.query.positive:
        return []
    ids = _ids(query) or _ids(corrected(query)[0])
    by_id = Question.objects.public().titles().in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def _ids(query: WeightedQuery) -> list[int]:
    candidates = find(query.query, (), CANDIDATES, title_only=True)
    if len(candidates) < MAX_SUGGESTIONS:
        candidates |= find(query.query, (), CANDIDATES)
    return ranked(query, candidates)[:MAX_SUGGESTIONS]


def unfinished(text: str) -> Query:
    """The query, its last word being any that begins so, unless a space says that it is finished."""
    query = Query.parse(text)
    last = query.clauses[-1] if query.clauses else None
    if not last or not last.typed or text[-1:].isspace():
        return query
    words = Word.objects.filter(starts_with("word", normalise(last.typed))).order_by("-documents", "word")
    endings = list(words.values_list("word", flat=True)[:ENDINGS])
    return query.with_last_word([last.typed, *endings])
