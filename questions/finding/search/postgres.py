"""Search on PostgreSQL: a stored tsvector with a GIN index, and an index of titles."""

import re
from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q

from questions.database_objects import DatabaseObject
from questions.finding.facets import all_public
from questions.finding.search.documents import PREFIXES
from questions.finding.search.first_titles import first_titles
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
# What most questions have is found sooner without the index, which gives all of them before the first is read.
FIND_IN_ORDER = """
    SET LOCAL enable_seqscan = off;
    SET LOCAL enable_bitmapscan = off;
    SELECT question_id, facets
    FROM (SELECT question_id, facets, document FROM questions_searchdocument ORDER BY question_id) AS every
    WHERE {} LIMIT %s
"""
ENTRIES = 40  # of the index take as long as one vector
ENOUGH = 1 / 3  # of what is wanted; more are not looked for where the first titles have as many
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
    at_least: int = 0,
) -> dict[int, str]:
    """Ids of questions that fit the query and one facet of each group, at most `limit`; each with all its facets."""
    groups = ["(" + " | ".join(f"'{facet}'" for facet in group) + ")" for group in facets]
    wanted = " & ".join([*map(_any, query.positive), *groups])
    unwanted = " & ".join("!" + _any(clause) for clause in query.negative)
    if title_only and not unwanted and len(found := first_titles().find(query, facets, limit)) >= limit * ENOUGH:
        return found
    conditions = [(TITLES if title_only else "document", wanted), *([("document", unwanted)] if unwanted else ())]
    where = " AND ".join(f"{vector} @@ %s::tsquery" for vector, _ in conditions)
    # The index gives `at_least` entries; in order, limit × total ÷ `at_least` vectors are read until there are enough.
    is_quicker_in_order = not title_only and at_least**2 > ENTRIES * limit * all_public().total()
    statements = FIND_IN_ORDER if is_quicker_in_order else FIND
    return _run(statements.format(where), [*(text for _, text in conditions), limit])


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
