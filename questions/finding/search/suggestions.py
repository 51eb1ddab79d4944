"""What to offer while somebody types: questions whose titles, or else texts, go on as typed."""

import re

from questions.finding.search.analysis import analyse
from questions.finding.search.backend import find, starts_with
from questions.finding.search.letters import SPACED, normalise, parts
from questions.finding.search.query import Clause, Query
from questions.finding.search.ranking import ranked
from questions.finding.search.spelling import corrected
from questions.finding.search.weights import WeightedQuery
from questions.models import Question, TitleWord, Word

MAX_SUGGESTIONS = 8
CANDIDATES = 30  # found, of which the best are offered
ENDINGS = 8  # words that an unfinished word may become
RARE = 1_000  # questions with the rarest finished word, up to which its titles are searched for endings
UNFINISHED = re.compile(f"{SPACED}$")
CODE = re.compile(r"[A-Z]{2,4}-[A-Z]{0,3}(-[0-9]{0,3})?")


def suggest(text: str) -> list[Question]:
    """Up to eight questions, the likeliest first."""
    typed = text.strip().upper()
    if CODE.fullmatch(typed):
        of_code = Question.objects.public().filter(starts_with("code", typed)).order_by("code")
        found = of_code.only("code", "title")[:MAX_SUGGESTIONS]
        if found:
            return list(found)
    query = WeightedQuery.of(unfinished(text))
    if not query.query.positive:
        return []
    ids = _ids(query) or _ids(WeightedQuery.of(Query.parse(text))) or _ids(corrected(query)[0])
    by_id = Question.objects.public().order_by().only("code", "title").in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def _ids(query: WeightedQuery) -> list[int]:
    if not all(map(query.is_known, query.query.positive)):
        return []
    candidates = find(query.query, (), CANDIDATES, title_only=True)
    if len(candidates) < MAX_SUGGESTIONS:
        candidates |= find(query.query, (), CANDIDATES)
    return ranked(query, candidates)[:MAX_SUGGESTIONS]


def unfinished(text: str) -> Query:
    """The query, its last word being any that begins so, unless a space says that it is finished.

    What stands before it in the same chunk is finished: `few-sh`, `functools.wr`, `__sl`.
    """
    match = UNFINISHED.search(text)
    if not match:
        return Query.parse(text)
    prefix = normalise(match[0])
    before = Query.parse(text[: match.start()])
    endings = dict.fromkeys([prefix, *_endings_beside(before, prefix), *_endings(prefix)])
    known = tuple(dict.fromkeys(filter(None, (analyse(word).words for word in endings))))
    return Query((*before.clauses, Clause(known, typed=prefix))) if known else before  # Not every word has a stem.


def _endings_beside(before: Query, prefix: str) -> list[str]:
    """Words that begin so in titles that have all the words before; none where all of those are common."""
    weighted = WeightedQuery.of(before)
    if not before.positive or not 0 < weighted.as_typed <= RARE:
        return []
    having = find(weighted.query, (), CANDIDATES, title_only=True)
    titles = Question.objects.filter(pk__in=having).values_list("title", flat=True) if having else ()
    return [word for title in titles for word in parts(normalise(title)) if word.startswith(prefix)][:ENDINGS]


def _endings(prefix: str) -> list[str]:
    """Words that begin so: those of titles first, and then the commonest."""
    found: list[str] = []
    for model in (TitleWord, Word):
        words = model._default_manager.filter(starts_with("word", prefix)).order_by("-documents", "word")
        found += words.values_list("word", flat=True)[:ENDINGS]
    return found
