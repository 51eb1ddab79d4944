"""The banks that are measured: where they are, and the processes that work on them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import psycopg

from tests.bench.server import ROOT
from tests.postgres import cluster

# As an operator would set a small server: durable, with memory for what is asked for often.
POSTGRES = (
    "listen_addresses=''",
    "shared_buffers=1GB",
    "effective_cache_size=4GB",
    "work_mem=16MB",
    "maintenance_work_mem=512MB",
    "max_wal_size=8GB",
    "random_page_cost=1.1",
    "default_toast_compression=lz4",
)


class Bank(NamedTuple):
    """A database with the real set and `number` generated questions, and how many a second were loaded."""

    number: int
    url: str
    rate: float
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"HUB_DATA_DIR": str(self.folder), "DATABASE_URL": self.url}

    @property
    def variables(self) -> dict[str, str]:
        """The whole environment of a process that works on it."""
        return os.environ | self.environment


class Child:
    """A process of `tests.bench.child` that answers line by line."""

    def __init__(self, bank: Bank, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.child", *arguments],
            cwd=ROOT,
            env=bank.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(bank.folder / "inside.log").open("ab"),
            text=True,
        )

    def say(self, line: str) -> str:
        """Send a line; returns the line that answers."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{line[:200]} failed; see inside.log in the bench's folder.")
        return answer

    def ask(self, name: str, *arguments: Any) -> Any:
        """Call a function of `tests.bench.inside`."""
        return json.loads(self.say(json.dumps([name, *arguments])))

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


@contextmanager
def child(bank: Bank, *arguments: str) -> Iterator[Child]:
    process = Child(bank, *arguments)
    try:
        yield process
    finally:
        process.end()


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[str]:
    """A pattern of database URLs with room for a name; PostgreSQL runs as long as this context."""
    if kind == "SQLite":
        yield f"sqlite:///{quote(str(folder))}/{{}}.sqlite3"
        return
    with cluster(settings=POSTGRES, kept=folder / "postgres") as url:
        yield f"{url.rpartition('/')[0].replace('{', '{{')}/{{}}"


def make(pattern: str, number: int, seed: int, folder: Path) -> Bank:
    """The bank of that size, loaded unless it is there."""
    name = f"bank_{number}"
    if pattern.startswith("postgres"):
        create_database(pattern.format("postgres"), name)
    bank = Bank(number, pattern.format(name), 0, folder)
    print(f"Bank of 54 + {number:,} questions …", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.child", "load", str(number), str(seed)],
        cwd=ROOT,
        env=bank.variables,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return bank._replace(rate=float(done.stdout.split()[-1]))


def copied(bank: Bank, name: str) -> Bank:
    """A copy of the bank, which takes the place of an earlier one."""
    path, _, original = bank.url.rpartition("/")
    if bank.url.startswith("sqlite"):
        shutil.copyfile(bank.folder / original, bank.folder / f"{name}.sqlite3")
        return bank._replace(url=f"{path}/{name}.sqlite3")
    with psycopg.connect(f"{path}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return bank._replace(url=f"{path}/{name}")


def create_database(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def collect_static(bank: Bank) -> None:
    """Pages name static files by their manifest."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=bank.variables, check=True)
