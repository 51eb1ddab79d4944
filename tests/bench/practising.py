"""What somebody who practises waits for, and whether many who rate at once are all counted."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from statistics import median
from typing import NamedTuple
from uuid import uuid4

from tests.bench.banks import Bank, Child, child, copied
from tests.bench.rows import Row
from tests.bench.server import Server, serving

LEARNERS, CARDS, REVIEWS, TIMES = 1_000, 500, 10_000, 15
BOUNDS = {"today": 50, "a rating": 30, "progress": 100}  # ms
READERS, SECONDS = 8, 60
A_TURN = 50  # ratings of one learner, fewer than a minute may bring
LEARNERS_OF_ONE = 500  # that a reader is, one after another


def key_of(number: int) -> str:
    """The key of a learner that the bench makes."""
    return f"bench-{number}"


class Told(NamedTuple):
    """What became of a reader's ratings: how many there were, the forms refused, and the seconds that each took."""

    sent: int
    refused: list[int]
    waits: list[float]


def rows(large: Child) -> Iterator[Row]:
    """A row for each page."""
    for what, measured in large.ask("practise").items():
        detail = f"most {max(measured):.0f} ms; {LEARNERS:,} learners, {CARDS} cards each, {REVIEWS:,} reviews of one"
        yield Row(f"practice: {what}, p50 of {len(measured)}", median(measured), at_most=BOUNDS[what], detail=detail)


def rated_at_once(bank: Bank) -> Iterator[Row]:
    """How many ratings go wrong while readers rate without a pause: refused, lost, or counted twice."""
    hub = copied(bank, "practising")
    with child(hub, "inside") as inside:
        codes = inside.ask("readers", READERS * LEARNERS_OF_ONE)
        log = hub.folder / "server.log"
        with serving("hub.wsgi", hub.environment, log) as server, ThreadPoolExecutor(READERS) as people:
            told = list(people.map(lambda reader: _rate(server, reader, codes), range(READERS)))
        written, on_cards = inside.ask("counted")
    sent, refused = sum(it.sent for it in told), [status for it in told for status in it.refused]
    waits = [wait * 1000 for it in told for wait in it.waits]
    answers = f"{sent:,} sent, {written:,} written, refused {dict(Counter(refused))}"
    detail = f"{answers}; p50 {median(waits):.0f}, most {max(waits):.0f} ms"
    wrong = len(refused) + abs(sent - written) + abs(written - on_cards)
    yield Row(f"practice: {READERS} rate for {SECONDS} s, ratings gone wrong", wrong, "", at_most=0, detail=detail)


def _rate(server: Server, reader: int, codes: list[str]) -> Told:
    """Rate until the time is over, as one learner after another; each tenth form is sent twice, as if clicked twice."""
    told = Told(0, [], [])
    over = time.monotonic() + SECONDS
    for number, code in enumerate(cycle(codes)):
        key = key_of(reader + READERS * (number // A_TURN))
        post = {"post": uuid4().hex, "rating": 1 + number % 4}
        for _ in range(2 if number % 10 == 0 else 1):
            begin = time.monotonic()
            status = server.post(f"/practice/{code}/", post, f"learner={key}")
            told.waits.append(time.monotonic() - begin)
            if status != 303:
                told.refused.append(status)
        told = told._replace(sent=told.sent + 1)
        if time.monotonic() > over:
            return told
    raise AssertionError
