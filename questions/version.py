"""The version of what readers see: a number in the database that triggers replace with every change, on every way in.

What is derived from the whole bank, counts and pages, is kept as long as the version stays the same. A new day is a new
version too, since pages say whether a review is due.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from questions.database_objects import DatabaseObject
from questions.models import Category, ContentVersion, FollowUp, Level, Question, Synonym, Technology

SECONDS = 0.5  # for which a process believes what it read last

# Search documents among them: what a search finds is kept for a version too.
TABLES = ("question", "followup", "technology", "level", "category", "searchdocument", "synonym")
EVENTS = ("INSERT", "UPDATE", "DELETE")
# Random, so that no version comes twice, not even after an older backup is restored.
RANDOM = {"sqlite": "random() & 9223372036854775807", "postgresql": "(random() * 9e18)::bigint"}

T = TypeVar("T")

NEVER = float("-inf")

_seen: tuple[float, int] = (NEVER, 0)
_forgotten = 0  # times
_kept: dict[Callable[[], Any], tuple[int, Any]] = {}


def objects() -> list[DatabaseObject]:
    """The triggers that give the content a new version, and what they run."""
    renewal = (
        f"INSERT INTO questions_contentversion (id, number) VALUES (1, {RANDOM[connection.vendor]}) "  # noqa: S608
        "ON CONFLICT (id) DO UPDATE SET number = excluded.number"
    )
    return _sqlite(renewal) if connection.vendor == "sqlite" else _postgresql(renewal)


def _sqlite(renewal: str) -> list[DatabaseObject]:
    return [
        DatabaseObject(
            "TRIGGER",
            f"content_{table}_{event.lower()}",
            f"CREATE TRIGGER content_{table}_{event.lower()} AFTER {event} ON questions_{table} BEGIN {renewal}; END",
            afterwards=renewal,
        )
        for table in TABLES
        for event in EVENTS
    ]


def _postgresql(renewal: str) -> list[DatabaseObject]:
    name = "new_content_version()"
    body = f"CREATE FUNCTION {name} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {renewal}; RETURN NULL; END $$"
    triggers = [
        DatabaseObject(
            "TRIGGER",
            f"content_{table} ON questions_{table}",
            f"CREATE TRIGGER content_{table} AFTER {' OR '.join(EVENTS)} ON questions_{table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}",
            afterwards=renewal,
        )
        for table in TABLES
    ]
    return [DatabaseObject("FUNCTION", name, body, afterwards=renewal), *triggers]


def version() -> int:
    """The version of the content, at most half a second old, and never older than this process's own changes."""
    global _seen
    read_at, number = _seen
    now, forgotten = time.monotonic(), _forgotten
    if now - read_at < SECONDS:
        return number
    number = ContentVersion.objects.values_list("number", flat=True).first() or 0
    number += timezone.localdate().toordinal() << 64  # Numbers in the database are shorter.
    if forgotten == _forgotten:  # Else this process has changed the content while the number was read.
        _seen = (now, number)
    return number


def forget() -> None:
    """Read the version again when it is next asked for."""
    global _seen, _forgotten
    _forgotten += 1
    _seen = (NEVER, 0)


def once_a_version(function: Callable[[], T]) -> Callable[[], T]:
    """Keep what a function without arguments returns, in this process, until the content changes."""

    @wraps(function)
    def wrapper() -> T:
        current = version()
        kept = _kept.get(function)
        if kept is None or kept[0] != current:
            kept = _kept[function] = (current, function())
        return kept[1]

    return wrapper


def forget_everything() -> None:
    """The version, and all that was kept for it."""
    forget()
    _kept.clear()


def forget_after_change(sender: type, **kwargs: Any) -> None:
    """At once for this connection, and again when others can see the change."""
    forget()
    transaction.on_commit(forget)


for model in (Question, FollowUp, Technology, Level, Category, Synonym):
    post_save.connect(forget_after_change, sender=model)
    post_delete.connect(forget_after_change, sender=model)
