"""Take away, on the way back, what each `migrate` adds to these tables: full-text indexes and triggers.

On the way forward there is nothing to do: they are created after all migrations, by `questions.after_migrate`.
"""

from typing import Any

from django.db import migrations

CONTENT = ("question", "followup", "technology", "level", "category", "searchdocument")
SQLITE = [
    *(f"DROP TRIGGER IF EXISTS content_{it}_{event}" for it in CONTENT for event in ("insert", "update", "delete")),
    *(f"DROP TRIGGER IF EXISTS search_{event}" for event in ("insert", "delete", "update")),
    "DROP TABLE IF EXISTS questions_search",
]
POSTGRESQL = [
    "DROP FUNCTION IF EXISTS new_content_version() CASCADE",  # with its triggers
    "ALTER TABLE questions_searchdocument DROP COLUMN IF EXISTS document",
    "DROP INDEX IF EXISTS word_trigrams",
]


def uninstall(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("questions", "0002_search_and_paging")]

    operations = [migrations.RunPython(migrations.RunPython.noop, uninstall)]
