"""Search on SQLite: an FTS5 index over the search documents, which triggers keep."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q

from questions.database_objects import DatabaseObject
from questions.finding.search.query import Clause, Query

COLUMNS = "facets, title, answer, body"
NEW = "new.question_id, new.facets, new.title, new.answer, new.body"
OLD = "old.question_id, old.facets, old.title, old.answer, old.body"
# The statements are made of the constants above alone.
INSERT = f"INSERT INTO questions_search(rowid, {COLUMNS}) VALUES ({NEW})"  # noqa: S608
DELETE = f"INSERT INTO questions_search(questions_search, rowid, {COLUMNS}) VALUES ('delete', {OLD})"  # noqa: S608

# Without being told, SQLite would look at the documents themselves, which takes three times as long.
FIND = """
    SELECT questions_search.rowid, document.facets
    FROM questions_search
    JOIN questions_searchdocument AS document INDEXED BY search_document_facets
    ON document.question_id = questions_search.rowid
    WHERE questions_search MATCH %s LIMIT %s
"""
TEXT, TITLE = "title answer body", "title"
TABLE = (
    f"CREATE VIRTUAL TABLE questions_search USING fts5({COLUMNS}, "
    "content='questions_searchdocument', content_rowid='question_id', tokenize='ascii')"
)
TRIGGERS = {"insert": f"{INSERT};", "delete": f"{DELETE};", "update": f"{DELETE}; {INSERT};"}
REBUILD = "INSERT INTO questions_search(questions_search) VALUES ('rebuild')"


def objects() -> list[DatabaseObject]:
    """The full-text index, and the triggers that keep it to the search documents."""
    return [DatabaseObject("TABLE", "questions_search", TABLE, REBUILD), *(_trigger(event) for event in TRIGGERS)]


def _trigger(event: str) -> DatabaseObject:
    name, then = f"search_{event}", TRIGGERS[event]
    statement = f"CREATE TRIGGER {name} AFTER {event.upper()} ON questions_searchdocument BEGIN {then} END"
    return DatabaseObject("TRIGGER", name, statement, REBUILD)


def find(
    query: Query,
    facets: Collection[Sequence[str]],
    limit: int,
    title_only: bool = False,
    at_least: int = 0,
) -> dict[int, str]:
    """Ids of questions that fit the query and one facet of each group, at most `limit`; each with all its facets."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [_expression(query, facets, TITLE if title_only else TEXT), limit])
        return dict(cursor.fetchall())


def _expression(query: Query, facets: Collection[Sequence[str]], columns: str) -> str:
    """An FTS5 query; every word is quoted, so that none can be syntax."""
    wanted = [f"{{{columns}}}: ({_any(clause)})" for clause in query.positive]
    wanted += [f"facets: ({' OR '.join(map(_quoted, group))})" for group in facets]
    unwanted = [f"{{{TEXT}}}: ({_any(clause)})" for clause in query.negative]
    return "(" + " AND ".join(wanted) + ")" + (f" NOT ({' OR '.join(unwanted)})" if unwanted else "")


def _any(clause: Clause) -> str:
    return " OR ".join(_quoted(" ".join(phrase)) for phrase in clause.phrases)


def _quoted(text: str) -> str:
    return f'"{text}"'  # Words have letters and digits alone.


def starts_with(field: str, prefix: str) -> Q:
    """The condition that a field begins so, in a form that uses its index; LIKE would not."""
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": after})
