"""Forgiving mistyped words: a word that no question has and that is no word becomes one that some question has."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from questions.finding.search.analysis import analyse
from questions.finding.search.backend import find, starts_with
from questions.finding.search.counts import documents_with
from questions.finding.search.dictionary import is_sound
from questions.finding.search.letters import OF_LETTERS
from questions.finding.search.query import Clause, Query
from questions.finding.search.weights import WeightedQuery
from questions.models import Word
from questions.version import once_a_version

TRIED = 8  # combinations of likely words
LIKELY = 4  # words that a mistyped one may be
ALLOWED = ((3, 0), (5, 1), (9, 2), (40, 3))  # Words of up to so many letters may have so many mistakes.
HALF = 4  # letters at least, of a word of which the rest was not typed
BEGUN = 2  # words that may be meant then
PART = 2  # letters at least, of a word that was written together with another


def corrected(query: WeightedQuery) -> tuple[WeightedQuery, dict[str, str]]:
    """The query with mistyped words replaced, and what was replaced by what; nothing, where no word is likely.

    Of several likely words, those are taken with which a question has everything that was typed.
    """
    unknown = [it.typed for it in query.query.positive if it.typed and not query.is_known(it)]
    likely = {word: found for word in unknown if (found := list(islice(_likely(word), LIKELY)))}
    if not likely:
        return query, {}
    attempts = [dict(zip(likely, words, strict=True)) for words in islice(product(*likely.values()), TRIED)]
    is_alone = len(query.query.clauses) == 1  # Then each attempt is found.
    better = next((it for it in attempts if is_alone or find(_with(query.query, it), (), 1)), attempts[0])
    return WeightedQuery.of(_with(query.query, better)), better


def _with(query: Query, replaced: Mapping[str, str]) -> Query:
    clauses = [_clauses(replaced[it.typed]) if it.typed and it.typed in replaced else [it] for it in query.clauses]
    return Query(tuple(clause for several in clauses for clause in several))


def _clauses(text: str) -> list[Clause]:
    """The clauses of a correction, which is a word or two: two are a phrase."""
    words = tuple(word for part in text.split() for word in analyse(part).words)
    if len(words) > 1:
        return [Clause((words,))]
    return [replace(clause, typed=text) for clause in Query.parse(text).clauses]


def _likely(word: str) -> Iterator[str]:
    """What a word that no question has may be: two, one that goes on so, or one like it; the likeliest first."""
    if OF_LETTERS.fullmatch(word) and not is_sound(word):
        yield from _apart(word)
        yield from _begun(word)
        yield from _alike(word)


def _apart(word: str) -> Iterator[str]:
    """The word as two, where some question has them as neighbours."""
    splits = [(word[:at], word[at:]) for at in range(PART, len(word) - PART + 1)]
    terms = {part: analyse(part).words[0] for split in splits for part in split}
    known = documents_with(terms.values())
    for first, second in splits:
        pair = terms[first], terms[second]
        if known.keys() >= set(pair) and find(Query((Clause((pair,)),)), (), 1):
            yield f"{first} {second}"


def _begun(word: str) -> list[str]:
    """The commonest words that begin so, of which somebody has typed half."""
    if len(word) < HALF:
        return []
    words = Word.objects.filter(starts_with("word", word)).order_by("-documents", "word")
    return list(words.values_list("word", flat=True)[:BEGUN])


def _alike(word: str) -> list[str]:
    """Words with few mistakes, the fewest first, then those of the same letters, then the commonest.

    A mistaken first letter is rare, and counts as one mistake more.
    """
    allowed = next((mistakes for letters, mistakes in ALLOWED if len(word) <= letters), 0)
    weighed = []
    for (first, length), words in _vocabulary().items():
        more = first != word[0]
        if abs(length - len(word)) <= allowed - more:
            alike = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=allowed - more, limit=None)
            weighed += [(mistakes + more, sorted(it) != sorted(word), -words[it], it) for it, mistakes, _ in alike]
    return [found for *_, found in sorted(weighed)]


@once_a_version
def _vocabulary() -> dict[tuple[str, int], dict[str, int]]:
    """How many questions have each word, by its first letter and its length."""
    found = defaultdict[tuple[str, int], dict[str, int]](dict)
    for word, documents in Word.objects.values_list("word", "documents"):
        found[word[0], len(word)][word] = documents
    return found
