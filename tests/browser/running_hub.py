"""The production server in a process of its own, started, asked and stopped as its operator would."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import psycopg
from psycopg import sql

BASE_DIR = Path(__file__).parents[2]
SECONDS_TO_START = 180  # On a machine that is busy with everything else.
SECONDS_TO_STOP = 20

open_url = build_opener(ProxyHandler({})).open


class RestingHub(NamedTuple):
    """Where a hub that does not run keeps all it has."""

    data_dir: Path
    database: dict[str, str]  # as variables of the environment


class RunningHub:
    """A hub with a data folder and a port of its own."""

    def __init__(self, data_dir: Path, database: dict[str, str]) -> None:
        self.data_dir = data_dir
        self.program: list[str | Path] = [sys.executable, BASE_DIR / "manage.py"]
        self.log_file = data_dir.with_suffix(".log")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {"PORT": str(self.port), "HUB_DATA_DIR": str(data_dir)}
        self.environment = {"PATH": os.environ["PATH"]} | settings | database

    def start(self, seconds: float = SECONDS_TO_START) -> None:
        """Start `manage.py serve` and wait until it is ready."""
        with self.log_file.open("a") as log:
            self.process = subprocess.Popen(
                [*self.program, "serve"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until_ready(seconds)

    def wait_until_ready(self, seconds: float = SECONDS_TO_START) -> None:
        """Ask until it says so; one that has ended or takes longer is killed, with an AssertionError."""
        deadline = time.monotonic() + seconds
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"The hub does not start:\n{self.log}")
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        try:
            return open_url(f"{self.url}/readyz", timeout=5).status == 200
        except OSError:  # Refused, reset, timed out, or answered 503.
            return False

    @property
    def log(self) -> str:
        """Everything that its processes have written."""
        return self.log_file.read_text()

    def manage(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` with these arguments in the hub's environment."""
        command = [*self.program, *arguments]
        return subprocess.run(
            command, env=self.environment | variables, text=True, capture_output=True, timeout=SECONDS_TO_START
        )

    def workers(self) -> list[int]:
        """The ids of the processes that answer requests."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the master a signal and return its exit code, with a moment for its helpers to see that it is gone."""
        self.process.send_signal(number)
        exit_code = self.process.wait(SECONDS_TO_STOP)
        deadline = time.monotonic() + 2
        while self.survivors() and time.monotonic() < deadline:
            time.sleep(0.05)
        return exit_code

    def kill(self) -> None:
        """Leave nothing of it, whatever state it is in."""
        for pid in self.survivors():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def survivors(self) -> list[int]:
        """The ids of all its processes, known by their session, that have not ended."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):  # It has ended since.
                continue
            if int(session) == self.process.pid and state != "Z":
                found.append(int(stat.parent.name))
        return found


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def copy_of(original: RestingHub, folder: Path, **variables: str) -> Iterator[RunningHub]:
    """Start a hub of its own with what another one has, in that folder and with these variables besides."""
    with own_database(folder.name.replace("-", "_"), like=original.database) as database:
        shutil.copytree(original.data_dir, folder / "data")
        hub = RunningHub(folder / "data", database | variables)
        hub.start()
        try:
            yield hub
        finally:
            hub.kill()


@contextmanager
def own_database(name: str, like: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Settings of a new database where the tests run on PostgreSQL; none, for SQLite in the data folder, elsewhere.

    `like` are the settings of the database that it is a copy of, which nobody uses meanwhile.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    database = sql.Identifier(f"{name}_{os.getpid()}")
    template = sql.Identifier(urlsplit(like["DATABASE_URL"]).path[1:] if like else "template1")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(database, template))
        try:
            yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}_{os.getpid()}").geturl()}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))
