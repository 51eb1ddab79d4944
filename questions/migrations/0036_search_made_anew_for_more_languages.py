"""Forget what search has made of the questions; it is made again after all migrations, by its present rules."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    for name in ("SearchDocument", "Word", "TitleWord", "Term"):
        apps.get_model("questions", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("questions", "0035_also_asked")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
