"""Search on PostgreSQL: a stored tsvector with a GIN index, and trigrams for mistyped words."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q
from rapidfuzz.distance import OSA

from questions.search.query import Clause, Query

INSTALL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX word_trigrams ON questions_word USING gin (word gin_trgm_ops)",
    """ALTER TABLE questions_searchdocument ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', answer), 'B')
        || setweight(to_tsvector('simple', body), 'C') || setweight(to_tsvector('simple', facets), 'D')) STORED""",
    "CREATE INDEX search_document ON questions_searchdocument USING gin (document)",
)
UNINSTALL = (
    "ALTER TABLE questions_searchdocument DROP COLUMN document",
    "DROP INDEX word_trigrams",
)
FIND = "SELECT question_id FROM questions_searchdocument WHERE document @@ %s::tsquery LIMIT %s"
SIMILAR = """
    SELECT word, documents FROM questions_word WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT 50
"""
TEXT, TITLE, FACETS = "ABC", "A", "D"


def find(query: Query, facets: Iterable[Sequence[str]], limit: int, title_only: bool = False) -> list[int]:
    """Ids of questions that fit the query and one facet of each group, at most `limit` of them."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [_expression(query, facets, TITLE if title_only else TEXT), limit])
        return [pk for (pk,) in cursor.fetchall()]


def _expression(query: Query, facets: Iterable[Sequence[str]], weights: str) -> str:
    """A tsquery; every word is quoted, so that none can be syntax."""
    parts = [_any(clause, weights) for clause in query.positive]
    parts += ["(" + " | ".join(_quoted(facet, FACETS) for facet in group) + ")" for group in facets]
    parts += ["!" + _any(clause, TEXT) for clause in query.negative]
    return " & ".join(parts)


def _any(clause: Clause, weights: str) -> str:
    phrases = [" <-> ".join(_quoted(word, weights) for word in phrase) for phrase in clause.phrases]
    return "(" + " | ".join(f"({phrase})" for phrase in phrases) + ")"


def _quoted(word: str, weights: str) -> str:
    return f"'{word}':{weights}"  # Words have letters and digits alone.


def beginning(field: str, prefix: str) -> Q:
    """The condition that a field begins so, in a form that uses its index."""
    return Q(**{f"{field}__startswith": prefix})


def words_like(word: str, distance: int) -> list[tuple[str, int, int]]:
    """Words within that many mistakes: each with its number of mistakes, and of questions that use it."""
    with connection.cursor() as cursor:
        cursor.execute(SIMILAR, [word, word])
        similar = [(found, OSA.distance(word, found), documents) for found, documents in cursor.fetchall()]
    return [item for item in similar if item[1] <= distance]
