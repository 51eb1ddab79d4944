"""Forgiving mistyped words: each word that no question has becomes the likeliest that some question has."""

from dataclasses import replace

from questions.finding.search.backend import find, words_like
from questions.finding.search.query import Query


def corrected(query: Query) -> tuple[Query, dict[str, str]]:
    """The query with mistyped words replaced, and what was replaced by what; nothing, where no word is likely."""
    replaced: dict[str, str] = {}
    clauses = []
    for clause in query.clauses:
        word = _likeliest(clause.typed) if clause.typed and not find(Query((clause,)), (), 1) else None
        if word and clause.typed:
            replaced[clause.typed] = word
            clause = replace(Query.parse(word).clauses[0], typed=word)
        clauses.append(clause)
    return Query(tuple(clauses)), replaced


def _likeliest(word: str) -> str | None:
    """The commonest of the words with the fewest mistakes; short words may have one, long ones three."""
    if not word.isalpha() or len(word) < 3:
        return None
    allowed = 1 if len(word) < 5 else 2 if len(word) < 9 else 3
    similar = words_like(word, allowed)
    # A mistaken first letter is rare, so it weighs as much as one mistake more.
    best = min(similar, key=lambda found: (found[1] + (found[0][0] != word[0]), -found[2], found[0]), default=None)
    return best[0] if best else None
