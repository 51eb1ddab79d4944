"""What a database holds, read past all models, and what of it an upgrade has changed."""

import json
import re
import sqlite3
from contextlib import closing, suppress
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.browser.running_hub import RunningHub

Rows = dict[str, dict[Any, dict[str, Any]]]  # by table, then by primary key

MADE_ANEW = re.compile(
    "questions_(contentversion|importfile|rendering|search|term|titleword|word)|django_(session|migrations)|sqlite_"
)
DERIVED = re.compile(".*_html|has_code|needs_work")  # columns that are worked out of others


def read(hub: RunningHub) -> Rows:
    """Every row of every table, but for what is made anew."""
    if url := hub.environment.get("DATABASE_URL"):
        with psycopg.connect(url, row_factory=dict_row) as database:
            tables = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
            return _read(lambda statement: database.execute(statement).fetchall(), tables)
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        return _read(lambda statement: list(map(dict, database.execute(statement))), tables)


def _read(ask: Any, tables: str) -> Rows:
    names = [row["name"] for row in ask(tables) if not MADE_ANEW.match(row["name"])]
    found = {name: ask(f'SELECT * FROM "{name}"') for name in sorted(names)}
    return {name: {next(iter(row.values())): row for row in rows} for name, rows in found.items()}


def lost(before: Rows, after: Rows) -> list[str]:
    """What was there and is not, a line each; tables, rows and columns that are new do not count."""
    return [line for table, rows in before.items() for line in _lost_of(table, rows, after.get(table))]


def _lost_of(table: str, rows: dict[Any, dict[str, Any]], now: dict[Any, dict[str, Any]] | None) -> list[str]:
    if now is None:
        return [f"{table} with {len(rows)} rows"]
    found = [f"{table} {key}" for key in rows.keys() - now.keys()]
    for key in rows.keys() & now.keys():
        old, new = rows[key], now[key]
        changed = [
            it for it in old if not DERIVED.fullmatch(it) and (it not in new or _value(old[it]) != _value(new[it]))
        ]
        found += [f"{table} {key} {it}: {old[it]!r:.60} → {new.get(it)!r:.60}" for it in changed]
    return found


def _value(stored: Any) -> Any:
    """JSON, which SQLite keeps as text, by what it says: its keys have no order."""
    if isinstance(stored, str) and stored.startswith(("[{", "{")):
        with suppress(ValueError):  # Text may begin so, too.
            return json.loads(stored)
    return stored
