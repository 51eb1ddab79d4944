"""Sends many hostile requests at once, and says what a hub must never do: answer 5xx, fall silent, log a traceback."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from urllib.parse import urlsplit

from tests.fuzz import kinds
from tests.fuzz.client import NO_ANSWER, Answer, Client, Request
from tests.fuzz.forms import URLENCODED, Form, forms_of, urlencoded
from tests.fuzz.surface import Surface

THREADS = 8
AT_ONCE = 400  # requests that are given out before the clock is looked at again
TRACEBACK = "Traceback (most recent call last):"
FRAME = re.compile(r'File "(?:.*/)?((?:hub|questions)/\S+?)", line (\d+)')
NOT_IMPLEMENTED = 501  # What HTTP wants for a transfer encoding that a server does not know.


@dataclass
class Fault:
    """Faults of one sort, and the first request that met them."""

    number: int
    request: str
    times: int = 1


@dataclass
class Tally:
    """What became of all requests so far."""

    seed: int
    statuses: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    slowest: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    tracebacks: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0

    @property
    def sent(self) -> int:
        return sum(counter.total() for counter in self.statuses.values())

    @property
    def is_clean(self) -> bool:
        return not self.faults and not self.tracebacks

    def add(self, number: int, request: Request, answer: Answer, seconds: float) -> None:
        """Count an answer."""
        kind = request.kind
        self.statuses[kind][f"{answer.status // 100}xx" if answer.status else "none"] += 1
        self.slowest[kind] = max(self.slowest[kind], seconds)
        if (problem := problem_of(answer)) is None:
            return
        if fault := self.faults.get((kind, problem)):
            fault.times += 1
        else:
            self.faults[kind, problem] = Fault(number, str(request))

    def lines(self) -> Iterator[str]:
        """The table, and what is wrong."""
        columns = ("2xx", "3xx", "4xx", "5xx", "none")
        yield f"{'kind':<18}" + "".join(f"{column:>9}" for column in columns) + "  slowest"
        for kind, counter in sorted(self.statuses.items()):
            yield f"{kind:<18}" + "".join(f"{counter[it]:>9,}" for it in columns) + f" {self.slowest[kind]:7.2f} s"
        rate = self.sent / self.seconds if self.seconds else 0
        yield f"{self.sent:,} requests in {self.seconds:,.0f} s, {rate:,.0f} a second, seed {self.seed}"
        for (kind, problem), fault in sorted(self.faults.items(), key=lambda entry: -entry[1].times):
            yield f"{fault.times:,} × {problem}, {kind}; first number {fault.number}: {fault.request}"
        for place, messages in sorted(self.tracebacks.items(), key=lambda entry: -len(entry[1])):
            yield f"{len(messages):,} × traceback in the log, {place}: {messages[0][:200]}"
        if self.is_clean:
            yield "No 5xx, no request without an answer, no traceback."


def problem_of(answer: Answer) -> str | None:
    """What is wrong with an answer, if anything is."""
    if answer.status == NO_ANSWER:
        return f"no answer ({answer.problem.partition('(')[0]})"
    if answer.status >= 500 and answer.status != NOT_IMPLEMENTED:
        return str(answer.status)
    return None


def tracebacks(log: str) -> dict[str, list[str]]:
    """The messages of a log's tracebacks by the exception and the last of the hub's own lines in them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    lines = iter(log.splitlines())
    for line in lines:
        if TRACEBACK not in line:
            continue
        parts = line.split(" | ")  # As the hub writes it; what was written past its logs has a line each.
        if line.endswith(TRACEBACK):
            parts = [part := next(lines, "")]
            while part.startswith(" ") or not part:
                parts.append(part := next(lines, "-"))
        frames = FRAME.findall(" ".join(parts))
        name, _, message = parts[-1].partition(": ")
        found[f"{name} in {':'.join(frames[-1]) if frames else 'a library'}"].append(message)
    return found


def attack(
    client: Client, surface: Surface, seed: int, first: int = 0, requests: int | None = None, seconds: float = 0
) -> Tally:
    """Send so many requests, or as many as there is time for, beginning with that number."""
    tally, begin = Tally(seed), time.monotonic()
    numbers = iter(range(first, first + requests) if requests is not None else count(first))
    with ThreadPoolExecutor(THREADS) as pool:
        while requests is not None or time.monotonic() - begin < seconds:
            block = list(islice(numbers, AT_ONCE))
            if not block:
                break
            for number, results in pool.map(lambda it: (it, _tried(client, surface, seed, it)), block):
                for result in results:
                    tally.add(number, *result)
    tally.seconds = time.monotonic() - begin
    return tally


def _tried(client: Client, surface: Surface, seed: int, number: int) -> list[tuple[Request, Answer, float]]:
    """The request of that number and what follows from it, each with its answer and how long that took."""
    results, request = [], kinds.request(seed, number, surface)
    begin = time.monotonic()
    answer = client.send(request)
    results.append((request, answer, time.monotonic() - begin))
    if request.goes_on and (confirming := _confirming(request, answer)):
        begin = time.monotonic()
        results.append((confirming, client.send(confirming), time.monotonic() - begin))
    return results


def _confirming(request: Request, answer: Answer) -> Request | None:
    """The form below the address of the request, as it came."""
    address = urlsplit(request.target.decode()).path
    forms = forms_of(answer.body.decode("utf-8", "replace"), address)
    below = [form for form in forms if form.method == "POST" and form.action.startswith(address) and not form.files]
    return _as_shown(below[0]) if below else None


def _as_shown(form: Form) -> Request:
    body = urlencoded(kinds.fields_of(form))
    headers = (("Content-Type", URLENCODED),)
    return Request("import: confirmed", kinds.address(form), b"POST", headers, body, is_editor=True)
