"""Objects in the database that Django's migrations do not know: triggers, full-text tables, generated columns.

Each is known by the statement that creates it. SQLite keeps the text of such statements; PostgreSQL keeps only what it
understood of them, so there the text is kept as the object's comment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

SQLITE = "SELECT upper(type) || ' ' || name, sql FROM sqlite_master"
# Disabled triggers, invalid indexes and functions with another body count as missing.
POSTGRESQL = """
    SELECT 'TRIGGER ' || tgname || ' ON ' || relname, obj_description(pg_trigger.oid, 'pg_trigger')
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgenabled <> 'D' AND pg_table_is_visible(tgrelid)
    UNION ALL
    SELECT 'INDEX ' || relname, obj_description(indexrelid, 'pg_class')
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indisvalid AND pg_table_is_visible(indexrelid)
    UNION ALL
    SELECT 'COLUMN ' || relname || '.' || attname, col_description(attrelid, attnum)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attgenerated = 's' AND pg_table_is_visible(attrelid)
    UNION ALL
    SELECT 'FUNCTION ' || proname || '()', obj_description(oid, 'pg_proc')
    FROM pg_proc
    WHERE strpos(obj_description(oid, 'pg_proc'), prosrc) > 0 AND pg_function_is_visible(oid)
    UNION ALL
    SELECT 'EXTENSION ' || extname, 'CREATE EXTENSION ' || extname FROM pg_extension
"""


@dataclass(frozen=True)
class DatabaseObject:
    """What one statement creates."""

    kind: str  # as in `DROP kind name`
    name: str
    definition: str  # the statement, in one line
    afterwards: str = ""  # a statement that makes good what passed the object by while it was missing

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def removal(self) -> str:
        """The statement that removes it, whether it is there or not."""
        if self.kind == "COLUMN":
            table, column = self.name.split(".")
            return f"ALTER TABLE {table} DROP COLUMN IF EXISTS {column} CASCADE"
        cascade = " CASCADE" if connection.vendor == "postgresql" else ""
        return f"DROP {self.kind} IF EXISTS {self.name}{cascade}"

    @property
    def has_comment(self) -> bool:
        """Whether the definition is kept as a comment; an extension may belong to somebody else."""
        return connection.vendor == "postgresql" and self.kind != "EXTENSION"


def missing(wanted: Iterable[DatabaseObject]) -> list[DatabaseObject]:
    """The objects that are not in the database as they are defined."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        stored = dict(cursor.fetchall())
    return [candidate for candidate in wanted if stored.get(str(candidate)) != candidate.definition]


@transaction.atomic
def install(wanted: Sequence[DatabaseObject]) -> list[DatabaseObject]:
    """Create what is missing and replace what is defined otherwise; returns what was created."""
    created = []
    for candidate in wanted:
        if missing([candidate]):  # Asked each time, since removing one may remove others that depend on it.
            _create(candidate)
            created.append(candidate)
    with connection.cursor() as cursor:
        for statement in dict.fromkeys(new.afterwards for new in created if new.afterwards):
            cursor.execute(statement)
    return created


def _create(wanted: DatabaseObject) -> None:
    with connection.cursor() as cursor:
        cursor.execute(wanted.removal)
        cursor.execute(wanted.definition)
        if wanted.has_comment:
            cursor.execute(f"COMMENT ON {wanted} IS %s", [wanted.definition])
