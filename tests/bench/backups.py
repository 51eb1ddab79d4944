"""`python -m tests.bench.backups`: backups that are made while people write are whole, each once it is restored."""

import argparse
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import NamedTuple

from hub.operations.archive import MANIFEST, Manifest
from tests.bench.banks import create_database
from tests.bench.crashes import KINDS, a_hub
from tests.bench.writers import Note, Writing, broken, found_wrong, lost, writing
from tests.browser.running_hub import RunningHub

SECONDS = 60  # of writing, at least
# What `check_hub` says of a hub that does not run where its address leads.
NOT_RUNNING = ("address", "proxy")


class Backup(NamedTuple):
    """A backup, what was answered before it began, and the seconds that it took."""

    path: Path
    notes: list[Note]
    took: float


def main() -> None:
    """Do as the arguments say, and print a line for each database; exit with 1 where a backup is not whole."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.backups", description=__doc__)
    parser.add_argument("--backups", type=int, default=20)
    parser.add_argument("--only", choices=KINDS, help="one database alone")
    arguments = parser.parse_args()
    kinds = [arguments.only] if arguments.only else KINDS
    are_whole = [measured(kind, arguments.backups) for kind in kinds]
    sys.exit(0 if all(are_whole) else 1)


def measured(kind: str, number: int) -> bool:
    """Make so many backups while people write, restore each, and say whether all are whole."""
    with a_hub(kind) as hub:
        told = Writing()
        backups = list(made(hub, told, number))
        hub.stop()
        wrong = [(backup.path.name, what) for backup in backups for what in restored(hub, backup)]
    for name, what in wrong:
        print(f"  {name}: {what}")
    spoilt = len({name for name, _ in wrong})
    times = [backup.took for backup in backups]
    print(
        f"{kind}: {len(told.notes):,} writes answered, {number} backups, made in {median(times):.1f} s, "
        f"{max(times):.1f} s at most; {spoilt} not whole; not answered: {dict(told.otherwise)}",
        flush=True,
    )
    return not wrong


def made(hub: RunningHub, told: Writing, number: int) -> Iterator[Backup]:
    """Backups, evenly over the time in which people write."""
    with writing(hub, told):
        first = time.monotonic()
        for place in range(1, number + 1):
            time.sleep(max(0, first + place * SECONDS / (number + 1) - time.monotonic()))
            path, notes, begin = hub.data_dir.with_name(f"{place}.backup.zip"), told.notes[:], time.monotonic()
            done = hub.manage("backup", str(path))
            if done.returncode:
                raise RuntimeError(done.stderr)
            yield Backup(path, notes, time.monotonic() - begin)
        time.sleep(max(0, first + SECONDS - time.monotonic()))


def restored(original: RunningHub, backup: Backup) -> Iterator[str]:
    """What is wrong with a backup, once it is a hub again; where nothing is, a backup of that one has the same rows."""
    with an_empty_hub(original, backup.path.name.partition(".")[0]) as hub:
        done = hub.manage("restore", str(backup.path))
        if done.returncode:
            yield done.stderr
            return
        yield from map(str, lost(hub, backup.notes))
        yield from broken(hub)
        yield from found_wrong(hub, NOT_RUNNING)
        again = hub.data_dir.with_suffix(".zip")
        hub.manage("backup", str(again))
        if manifest(again).tables != manifest(backup.path).tables:
            yield "other rows are there than were saved"


@contextmanager
def an_empty_hub(original: RunningHub, name: str) -> Iterator[RunningHub]:
    """A data folder without anything, and an empty database of the same kind."""
    folder, variables = original.data_dir.with_name(name), {}
    if url := original.environment.get("DATABASE_URL"):
        create_database(url, f"restored_{name}")
        variables["DATABASE_URL"] = f"{url.rpartition('/')[0]}/restored_{name}"
    folder.mkdir(mode=0o700)
    try:
        yield RunningHub(folder, variables)
    finally:
        rmtree(folder)


def manifest(path: Path) -> Manifest:
    """What a backup says of itself."""
    with zipfile.ZipFile(path) as archive:
        return Manifest.from_json(archive.read(MANIFEST))


if __name__ == "__main__":
    main()
