"""Indexes that let a search look at no more than it has to: facets without texts, and on PostgreSQL titles alone."""

from typing import Any

from django.db import migrations, models

from questions.finding.search import postgres


def install(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres.INSTALL_TITLES, params=None)


def uninstall(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres.UNINSTALL_TITLES, params=None)


class Migration(migrations.Migration):
    dependencies = [("questions", "0008_needs_work")]

    operations = [
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["question", "facets"], name="search_document_facets"),
        ),
        migrations.RunPython(install, uninstall),
    ]
