"""`python -m tests.bench.crashes`: what is killed while people write loses nothing that was answered."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import choice, uniform
from signal import SIGKILL
from statistics import median
from typing import NamedTuple

from tests import postgres
from tests.bench.writers import Writing, broken, found_wrong, lost, settings, writing
from tests.browser.running_hub import RunningHub

KINDS = ("SQLite", "PostgreSQL")
AS_INSTALLED = ("listen_addresses=''",)  # What PostgreSQL does by itself to keep what it has answered.
OTHERS = 5  # A worker, and PostgreSQL, are killed in one round for so many in which all of the hub is.
CHECKED = 10  # rounds after which `check_hub` looks, too
SECONDS = (0.3, 2.5)  # of writing before each


class Harm(NamedTuple):
    """What is killed, what is then to be started, and for how many seconds people write on before that."""

    what: str
    kill: Callable[[], object]
    start: Callable[[], object]
    rounds: int
    without: float = 0


def main() -> None:
    """Do as the arguments say, and print a line for each kind of harm; exit with 1 where anything is lost or broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.crashes", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="in which all of the hub is killed")
    parser.add_argument("--only", choices=KINDS, help="one database alone")
    parser.add_argument("--hasty", action="store_true", help="note writes before they are answered: losses must show")
    arguments = parser.parse_args()
    kinds = [arguments.only] if arguments.only else KINDS
    is_well = True
    for kind in kinds:
        with a_hub(kind) as hub:
            for harm in harms(hub, arguments.rounds):
                is_well &= suffer(kind, hub, harm, Writing(arguments.hasty))
    sys.exit(0 if is_well else 1)


@contextmanager
def a_hub(kind: str) -> Iterator[RunningHub]:
    """A hub as an operator runs it, on a database of that kind."""
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as name, ExitStack() as stack:
        variables = settings(Path(name))
        if kind == "PostgreSQL":
            variables["DATABASE_URL"] = stack.enter_context(postgres.cluster(AS_INSTALLED))
        hub = RunningHub(Path(name, "data"), variables)
        hub.start()
        try:
            yield hub
        finally:
            hub.kill()


def harms(hub: RunningHub, rounds: int) -> Iterator[Harm]:
    """What can happen to it."""
    some = max(1, rounds // OTHERS)
    yield Harm("all of the hub", hub.kill, hub.start, rounds)
    yield Harm("a worker", lambda: os.kill(choice(hub.workers()), SIGKILL), lambda: whole(hub), some, 1)
    if url := hub.environment.get("DATABASE_URL"):
        yield Harm("PostgreSQL", lambda: postgres.kill(url), lambda: recover(hub, url), some, 1)


def whole(hub: RunningHub) -> None:
    """Wait for a worker in the place of one that was killed."""
    while len(hub.workers()) < 2:
        time.sleep(0.02)
    hub.wait_until_ready()


def recover(hub: RunningHub, url: str) -> None:
    """Start PostgreSQL again, and wait for the hub, which does not end meanwhile."""
    postgres.start_again(url, AS_INSTALLED)
    hub.wait_until_ready()


def suffer(kind: str, hub: RunningHub, harm: Harm, told: Writing) -> bool:
    """Do harm while people write, again and again; print what became of it, and say whether all is well."""
    waits, others = list[float](), 0
    for number in range(1, harm.rounds + 1):
        with writing(hub, told):
            time.sleep(uniform(*SECONDS))
            harm.kill()
            time.sleep(harm.without)
        begin = time.monotonic()
        harm.start()
        waits.append(time.monotonic() - begin)
        wrong = broken(hub) + (found_wrong(hub) if number % CHECKED == 0 or number == harm.rounds else [])
        others += len(wrong)
        for what in [*wrong, *lost(hub, told.notes)]:
            print(f"  round {number}: {what}", flush=True)
    gone = len(lost(hub, told.notes))
    print(
        f"{kind}, {harm.what} killed {harm.rounds} times: {len(told.notes):,} writes answered, {gone} lost, "
        f"{others} other findings; ready again after {median(waits):.1f} s, {max(waits):.1f} s at most; "
        f"not answered: {dict(told.otherwise)}",
        flush=True,
    )
    return not gone and not others


if __name__ == "__main__":
    main()
