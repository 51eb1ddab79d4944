"""The questions around one: before and after it in the default order, and related to it, at any size of the bank."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from django.db.models import Q

from questions.content import once_a_version
from questions.facets import DIMENSIONS, bank
from questions.models import Question
from questions.querysets import QuestionQuerySet
from questions.taxa import level_positions

RELATED = 5


@dataclass(frozen=True)
class Neighbours:
    """Previous and next in the default order, and the nearest questions of the same technology."""

    previous: Question | None
    next: Question | None
    related: list[Question]

    @classmethod
    def of(cls, question: Question) -> Self:
        """Find them in at most seven small queries, beside the cube's, whatever the size of the bank."""
        return cls(*_around(question, level_positions()), related_to(question, Question.objects.published()))


def _around(question: Question, positions: Mapping[int, int]) -> tuple[Question | None, Question | None]:
    """The neighbours of the same level and difficulty, or else the nearest of the level or difficulty beside."""
    buckets = {
        (positions.get(level, 0), difficulty, level) for level, difficulty in bank().along("level", "difficulty")
    }
    own = (positions[question.level_id], question.difficulty, question.level_id)
    before, after = (
        max((it for it in buckets if it < own), default=None),
        min((it for it in buckets if it > own), default=None),
    )
    return (
        _in(own).filter(code__lt=question.code).order_by("-code").first() or _in(before).order_by("-code").first(),
        _in(own).filter(code__gt=question.code).order_by("code").first() or _in(after).order_by("code").first(),
    )


def _in(bucket: tuple[int, int, int] | None) -> QuestionQuerySet:
    """The questions of a level's position, a difficulty and the level, with what a link to them shows."""
    if bucket is None:
        return Question.objects.none()
    _, difficulty, level = bucket
    return Question.objects.published().filter(level=level, difficulty=difficulty).only("code", "title")


@once_a_version
def _cells() -> Mapping[int, list[tuple[int, ...]]]:
    """The bank's cells by technology."""
    cells = defaultdict(list)
    for cell in bank():
        cells[cell[0]].append(cell)
    return cells


def related_to(question: Question, among: QuestionQuerySet) -> list[Question]:
    """Of the same technology, the same category first, then the nearest in level and difficulty."""
    positions = level_positions()

    def distance(cell: tuple[int, ...]) -> tuple[int, ...]:
        _, category, level, difficulty = cell
        levels_apart = abs(positions.get(level, 0) - positions[question.level_id])
        return category != question.category_id, levels_apart, abs(difficulty - question.difficulty), *cell

    of_technology = _cells().get(question.technology_id, [])
    of_category = [cell for cell in of_technology if cell[1] == question.category_id]
    is_enough = sum(bank()[cell] for cell in of_category) > RELATED
    cells = sorted(of_category if is_enough else of_technology, key=distance)
    # Cells until there are enough; all but the last are then small, and of the last a few are read.
    enough = sum(total <= RELATED for total in accumulate(bank()[cell] for cell in cells)) + 1
    *small, last = [Q(**dict(zip(DIMENSIONS, cell, strict=True))) for cell in cells[:enough]] or [Q(pk=None)]
    others = among.titles().exclude(pk=question.pk)
    found = [*(others.filter(_any(small)) if small else ()), *others.filter(last).order_by("code")[:RELATED]]
    return sorted(found, key=lambda it: (distance(_cell(it)), it.code))[:RELATED]


def _any(conditions: list[Q]) -> Q:
    combined = Q()
    for condition in conditions:
        combined |= condition
    return combined


def _cell(question: Question) -> tuple[int, ...]:
    return question.technology_id, question.category_id, question.level_id, question.difficulty
