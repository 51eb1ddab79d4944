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


def permit(apps: Any, schema_editor: Any) -> None:
    """Let both groups write synonyms; make the permissions too, since Django makes them only after all migrations."""
    alias = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    content_type, _ = content_types.get_or_create(app_label="questions", model="synonym")
    permissions = [
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(
            content_type=content_type, codename=f"{action}_synonym", defaults={"name": f"Can {action} synonym"}
        )[0]
        for action in ("add", "change", "delete", "view")
    ]
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=("Editors", "Reviewers")):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("questions", "0025_terms")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
