"""The plan to a day: new questions first, then everything once more, then a light last day.

It is worked out anew each day from what is left, so that days on which nothing was done only change what comes.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Protocol

ONE_DAY = timedelta(days=1)


class Scheduled(Protocol):
    """When a question was last rated and when it comes again: a card, or a row of it."""

    @property
    def due_on(self) -> date | None: ...
    @property
    def rated_on(self) -> date | None: ...


@dataclass(frozen=True)
class Plan:
    """What a learner who has an interview on a day does until then."""

    today: date
    made_on: date
    interview_on: date
    fits_a_day: int  # questions
    total: int  # questions to practise
    new: int  # of these, how many were never rated

    @property
    def days_left(self) -> int:
        return (self.interview_on - self.today).days

    @property
    def is_last_day(self) -> bool:
        """Whether the interview is tomorrow."""
        return self.days_left == 1

    @property
    def _last_days(self) -> int:
        """The number of days in which everything comes once more, at most half of the plan's."""
        needed = math.ceil(self.total / max(1, self.fits_a_day))
        return max(1, min(needed, ((self.interview_on - self.made_on).days - 1) // 2))

    @property
    def repeats_from(self) -> date:
        """The first of the last days, which end before the light one."""
        return self.interview_on - ONE_DAY * (self._last_days + 1)

    @property
    def new_a_day(self) -> int:
        """New questions a day, so that all have been asked before the last days begin; what fits is the limit."""
        if self.is_last_day:
            return 0
        days = max((self.repeats_from - self.today).days, 1)
        return min(math.ceil(self.new / days), max(1, self.fits_a_day))

    def again_on(self, code: str) -> date:
        """The day in the last days on which a question comes once more; a digest spreads them."""
        number = int.from_bytes(sha256(code.encode()).digest()[:8]) % self._last_days
        return self.repeats_from + ONE_DAY * number

    def due_on(self, card: Scheduled, code: str) -> date | None:
        """When a card comes again under the plan: as scheduled, but once in the last days."""
        return card.due_on and self.capped(card.due_on, card.rated_on or self.today, code)

    def capped(self, due_on: date, rated_on: date, code: str) -> date:
        """The day on which a question comes again, no later than in the last days, unless it was rated in them."""
        return due_on if rated_on >= self.repeats_from else min(due_on, self.again_on(code))
