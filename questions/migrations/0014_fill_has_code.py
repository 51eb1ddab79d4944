"""Mark the questions that show code, and have search, which knows them too, made again after all migrations."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import migrations
from django.db.models import Q

SECTIONS = ("answer_html", "explanation_html", "example_html", "mistakes_html", "scenario_html")


def fill(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    shows_code = reduce(or_, (Q(**{f"{field}__contains": "<pre"}) for field in SECTIONS))
    apps.get_model("questions", "Question").objects.using(using).filter(shows_code).update(has_code=True)
    for name in ("SearchDocument", "Word"):
        apps.get_model("questions", name).objects.using(using).all().delete()


class Migration(migrations.Migration):
    dependencies = [("questions", "0013_has_code")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
