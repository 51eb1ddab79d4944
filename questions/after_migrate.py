"""What every `migrate` ends with: objects that the migrations do not know, and search documents that are missing.

No migration can do this once and for all: SQLite drops a table's triggers whenever Django rebuilds the table, and a
migration that imported search would do something else after each change of it.
"""

import sys
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS

from hub.health import pending_migrations
from questions import database_objects, version
from questions.database_objects import DatabaseObject
from questions.finding import former_slugs
from questions.finding.search import backend, documents
from questions.models import Question, Rendering

APP = "questions"


def wanted() -> list[DatabaseObject]:
    """All objects, in the order in which they can be created."""
    return [*version.objects(), *former_slugs.objects(), *backend.objects()]


def complete(using: str, verbosity: int = 0, stdout: Any = sys.stdout, **kwargs: Any) -> None:
    """Receive `post_migrate`; leave everything as it is while a migration of the app is still to be applied."""
    if using != DEFAULT_DB_ALIAS:
        return
    created = indexed = 0
    if database_objects.missing(wanted()):
        if pending_migrations(APP):
            return
        created = len(database_objects.install(wanted()))
    if not documents.are_complete() and not pending_migrations(APP):
        indexed = documents.index_missing()
    if not Question.objects.exists() and not pending_migrations(APP):
        Rendering.objects.note()
    if verbosity and (created or indexed):
        stdout.write(f"  Created {created} triggers, indexes and the like; indexed {indexed:,} questions for search.\n")


def check_objects(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Name each object that is missing or defined otherwise, unless migrations come first."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    lost = database_objects.missing(wanted())
    if not lost or pending_migrations(APP):
        return []
    return [
        checks.Warning(  # An error would keep `migrate` from running.
            f"The database lacks {it}, or has it in another version.",
            hint="Run `manage.py migrate`, which creates it.",
            id="questions.W001",
        )
        for it in lost
    ]


def check_rendered(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Say if pages show what an older version made of the texts."""
    if DEFAULT_DB_ALIAS not in (databases or ()) or pending_migrations(APP) or Rendering.objects.is_current():
        return []
    hint = "Run `manage.py upgrade`, which renders them again, or `manage.py render_questions`."
    return [checks.Warning("The texts were rendered by another version of the hub.", hint=hint, id="questions.W005")]
