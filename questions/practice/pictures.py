"""Where the parts of the pictures of progress stand: numbers for SVG, which the templates draw."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from questions.practice.progress import Band

HEIGHT = 120  # of a picture with bars
DAY = 10  # of a day in the calendar, with the gap around it
SHADES = 4


class Bar(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    title: str


class Square(NamedTuple):
    x: int
    y: int
    shade: int  # 0: nothing; then more and more
    title: str


class Dot(NamedTuple):
    x: float
    y: float
    radius: float
    title: str


def bars(days: Sequence[tuple[date, int]], width: int = 300) -> list[Bar]:
    """A bar a day, the highest one as high as the picture."""
    most = max((number for _, number in days), default=0) or 1
    step = width / max(len(days), 1)
    return [
        Bar(
            round(index * step, 1),
            round(HEIGHT * (1 - number / most), 1),
            round(step * 0.8, 1),
            round(HEIGHT * number / most, 1),
            f"{day:%-d %B}: {number}",
        )
        for index, (day, number) in enumerate(days)
    ]


def calendar(days: Sequence[tuple[date, int]]) -> list[Square]:
    """A square a day, a column a week from Monday on."""
    most = max((number for _, number in days), default=0) or 1
    return [
        Square(index // 7 * DAY, index % 7 * DAY, -(-number * SHADES // most), f"{day:%-d %B %Y}: {number}")
        for index, (day, number) in enumerate(days)
    ]


def month_labels(days: Sequence[tuple[date, int]]) -> list[tuple[int, str]]:
    """Where each whole month of a calendar begins, and what it is called."""
    return [(index // 7 * DAY, f"{day:%b}") for index, (day, _) in enumerate(days[:-14]) if day.day == 1]


def dots(bands: Sequence[Band]) -> list[Dot]:
    """A dot for each band: predicted to the right, measured upwards, from 50 to 100 percent."""
    most = max((band.number for band in bands), default=0) or 1
    return [
        Dot(
            _place(band.predicted),
            100 - _place(band.measured),
            round(3 + 5 * (band.number / most) ** 0.5, 1),
            f"{band.predicted} % predicted, {band.measured} % measured, {band.number} reviews",
        )
        for band in bands
    ]


def _place(percent: int) -> float:
    return float(max(0, 2 * (percent - 50)))
