"""How long readers and editors wait while an import runs, by the command or by the admin's confirmation."""

import csv
import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event
from typing import NamedTuple

from tests.bench import desk
from tests.bench.banks import Bank, child, copied
from tests.bench.generate import FULL, Language
from tests.bench.rows import Row
from tests.bench.server import ROOT, Server, serving

IMPORTED = 10_000  # questions
# The search is another each time, so that no page that waits in memory answers it.
READ = ("/questions/?q=list+{}", "/questions/PY-BEG-001/?v={}", "/questions/?page=2&v={}", "/readyz?v={}")
EDITED = "PY-BEG-001"
READERS = 2
WARMING = 40  # pages

SENTENCE = re.compile(r"<(?:td|p|li)\b[^>]*>([^<]{20,300})")


class Wait(NamedTuple):
    """How many seconds somebody waited, for which page or save, and when it began."""

    wait: float
    number: int
    began: float


Import = Callable[[Server, Bank, Path], None]


def during_an_import(bank: Bank, language: Language, number: int = IMPORTED) -> Iterator[Row]:
    """The longest wait of two readers and of an editor, all of them at it without a pause, while questions come in.

    They come as new ones, and then with each of their texts changed; once by the command and once in the admin.
    """
    new, changed = (bank.folder / f"import-{number}{kind}.csv" for kind in ("", "-changed"))
    desk.write(new, language, number)
    _change(new, changed)
    for way, act in (("a command", _by_command), ("the admin", _in_the_admin)):
        hub = copied(bank, "importing")
        for kind, path in (("new", new), ("changed", changed)):
            yield from _waiting(hub, act, path, f"{number:,} {kind} by {way}, longest wait of")


def _change(path: Path, changed: Path) -> None:
    """Write the file once more, with a word at the end of each text."""
    with path.open(encoding="utf-8", newline="") as file, changed.open("w", encoding="utf-8", newline="") as other:
        reader = csv.DictReader(file)
        writer = csv.DictWriter(other, reader.fieldnames or ())
        writer.writeheader()
        writer.writerows(row | {name: f"{row[name]}\n\nMended." for name in FULL} for row in reader)


def _waiting(hub: Bank, act: Import, path: Path, what: str) -> Iterator[Row]:
    over = Event()
    environment = hub.environment | {"PUBLISH_NEEDS": "answer"}  # The questions have two follow-ups at most.
    log = hub.folder / "server.log"
    with serving("hub.wsgi", environment, log) as server, ThreadPoolExecutor(READERS + 1) as people:
        for n in range(WARMING):
            _read(server, n)
        usual = max(_time(lambda n: _read(server, n), n) for n in range(WARMING, 2 * WARMING))
        readers = [people.submit(_waits, lambda n: _read(server, n), over) for _ in range(READERS)]
        editor = people.submit(_edit, hub, over)
        begin = time.monotonic()
        try:
            act(server, hub, path)
        finally:
            over.set()
        took = time.monotonic() - begin
        reading, editing = [it for reader in readers for it in reader.result()], editor.result()
    wait, n, began = max(reading)
    at = f"{READ[n % len(READ)].partition('?')[0]} after {began - begin:.0f} of {took:.0f} s; {usual.wait:.1f} s before"
    yield Row(f"{what} a reader", wait * 1000, at_most=2_000, detail=f"{len(reading):,} pages; {at}")
    yield Row("  an editor", max(editing).wait * 1000, at_most=20_000, detail=f"{len(editing):,} saves")


def _by_command(server: Server, bank: Bank, path: Path) -> None:
    command = [sys.executable, "manage.py", "import_questions", str(path), "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=bank.variables, check=True, capture_output=True)


def _in_the_admin(server: Server, bank: Bank, path: Path) -> None:
    """Confirm a file that waits for it, and read the page to its end."""
    command = [sys.executable, "-m", "tests.bench.child", "confirming", str(path)]
    prepared = subprocess.run(command, cwd=ROOT, env=bank.variables, check=True, capture_output=True)
    address, headers = json.loads(prepared.stdout)
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", address, headers=headers)
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    if response.status != 200 or "Imported" not in page:
        raise RuntimeError(f"{response.status}: {SENTENCE.findall(page)[-3:]}")


def _waits(act: Callable[[int], object], over: Event) -> list[Wait]:
    """How long each act takes until all is over."""
    waits = []
    for n in count():
        waits.append(_time(act, n))
        if over.wait(0.01):
            return waits
    raise AssertionError


def _time(act: Callable[[int], object], n: int) -> Wait:
    begin = time.monotonic()
    act(n)
    return Wait(time.monotonic() - begin, n, begin)


def _read(server: Server, n: int) -> None:
    response, _ = server.get(READ[n % len(READ)].format(n))
    if response.status != 200:
        raise RuntimeError(f"{response.status} while an import runs")


def _edit(bank: Bank, over: Event) -> list[Wait]:
    with child(bank, "edit", EDITED) as process:
        process.say("A first title, with which the renderer starts")
        return _waits(lambda n: process.say(f"Is this title {n}?"), over)
