"""How many questions were published in each month of the last two years, as bars."""

from datetime import date, datetime, time
from itertools import pairwise
from typing import NamedTuple

from django.utils import timezone

from questions.models import Question
from questions.version import once_a_version

MONTHS = 24
STEP, WIDTH, HEIGHT = 20, 14, 80  # of a bar, in units of the drawing


class Bar(NamedTuple):
    """A month with its number, and where its bar stands."""

    month: date
    number: int
    x: int
    y: float
    height: float
    is_highest: bool  # the first of these has its number above it, however narrow the page is

    @property
    def is_labelled(self) -> bool:
        """Whether its name stands below: there is room for one in three."""
        return self.month.month % 3 == 1

    @property
    def is_odd(self) -> bool:
        """Whether it is the second of a pair of labels, of which a phone shows the first."""
        return self.month.month % 6 == 4

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


@once_a_version
def bars() -> list[Bar]:
    """A bar for each month, this one last; a question counts when it was first published."""
    months = _months(timezone.localdate())
    midnights = [timezone.make_aware(datetime.combine(month, time.min)) for month in months]
    published = Question.objects.public().order_by()
    numbers = [
        published.filter(published_at__gte=begin, published_at__lt=end).count() for begin, end in pairwise(midnights)
    ]
    most = max(numbers)
    unit = HEIGHT / max(most, 1)
    return [
        Bar(month, number, index * STEP, HEIGHT - number * unit, number * unit, index == numbers.index(most))
        for index, (month, number) in enumerate(zip(months, numbers, strict=False))
    ]


def _months(today: date) -> list[date]:
    """The first days of the last MONTHS months, and of the next one."""
    this = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(this - MONTHS + 1, this + 2)]
