"""Forget what search has made of the questions; it is made again after all migrations, with what texts say to it now.

Mistyped words are no longer compared in the database, so PostgreSQL need not keep an index of their parts.
"""

from typing import Any

from django.db import migrations

# It may belong to somebody else, or be of use to them.
DROP_EXTENSION = """
    DO $$ BEGIN DROP EXTENSION IF EXISTS pg_trgm;
    EXCEPTION WHEN dependent_objects_still_exist OR insufficient_privilege THEN NULL; END $$
"""


def forget(apps: Any, schema_editor: Any) -> None:
    for name in ("SearchDocument", "Word", "TitleWord", "Term"):
        apps.get_model("questions", name).objects.using(schema_editor.connection.alias).all().delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS word_trigrams")
        schema_editor.execute(DROP_EXTENSION)


class Migration(migrations.Migration):
    dependencies = [("questions", "0025_terms")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
