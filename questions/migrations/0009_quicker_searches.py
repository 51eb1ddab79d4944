"""An index that lets a search look at no more than it has to: facets without texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questions", "0008_needs_work")]

    operations = [
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["question", "facets"], name="search_document_facets"),
        ),
    ]
