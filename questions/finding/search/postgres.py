"""Search on PostgreSQL: a stored tsvector with a GIN index, and an index of titles."""

import re
from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q

from questions.database_objects import DatabaseObject
from questions.finding.search.documents import PREFIXES
from questions.finding.search.query import Clause, Query

DOCUMENT = (
    "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', answer), 'B') || "
    "setweight(to_tsvector('simple', body), 'C') || setweight(to_tsvector('simple', facets), 'D')"
)
# The words of the titles once more, so that a search in them alone reads no other text.
TITLES = "to_tsvector('simple', title || ' ' || facets)"
# The planner takes a look at a vector for a cheap thing, and would rather look at all; but each has to be decompressed.
FIND = """
    SET LOCAL enable_seqscan = off;
    SELECT question_id, facets FROM questions_searchdocument WHERE {} LIMIT %s
"""
# The index gives all that fit, a million for a common word, before the first of them is read; but then a few are near.
# A pattern reads a title in a sixth of the time in which a vector is made of it.
FIND_AMONG_FIRST = """
    SELECT question_id, facets FROM (
        SELECT question_id, facets, title FROM questions_searchdocument ORDER BY question_id LIMIT %s
    ) AS first
    WHERE {} LIMIT %s
"""
FIRST = (1_000, 4_000)  # questions whose titles are read; fewer, where they have less than a third of what is wanted
TABLE = "questions_searchdocument"
LIKE_A_FACET = re.compile(f"({'|'.join(PREFIXES.values())})[0-9]+")


def objects() -> list[DatabaseObject]:
    """The stored vector with its index, and the index of the titles."""
    column = f"ALTER TABLE {TABLE} ADD COLUMN document tsvector GENERATED ALWAYS AS ({DOCUMENT}) STORED"
    return [
        DatabaseObject("COLUMN", f"{TABLE}.document", column),
        _index("search_document", TABLE, "document"),
        _index("search_title", TABLE, TITLES),
    ]


def _index(name: str, table: str, what: str) -> DatabaseObject:
    return DatabaseObject("INDEX", name, f"CREATE INDEX {name} ON {table} USING gin ({what})")


def find(
    query: Query,
    facets: Collection[Sequence[str]],
    limit: int,
    title_only: bool = False,
    is_common: bool = False,
) -> dict[int, str]:
    """Ids of questions that fit the query and one facet of each group, at most `limit`; each with all its facets."""
    groups = ["(" + " | ".join(f"'{facet}'" for facet in group) + ")" for group in facets]
    wanted = " & ".join([*map(_any, query.positive), *groups])
    unwanted = " & ".join("!" + _any(clause) for clause in query.negative)
    if title_only and is_common and not unwanted and len(found := _among_first(query, facets, limit)) == limit:
        return found
    conditions = [(TITLES if title_only else "document", wanted), *([("document", unwanted)] if unwanted else ())]
    where = " AND ".join(f"{vector} @@ %s::tsquery" for vector, _ in conditions)
    return _run(FIND.format(where), [*(text for _, text in conditions), limit])


def _among_first(query: Query, facets: Collection[Sequence[str]], limit: int) -> dict[int, str]:
    """Questions that fit by their titles, of the first thousands."""
    any_of = [*(map(" ".join, clause.phrases) for clause in query.positive), *facets]
    patterns = [f" ({'|'.join(texts)}) " for texts in any_of]  # Words have letters and digits alone.
    columns = ["title"] * len(query.positive) + ["facets"] * len(facets)
    where = " AND ".join(f"' ' || {column} || ' ' ~ %s" for column in columns)
    found: dict[int, str] = {}
    for number in FIRST:
        found = _run(FIND_AMONG_FIRST.format(where), [number, *patterns, limit])
        if len(found) == limit or len(found) < limit // 3:
            break
    return found


def _run(statements: str, parameters: Sequence[str | int]) -> dict[int, str]:
    """What the last of some statements selects; all of them are sent as one, and are one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statements, parameters)
        while cursor.nextset():
            pass
        return dict(cursor.fetchall())


def _any(clause: Clause) -> str:
    """A part of a tsquery; every word is quoted, so that none can be syntax."""
    phrases = [" <-> ".join(map(_quoted, phrase)) for phrase in clause.phrases]
    return "(" + " | ".join(f"({phrase})" for phrase in phrases) + ")"


def _quoted(word: str) -> str:
    """The word; one that looks like a facet, in the texts alone. Of other words that would cost a look at each text."""
    return f"'{word}':ABC" if LIKE_A_FACET.fullmatch(word) else f"'{word}'"  # Words have letters and digits alone.


def starts_with(field: str, prefix: str) -> Q:
    """The condition that a field begins so, in a form that uses its index, also where the field gives the order."""
    return Q(**{f"{field}__startswith": prefix, f"{field}__gte": prefix})
