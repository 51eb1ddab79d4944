"""`python -m tests.postgres COMMAND …` runs a command with DATABASE_URL leading to a private PostgreSQL cluster.

The cluster lives in a temporary folder, listens on a Unix socket alone, and ends with the command.
"""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGKILL
from urllib.parse import quote, unquote, urlsplit

PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
SETTINGS = ("listen_addresses=''", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


@contextmanager
def cluster(settings: Sequence[str] = SETTINGS, kept: Path | None = None) -> Iterator[str]:
    """A cluster's DATABASE_URL; where `kept` is given, its files wait there from one run to the next.

    They are moved, because the `postgres` user could not reach a private folder.
    """
    with _folder() as folder:
        if kept and kept.exists():
            shutil.move(kept, folder / "data")
        else:
            _run("initdb", "-D", folder / "data", "-U", "hub", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        _start(folder, settings)
        try:
            yield _url(folder)
        finally:
            _run("pg_ctl", "-D", folder / "data", "-m", "fast" if kept else "immediate", "-w", "stop")
            if kept:
                shutil.move(folder / "data", kept)


@contextmanager
def standby(primary: str, settings: Sequence[str] = SETTINGS) -> Iterator[str]:
    """The DATABASE_URL of a cluster that follows another one, which runs now and may end."""
    with _folder() as folder:
        _run(
            "pg_basebackup",
            "-h",
            _folder_of(primary),
            "-U",
            "hub",
            "-D",
            folder / "data",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
        )
        _start(folder, settings)
        try:
            yield _url(folder)
        finally:
            _run("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")


def kill(url: str) -> None:
    """End a cluster and all its processes at once, as a machine that is out of memory does."""
    server = int((_folder_of(url) / "data/postmaster.pid").read_text().split()[0])
    processes = [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, SIGKILL)
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        time.sleep(0.01)


def start_again(url: str, settings: Sequence[str] = SETTINGS) -> None:
    """Start a cluster that was killed."""
    _start(_folder_of(url), settings)


def _folder_of(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.partition("@")[2]))


@contextmanager
def away(url: str, settings: Sequence[str] = SETTINGS) -> Iterator[None]:
    """Kill a cluster, and start it again afterwards."""
    kill(url)
    try:
        yield
    finally:
        start_again(url, settings)


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty folder for a cluster; its path is short, as a socket's must be."""
    folder = Path(tempfile.mkdtemp(prefix="hub-postgres-"))
    try:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
            postgres = pwd.getpwnam("postgres")
            os.chown(folder, postgres.pw_uid, postgres.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder)


def _start(folder: Path, settings: Sequence[str]) -> None:
    options = " ".join(f"-c {setting}" for setting in (*settings, f"unix_socket_directories={folder}"))
    _run("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")


def _url(folder: Path) -> str:
    return f"postgres://hub@{quote(str(folder), safe='')}/postgres"


def program_path(program: str) -> Path:
    """Where a program of PostgreSQL is: on PATH, or where Debian, Fedora, Arch and Homebrew keep it."""
    if found := shutil.which(program):
        return Path(found)
    for pattern in PLACES:
        if installed := sorted(Path("/").glob(f"{pattern}/{program}"), key=_version):
            return installed[-1]
    sys.exit(f"{program} is not on PATH: install PostgreSQL's server, or put its programs on PATH.")


def _version(path: Path) -> list[int]:
    return [int(number) for number in re.findall("[0-9]+", str(path))]


def _run(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs, as the `postgres` user where this process is root's."""
    path = program_path(program)
    user = "postgres" if os.geteuid() == 0 else None
    done = subprocess.run(
        [path, *arguments], user=user, cwd="/", text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.exit(f"{program} failed:\n{done.stdout}")


if __name__ == "__main__":
    with cluster() as url:
        status = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}).returncode
    sys.exit(status)
