"""The questions around one: before and after it in the default order, and related to it, at any size of the bank."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

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
        """Find them in at most four queries, beside the cube's, whatever the size of the bank."""
        return cls(*_around(question, level_positions()), related_to(question, Question.objects.published()))


def _around(question: Question, positions: Mapping[int, int]) -> tuple[Question | None, Question | None]:
    """The neighbours of the same level and difficulty, or else the nearest of the level or difficulty beside."""
    own = (positions[question.level_id], question.difficulty)
    buckets = {(positions.get(level, 0), difficulty): (level, difficulty) for _, _, level, difficulty in bank()}
    published = Question.objects.published()
    same = published.filter(level=question.level_id, difficulty=question.difficulty)

    def nearest(inside: Q, order: str, beyond: tuple[int, int] | None) -> Coalesce | Subquery:
        candidates = [same.filter(inside)]
        if beyond:
            level, difficulty = buckets[beyond]
            candidates.append(published.filter(level=level, difficulty=difficulty))
        firsts = [Subquery(found.order_by(order).values("pk")[:1]) for found in candidates]
        return Coalesce(*firsts) if beyond else firsts[0]

    before = nearest(Q(code__lt=question.code), "-code", max((key for key in buckets if key < own), default=None))
    after = nearest(Q(code__gt=question.code), "code", min((key for key in buckets if key > own), default=None))
    found = {
        it.pk: it for it in published.only("code", "title", "level", "difficulty").filter(Q(pk=before) | Q(pk=after))
    }
    place = {pk: (positions[it.level_id], it.difficulty, it.code) for pk, it in found.items()}
    earlier = [found[pk] for pk in found if place[pk] < (*own, question.code)]
    later = [found[pk] for pk in found if place[pk] > (*own, question.code)]
    return next(iter(earlier), None), next(iter(later), None)


def related_to(question: Question, among: QuestionQuerySet) -> list[Question]:
    """Of the same technology, the same category first, then the nearest in level and difficulty."""
    positions = level_positions()

    def distance(cell: tuple[int, ...]) -> tuple[int, ...]:
        _, category, level, difficulty = cell
        levels_apart = abs(positions.get(level, 0) - positions[question.level_id])
        return category != question.category_id, levels_apart, abs(difficulty - question.difficulty), *cell

    cells = sorted((cell for cell in bank() if cell[0] == question.technology_id), key=distance)
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
