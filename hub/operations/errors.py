"""What keeps an operation from being done."""

import sqlite3

from django.db import Error

from hub.databases import is_outage
from hub.health import pending_migrations

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class OperationError(Exception):
    """The text is a sentence that tells an operator why."""


def told(error: BaseException) -> str:
    """What an error says, as a sentence on one line: a database's goes over several, some with a full stop."""
    text = " ".join(str(error).split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def why(error: Error) -> str:
    """What to tell an operator whose command the database has stopped; nothing, where the command itself is wrong."""
    if getattr(error.__cause__, "sqlite_errorcode", None) in BROKEN:
        return f"The database's file is damaged, or is none: restore a backup. SQLite says: {told(error)}"
    if is_outage(error):
        return f"The database fails: {told(error)}"
    if pending_migrations():
        return f"The database is empty or older than the hub, which a start mends, or `make upgrade`: {told(error)}"
    return ""
