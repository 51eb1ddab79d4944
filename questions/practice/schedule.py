"""When a question comes again: FSRS, in the learner's own days, with nothing left to chance.

py-fsrs counts elapsed days in floors of 24 hours, so that Good at 09:00 and again at 08:30 the next day would be the
same day to it. It is handed whole days: midnights in UTC that stand for the learner's days, which begin at 04:00.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Protocol

import fsrs
from fsrs.scheduler import FUZZ_RANGES

from questions.models import Action, Card, PracticeEvent, Rating

ONE_DAY = timedelta(days=1)
IN_REVIEW = fsrs.State.Review.value
START = datetime.min.replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def scheduler(retention: float) -> fsrs.Scheduler:
    """FSRS with its default parameters, without steps of minutes and without randomness."""
    return fsrs.Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def moment(day: date) -> datetime:
    """A learner's day as py-fsrs takes it."""
    return datetime.combine(day, time(), UTC)


class Remembered(Protocol):
    """What FSRS knows of a question: a card, or a row of it."""

    @property
    def stability(self) -> float | None: ...
    @property
    def difficulty(self) -> float | None: ...
    @property
    def rated_on(self) -> date | None: ...


def memory_of(card: Remembered | None) -> fsrs.Card:
    """A card as py-fsrs takes it."""
    if card is None or card.stability is None or card.rated_on is None:
        return fsrs.Card(card_id=0, due=START)
    return fsrs.Card(0, fsrs.State.Review, None, card.stability, card.difficulty, START, moment(card.rated_on))


def recalled(memory: fsrs.Card, rating: int, day: date, retention: float) -> fsrs.Card:
    """What is remembered after a rating; a clock that was set back does not turn days back."""
    at = max(moment(day), memory.last_review or START)
    return scheduler(retention).review_card(memory, fsrs.Rating(rating), at)[0]


def interval(memory: fsrs.Card) -> int:
    """Days until it is due, as FSRS has it."""
    return (memory.due - memory.last_review).days if memory.last_review else 0


def fuzzed(days: int, code: str, count: int) -> int:
    """The interval moved by as much as FSRS moves it, by a digest of the code and the number of ratings.

    So what was learned together does not come back together for ever, and what a button says is what happens.
    """
    if days < FUZZ_RANGES[0]["start"]:
        return days
    delta = 1.0 + sum(it["factor"] * max(min(days, it["end"]) - it["start"], 0.0) for it in FUZZ_RANGES)
    low, high = max(2, round(days - delta)), round(days + delta)
    digest = sha256(f"{code} {count}".encode()).digest()
    return low + int.from_bytes(digest[:8]) % (high - low + 1)


def chance(card: Remembered, day: date) -> float:
    """How likely it is to be recalled on that day; 0 if it was never rated."""
    return scheduler(0.9).get_card_retrievability(memory_of(card), moment(day))


def strain(stability: float | None, rated_on: date | None, day: date) -> float:
    """How near it is to being forgotten, for an order: the chance of recall falls with nothing but this."""
    return max(0, (day - rated_on).days) / stability if stability and rated_on else 0.0


def due_after(card: Card | None, rating: int, day: date, code: str, retention: float) -> date:
    """When a question comes again after this rating, as its button says."""
    memory = recalled(memory_of(card), rating, day, retention)
    if rating == Rating.MISSED or (card and card.missed_on == day):
        return day + ONE_DAY
    count = card.count if card else 0
    return day + timedelta(days=fuzzed(interval(memory), code, count + 1))


def replay(card: Card, code: str, events: Iterable[PracticeEvent], retention: float) -> Card:
    """Set all that follows from the standing events of a card, in their order."""
    _forget(card)
    for event in sorted(events, key=lambda event: (event.at, event.pk or 0)):  # Some are brought in later.
        _follow(card, event, code, retention)
    return card


def _forget(card: Card) -> None:
    card.stability = card.difficulty = card.rating = card.rated_on = card.rated_at = None
    card.missed_on = card.due_on = card.not_before = card.skipped_on = None
    card.count = card.misses = 0
    card.is_known = False


def _follow(card: Card, event: PracticeEvent, code: str, retention: float) -> None:
    match event.action:
        case Action.RATE:
            _rate(card, event, code, retention)
        case Action.SKIP:
            card.skipped_on = event.day
        case Action.LATER:
            card.not_before = event.day + ONE_DAY
        case Action.KNOW:
            card.is_known = True
        case Action.RESET:
            _forget(card)


def _rate(card: Card, event: PracticeEvent, code: str, retention: float) -> None:
    rating = event.rating or Rating.MISSED
    day = max(event.day, card.rated_on or event.day)
    memory = recalled(memory_of(card), rating, day, retention)
    card.due_on = due_after(card, rating, day, code, retention)
    card.stability, card.difficulty = memory.stability, memory.difficulty
    card.count += 1
    if rating == Rating.MISSED:
        card.misses += 1
        card.missed_on = day
    card.rating, card.rated_on, card.rated_at = rating, day, event.at
    card.skipped_on = card.not_before = None
    card.is_known = False
