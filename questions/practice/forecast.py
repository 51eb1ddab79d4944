"""What share of the answers a learner can expect to recall on the day: FSRS's own curve, and the plan simulated."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from statistics import fmean, pstdev
from typing import NamedTuple

import fsrs

from questions.models import Card, Rating
from questions.practice import schedule
from questions.practice.plan import ONE_DAY, Plan

RUNS = 8
CERTAINTY = 1.28  # standard deviations on each side, of which 8 of 10 outcomes fall inside
FIRST_RATINGS = (0.24, 0.10, 0.49, 0.17)  # of new questions, as the makers of FSRS measured them
FARTHEST = 400  # days that are simulated; beyond, one more makes no difference


class Share(NamedTuple):
    """A share of the answers in whole percent, and the range in which 8 of 10 outcomes fall."""

    percent: int
    low: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """How the day looks if nothing more is done, and if the plan is kept."""

    now: Share
    kept: Share
    left_new: int  # questions that were never asked by then
    is_reached: bool  # whether everything came once more in the last days

    @property
    def fits(self) -> bool:
        """Whether the minutes are enough for the plan."""
        return not self.left_new and self.is_reached


def forecast(plan: Plan, cards: Sequence[Card], retention: float) -> Forecast:
    """Look ahead to the day of the plan, alike whenever it is asked."""
    runs = [_Run(plan, cards, retention, Random(seed)).to_the_day() for seed in range(RUNS)]  # noqa: S311
    at_once = [schedule.chance(card, plan.interview_on) for card in cards]
    return Forecast(
        now=_share(fmean_or_zero(at_once, plan.total), _spread(at_once, plan.total)),
        kept=_share(fmean(run.share for run in runs), math.hypot(pstdev(run.share for run in runs), runs[0].spread)),
        left_new=max(run.left_new for run in runs),
        is_reached=all(run.is_reached for run in runs),
    )


def fmean_or_zero(chances: Sequence[float], total: int) -> float:
    """The mean over all questions, of which those never asked are not known."""
    return sum(chances) / total if total else 0.0


def _spread(chances: Sequence[float], total: int) -> float:
    """How far a share falls from its expectation, since each answer either comes or does not."""
    return math.sqrt(sum(it * (1 - it) for it in chances)) / total if total else 0.0


def _share(mean: float, spread: float) -> Share:
    low, high = max(0.0, mean - CERTAINTY * spread), min(1.0, mean + CERTAINTY * spread)
    return Share(round(mean * 100), math.floor(low * 100), math.ceil(high * 100))


class _Run:
    """One way in which the days until then may go."""

    def __init__(self, plan: Plan, cards: Sequence[Card], retention: float, random: Random) -> None:
        self.plan, self.retention, self.random = plan, retention, random
        self.memories = {card.question.code: schedule.memory_of(card) for card in cards}
        self.counts = {card.question.code: card.count for card in cards}
        self.left_new = plan.total - len(cards)
        self.queue = [(plan.due_on(card, card.question.code) or plan.today, card.question.code) for card in cards]
        heapify(self.queue)

    def to_the_day(self) -> "_Run":
        """Practise each day as the plan has it."""
        first = max(self.plan.today, self.plan.interview_on - timedelta(days=FARTHEST))
        for number in range((self.plan.interview_on - first).days):
            self._practise(first + ONE_DAY * number)
        chances = [_chance(memory, self.plan.interview_on) for memory in self.memories.values()]
        self.share = fmean_or_zero(chances, self.plan.total)
        self.spread = _spread(chances, self.plan.total)
        self.is_reached = all(
            memory.last_review and memory.last_review >= schedule.moment(self.plan.repeats_from)
            for memory in self.memories.values()
        )
        return self

    def _practise(self, day: date) -> None:
        is_last = day == self.plan.interview_on - ONE_DAY
        room = max(1, self.plan.fits_a_day // (2 if is_last else 1))
        while room and self.queue and self.queue[0][0] <= day:
            self._ask(heappop(self.queue)[1], day)
            room -= 1
        new = 0 if is_last else min(room, self.left_new, self.plan.new_a_day)
        for _ in range(new):
            self._ask(f"new {self.left_new}", day)
            self.left_new -= 1

    def _ask(self, code: str, day: date) -> None:
        memory = self.memories.get(code)
        rating = self._rating(memory, day)
        memory = schedule.recalled(memory or schedule.memory_of(None), rating, day, self.retention)
        self.counts[code] = self.counts.get(code, 0) + 1
        days = 1 if rating == Rating.MISSED else schedule.fuzzed(schedule.interval(memory), code, self.counts[code])
        if rating == Rating.MISSED:  # It comes again on the same day.
            memory = schedule.recalled(memory, Rating.SOLID, day, self.retention)
        self.memories[code] = memory
        due_on = day + timedelta(days=days)
        heappush(self.queue, (self.plan.capped(due_on, day, code), code))

    def _rating(self, memory: fsrs.Card | None, day: date) -> int:
        if memory is None:
            return self.random.choices(Rating.values, FIRST_RATINGS)[0]
        return Rating.SOLID if self.random.random() < _chance(memory, day) else Rating.MISSED


def _chance(memory: fsrs.Card, day: date) -> float:
    return schedule.scheduler(0.9).get_card_retrievability(memory, schedule.moment(day))
