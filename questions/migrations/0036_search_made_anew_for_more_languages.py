"""Forget what search has made of the questions; it is made again after all migrations, by its present rules.

On SQLite the full-text index goes first, which is made again, too: its trigger would read each text that is deleted.
"""

from typing import Any

from django.db import migrations

INDEX = (
    "DROP TRIGGER IF EXISTS search_insert",
    "DROP TRIGGER IF EXISTS search_update",
    "DROP TRIGGER IF EXISTS search_delete",
    "DROP TABLE IF EXISTS questions_search",
)


def forget(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in INDEX:
            schema_editor.execute(statement)
    for name in ("SearchDocument", "Word", "TitleWord", "Term"):
        apps.get_model("questions", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("questions", "0035_also_asked")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
