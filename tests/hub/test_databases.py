"""How the hub talks to SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from traceback import walk_tb
from typing import Any

import pytest
import pytest_django
from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from hub.databases import (
    TO_POSTGRESQL,
    Version,
    check_sqlite_wal,
    long_transaction,
    wal_is_safe,
    with_options,
)

AFFECTED: Version = (3, 40, 1)
FIXED: Version = (3, 51, 3)
SQLITE = {"ENGINE": "django.db.backends.sqlite3"}
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql"}

Connect = Callable[[dict[str, Any]], BaseDatabaseWrapper]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "other.sqlite3"


@pytest.fixture
def connect(django_db_blocker: pytest_django.DjangoDbBlocker, path: Path) -> Iterator[Connect]:
    """Connects Django to a SQLite file, under the alias `other`, with the settings given."""

    def connect_with(database: dict[str, Any]) -> BaseDatabaseWrapper:
        defaults = connections.databases["default"] | {"OPTIONS": {}, "NAME": path}
        connections.databases["other"] = defaults | database
        return connections["other"]

    with django_db_blocker.unblock():
        yield connect_with
    connections["other"].close()
    del connections["other"], connections.databases["other"]


def pragma(connection: BaseDatabaseWrapper, name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_safe_where_sqlite_is_fixed(version: Version, safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize(("version", "journal"), [(AFFECTED, "DELETE"), (FIXED, "WAL")])
def test_journal_depends_on_the_build_of_sqlite(version: Version, journal: str) -> None:
    options = with_options(SQLITE, version)["OPTIONS"]

    assert f"PRAGMA journal_mode={journal};" in options["init_command"]


def test_connections_to_sqlite_stay_open() -> None:
    assert with_options(SQLITE)["CONN_MAX_AGE"] is None


def test_connections_to_postgresql_stay_open_and_are_tried_before_use() -> None:
    assert with_options(POSTGRESQL | {"HOST": "db"}) == {
        "ENGINE": "hub.postgresql",
        "HOST": "db",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": TO_POSTGRESQL,
    }


def test_options_leave_the_given_settings_alone() -> None:
    given = dict(SQLITE)

    with_options(given)

    assert given == SQLITE


def test_the_hubs_own_database_has_these_options() -> None:
    own = settings.DATABASES["default"]

    assert own == own | with_options(own)


def test_commits_on_sqlite_are_durable(connect: Connect) -> None:
    connection = connect(with_options(SQLITE))

    assert pragma(connection, "synchronous") == 2  # FULL


@pytest.mark.parametrize(("version", "journal"), [(AFFECTED, "delete"), (FIXED, "wal")])
def test_a_live_connection_has_the_journal_of_its_build(version: Version, journal: str, connect: Connect) -> None:
    connection = connect(with_options(SQLITE, version))

    assert pragma(connection, "journal_mode") == journal


def test_sqlite_files_are_not_mapped_into_memory(connect: Connect) -> None:
    connection = connect(with_options(SQLITE))

    assert pragma(connection, "mmap_size") == 0


def test_writers_on_sqlite_wait_for_each_other_20_seconds(connect: Connect) -> None:
    connection = connect(with_options(SQLITE))

    assert pragma(connection, "busy_timeout") == 20_000


def test_transactions_on_sqlite_hold_the_write_lock_from_the_start(connect: Connect, path: Path) -> None:
    connect(with_options(SQLITE))

    with (
        transaction.atomic(using="other"),
        closing(sqlite3.connect(path, timeout=0)) as stranger,
        pytest.raises(sqlite3.OperationalError, match="database is locked"),
    ):
        stranger.execute("BEGIN IMMEDIATE")


def write_much(connection: BaseDatabaseWrapper) -> None:
    """More than fits SQLite's usual cache of 2 MB."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE large (text)")
        cursor.executemany("INSERT INTO large VALUES (%s)", [("x" * 10_000,)] * 1_000)


def test_readers_are_let_in_while_a_long_transaction_writes(connect: Connect, path: Path) -> None:
    connection = connect(with_options(SQLITE, AFFECTED))
    with closing(sqlite3.connect(path, timeout=0)) as reader:
        with long_transaction(using="other"):
            write_much(connection)
            assert reader.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)

        assert reader.execute("SELECT count(*) FROM large").fetchone() == (1_000,)


def test_readers_are_locked_out_of_any_other_large_transaction(connect: Connect, path: Path) -> None:
    connection = connect(with_options(SQLITE, AFFECTED))

    with closing(sqlite3.connect(path, timeout=0)) as reader, transaction.atomic(using="other"):
        write_much(connection)
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            reader.execute("SELECT count(*) FROM sqlite_master")


def test_long_transaction_leaves_the_connection_as_it_was(connect: Connect) -> None:
    connection = connect(with_options(SQLITE))
    before = pragma(connection, "cache_spill")

    with long_transaction(using="other"):
        write_much(connection)

    assert pragma(connection, "cache_spill") == before


def test_check_warns_of_a_wal_database_on_an_affected_build(connect: Connect) -> None:
    pragma(connect(SQLITE), "journal_mode=WAL")

    (warning,) = check_sqlite_wal(None, ["other"], AFFECTED)

    assert warning.id == "hub.W001"
    assert warning.msg == "The database is in WAL mode, which SQLite 3.40.1 can corrupt."


def test_check_is_silent_about_a_wal_database_on_a_fixed_build(connect: Connect) -> None:
    pragma(connect(SQLITE), "journal_mode=WAL")

    assert check_sqlite_wal(None, ["other"], FIXED) == []


def test_check_is_silent_about_a_rollback_journal(connect: Connect) -> None:
    pragma(connect(SQLITE), "journal_mode=DELETE")

    assert check_sqlite_wal(None, ["other"], AFFECTED) == []


def test_affected_build_takes_a_wal_database_back_to_the_rollback_journal(connect: Connect, path: Path) -> None:
    with closing(sqlite3.connect(path)) as earlier_build:
        earlier_build.execute("PRAGMA journal_mode=WAL")
    connection = connect(with_options(SQLITE, AFFECTED))

    assert pragma(connection, "journal_mode") == "delete"


def test_cursor_that_cannot_begin_a_transaction_is_closed(connect: Connect, path: Path) -> None:
    options = with_options(SQLITE)["OPTIONS"] | {"timeout": 0}
    connect(with_options(SQLITE) | {"OPTIONS": options})
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked") as error, transaction.atomic(using="other"):
            pass

    (cursor,) = cursors_of(error.value)
    with pytest.raises(sqlite3.ProgrammingError, match="closed cursor"):
        cursor.execute("SELECT 1")


def cursors_of(error: Exception) -> Iterator[SQLiteCursorWrapper]:
    """Those that the frames of an error keep."""
    for frame, _ in walk_tb(error.__traceback__):
        yield from (it for it in frame.f_locals.values() if isinstance(it, SQLiteCursorWrapper))


@pytest.mark.django_db
def test_check_is_silent_about_the_database_of_these_tests() -> None:
    """PostgreSQL, or SQLite in memory: neither has a write-ahead log of SQLite's."""
    assert check_sqlite_wal(None, ["default"], AFFECTED) == []


def test_check_asks_no_database_unless_told_to() -> None:
    assert check_sqlite_wal(None, None, AFFECTED) == []
