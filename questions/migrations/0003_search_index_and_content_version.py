"""What Django's models cannot say: the full-text indexes, and the triggers that keep them and the content version."""

from typing import Any

from django.db import migrations

from questions.finding.search import postgres, sqlite

CONTENT = ("question", "followup", "technology", "level", "category")
EVENTS = ("INSERT", "UPDATE", "DELETE")

# A random number, so that no version comes twice, not even after an older backup is restored.
NEW_VERSION = """
    INSERT INTO questions_contentversion (id, number) VALUES (1, {random})
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
"""
SQLITE = [
    f"""CREATE TRIGGER content_{table}_{event.lower()} AFTER {event} ON questions_{table}
        BEGIN {NEW_VERSION.format(random="random() & 9223372036854775807")}; END"""
    for table in CONTENT
    for event in EVENTS
]
SQLITE_UNDO = [f"DROP TRIGGER content_{table}_{event.lower()}" for table in CONTENT for event in EVENTS]
POSTGRES = [
    f"""CREATE FUNCTION new_content_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {NEW_VERSION.format(random="(random() * 9e18)::bigint")}; RETURN NULL; END $$""",
    *(
        f"""CREATE TRIGGER content_{table} AFTER {" OR ".join(EVENTS)} ON questions_{table}
            FOR EACH STATEMENT EXECUTE FUNCTION new_content_version()"""
        for table in CONTENT
    ),
]
POSTGRES_UNDO = [
    *(f"DROP TRIGGER content_{table} ON questions_{table}" for table in CONTENT),
    "DROP FUNCTION new_content_version()",
]


def install(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    _run(schema_editor, (*sqlite.INSTALL, *SQLITE) if is_sqlite else (*postgres.INSTALL, *POSTGRES))


def uninstall(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    _run(schema_editor, (*SQLITE_UNDO, *sqlite.UNINSTALL) if is_sqlite else (*POSTGRES_UNDO, *postgres.UNINSTALL))


def _run(schema_editor: Any, statements: tuple[str, ...]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("questions", "0002_search_and_paging")]

    operations = [migrations.RunPython(install, uninstall)]
