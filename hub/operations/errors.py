"""What keeps an operation from being done."""

import sqlite3

from django.db import Error

from hub.databases import is_outage
from hub.health import pending_migrations

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class OperationError(Exception):
    """The text is a sentence that tells an operator why."""


def told(error: BaseException) -> str:
    """What an error says, as one line with a full stop: messages of databases have several lines, and some no stop."""
    text = " ".join(str(error).split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def why(error: Error) -> str:
    """Why the database has stopped an operator's command; empty where the fault is the command's own."""
    if getattr(error.__cause__, "sqlite_errorcode", None) in BROKEN:
        return f"The database's file is damaged, or is none: restore a backup. SQLite says: {told(error)}"
    if is_outage(error):
        return f"The database fails: {told(error)}"
    if pending_migrations():
        return f"The database is empty or older than the hub, which a start mends, or `make upgrade`: {told(error)}"
    return ""
