"""A page of a list in a time that hardly grows with the bank, however deep the page.

A database finds the 500,000th row of an order by counting past 499,999 others. The cube knows how many questions each
level and difficulty has, so only the buckets that a page touches are read, from whichever end is nearer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from questions.finding.facets import Cube
from questions.querysets import QuestionQuerySet


class Order(NamedTuple):
    """A way to sort: its label, the fields, and the dimensions that its buckets are made of, if it has buckets."""

    label: str
    fields: Sequence[str]
    buckets: Sequence[str] = ()


ORDERS = {
    "level": Order("Level, then difficulty", ["level__position", "difficulty", "code"], ["level", "difficulty"]),
    "difficulty": Order("Difficulty", ["difficulty", "level__position", "code"], ["difficulty", "level"]),
    "newest": Order("Newest first", ["-published_at", "code"]),
    "code": Order("Code", ["code"]),
}
# For searches. What is taken away whole goes by level all the same.
RELEVANCE = {"relevance": Order("Best match", ORDERS["level"].fields)}


class Bucket(NamedTuple):
    """Questions that are equal in the dimensions of an order, and their number."""

    values: Mapping[str, int]
    number: int


def buckets(cube: Cube, order: Order, level_positions: Mapping[int, int]) -> list[Bucket]:
    """The buckets of an order, in order."""
    numbers = cube.along(*order.buckets)

    def rank(key: tuple[int, ...]) -> list[int]:
        named = zip(order.buckets, key, strict=True)
        return [level_positions.get(value, 0) if name == "level" else value for name, value in named]

    return [Bucket(dict(zip(order.buckets, key, strict=True)), numbers[key]) for key in sorted(numbers, key=rank)]


def page_ids(
    questions: QuestionQuerySet, ordered: list[Bucket], fields: Sequence[str], start: int, stop: int
) -> list[int]:
    """The ids at positions `start` to `stop` of the questions, which lie in these buckets."""
    return [pk for part in _parts(ordered, start, stop) for pk in _slice(questions, fields, *part)]


def _parts(ordered: list[Bucket], start: int, stop: int) -> Iterator[tuple[Bucket, int, int]]:
    """The buckets that a page touches, each with the first and last position within it."""
    for bucket in ordered:
        if start < bucket.number and stop > 0:
            yield bucket, max(start, 0), min(stop, bucket.number)
        start, stop = start - bucket.number, stop - bucket.number


def _slice(questions: QuestionQuerySet, fields: Sequence[str], bucket: Bucket, start: int, stop: int) -> list[int]:
    left = [field for field in fields if field.partition("__")[0] not in bucket.values]
    found = questions.filter(**bucket.values).order_by(*left).values_list("pk", flat=True)
    if start <= bucket.number // 2:
        return list(found[start:stop])
    return list(found.reverse()[bucket.number - stop : bucket.number - start])[::-1]
