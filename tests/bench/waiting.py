"""How long readers and editors wait while an import runs."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

from tests.bench import desk
from tests.bench.banks import Bank, child, copied
from tests.bench.generate import Language
from tests.bench.rows import Row
from tests.bench.server import ROOT, Server, serving

IMPORTED = 10_000  # questions
SEARCH = "/questions/?q=list&difficulty_max={}"
READ = (SEARCH, "/questions/PY-BEG-001/?v={}", "/questions/?page=2&v={}", "/readyz?v={}")
EDITED = "PY-BEG-001"


def during_an_import(bank: Bank, language: Language, number: int = IMPORTED) -> Iterator[Row]:
    """The longest wait of two readers and of an editor while a command imports, all of them at it without a pause."""
    hub, path = copied(bank, "importing"), bank.folder / f"import-{number}.csv"
    desk.write(path, language, number)
    over = Event()
    with serving("hub.wsgi", hub.environment, bank.folder / "server.log") as server, ThreadPoolExecutor(3) as people:
        readers = [people.submit(_waits, lambda n: _read(server, n), over) for _ in range(2)]
        editor = people.submit(_edit, hub, over)
        try:
            took = _import(hub, str(path))
        finally:
            over.set()
        reading, editing = [wait for reader in readers for wait in reader.result()], editor.result()
    what = f"while {number:,} are imported, longest wait of"
    yield Row(f"{what} a reader", max(reading) * 1000, at_most=2_000, detail=f"{len(reading):,} pages, {took:.0f} s")
    yield Row(f"{what} an editor", max(editing) * 1000, at_most=20_000, detail=f"{len(editing):,} saves")


def _import(bank: Bank, path: str) -> float:
    """Import the file as an operator does; returns how many seconds that took."""
    command = [sys.executable, "manage.py", "import_questions", path, "--verbosity=0"]
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=bank.variables, check=True, capture_output=True)
    return time.perf_counter() - begin


def _waits(act: Callable[[int], object], over: Event) -> list[float]:
    """The seconds that each act takes until all is over."""
    waits = []
    for n in count():
        begin = time.perf_counter()
        act(n)
        waits.append(time.perf_counter() - begin)
        if over.wait(0.01):
            return waits
    raise AssertionError


def _read(server: Server, n: int) -> None:
    response, _ = server.get(READ[n % len(READ)].format(n % 10 + 1 if n % len(READ) == 0 else n))
    if response.status != 200:
        raise RuntimeError(f"{response.status} while an import runs")


def _edit(bank: Bank, over: Event) -> list[float]:
    with child(bank, "edit", EDITED) as process:
        process.say("A first title, with which the renderer starts")
        return _waits(lambda n: process.say(f"Is this title {n}?"), over)
