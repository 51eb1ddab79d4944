"""How the hub talks to SQLite and PostgreSQL, and the check that a SQLite build cannot corrupt its database."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections, transaction

Version = tuple[int, int, int]

# From 3.7.0 to 3.51.2, two connections that checkpoint and write at once can corrupt a WAL database:
# https://www.sqlite.org/wal.html, "The WAL-Reset Bug".
FIRST_AFFECTED, FIRST_FIXED = (3, 7, 0), (3, 51, 3)
FIXED_BRANCHES = {(3, 44, 6), (3, 50, 7)}

MEMORY = 1 << 20  # KiB of changed pages that a long transaction may keep on SQLite


def wal_is_safe(version: Version) -> bool:
    """Whether this SQLite version may use a write-ahead log."""
    return version < FIRST_AFFECTED or version >= FIRST_FIXED or version in FIXED_BRANCHES


READ_ONLY = "25006"  # PostgreSQL's code for a write where only reading is allowed
PATIENCE = 20  # seconds that a write waits for another on SQLite
SECONDS_TO_CONNECT = 5  # to PostgreSQL, where DATABASE_URL says nothing else
# The last four, for a network that loses a connection without a word. No statement has a limit of its own: an import, a
# save or a migration may wait for another, and `hub.postgresql` tells one that takes long from a server that is silent.
TO_POSTGRESQL = {
    "connect_timeout": SECONDS_TO_CONNECT,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
LITTLE_PATIENCE = 50  # milliseconds, where waiting is worse than not writing


def with_options(database: dict[str, Any], sqlite_version: Version = sqlite3.sqlite_version_info[:3]) -> dict[str, Any]:
    """The database's settings with those that the hub needs: durable, patient, connections kept open."""
    if not database["ENGINE"].endswith("sqlite3"):
        kept = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "OPTIONS": TO_POSTGRESQL | database.get("OPTIONS", {})}
        return database | {"ENGINE": "hub.postgresql"} | kept
    journal = "WAL" if wal_is_safe(sqlite_version) else "DELETE"
    pragmas = f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE, "init_command": pragmas}
    return database | {"ENGINE": "hub.sqlite3", "CONN_MAX_AGE": None, "OPTIONS": options}


def is_outage(error: BaseException | None) -> bool:
    """Whether the database cannot do its part just now: away, busy, full or read-only. A wrong statement is a bug."""
    cause = error and error.__cause__
    if isinstance(cause, sqlite3.Error):
        return isinstance(error, OperationalError) and cause.sqlite_errorcode != sqlite3.SQLITE_ERROR
    is_read_only = getattr(cause, "sqlstate", None) == READ_ONLY
    return is_read_only or isinstance(error, (OperationalError, InterfaceError))


def takes_no_writes() -> bool:
    """Whether the database is a standby of PostgreSQL, or is told to refuse writes."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return bool(cursor.fetchone()[0] == "on")


@contextmanager
def atomic_without_patience() -> Iterator[None]:
    """A transaction that fails rather than waits for others."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {LITTLE_PATIENCE}")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {LITTLE_PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")


def check_sqlite_wal(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    sqlite_version: Version = sqlite3.sqlite_version_info[:3],
    **kwargs: Any,
) -> list[checks.CheckMessage]:
    """Warn where a database is in WAL mode, left so by another build, and this build could corrupt it."""
    warnings: list[checks.CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite" or wal_is_safe(sqlite_version):
            continue
        try:
            with connection.cursor() as cursor:
                mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        except OperationalError:  # Leaving WAL mode needs the database for oneself.
            mode = "wal"
        if mode == "wal":
            warnings.append(
                checks.Warning(
                    f"The database is in WAL mode, which SQLite {'.'.join(map(str, sqlite_version))} can corrupt.",
                    hint="Stop every process that has it open and start the hub again, or use a newer SQLite.",
                    id="hub.W001",
                )
            )
    return warnings


@contextmanager
def long_transaction(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction that writes much, and lets others read until it commits.

    Without a write-ahead log, SQLite locks readers out as soon as its cache of some megabytes is full and changed pages
    go to the file. So they stay in memory; only a transaction that changes more than `MEMORY` still locks readers out.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        with transaction.atomic(using):
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_spill").fetchone()[0]  # pages
        cursor.execute(f"PRAGMA cache_spill = -{MEMORY}")
        try:
            with transaction.atomic(using):
                yield
        finally:
            cursor.execute(f"PRAGMA cache_spill = {usual}")
            cursor.execute("PRAGMA shrink_memory")
