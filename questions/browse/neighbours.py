"""The questions around one: before and after it in the default order, and related to it, at any size of the bank."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple, Self

from django.db.models import Q

from questions.finding.facets import all_public
from questions.finding.taxa import level_positions
from questions.models import Question
from questions.querysets import QuestionQuerySet
from questions.version import once_a_version

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
        return cls(*_around(question, level_positions()), related_to(question, Question.objects.public()))


def _around(question: Question, positions: Mapping[int, int]) -> tuple[Question | None, Question | None]:
    """The neighbours of the same level and difficulty, or else the nearest of the level or difficulty beside."""
    buckets = {
        (positions.get(level, 0), difficulty, level) for level, difficulty in all_public().along("level", "difficulty")
    }
    own = (positions[question.level_id], question.difficulty, question.level_id)
    before, after = (
        max((bucket for bucket in buckets if bucket < own), default=None),
        min((bucket for bucket in buckets if bucket > own), default=None),
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
    return Question.objects.public().filter(level=level, difficulty=difficulty).only("code", "title")


class Group(NamedTuple):
    """Questions that are equally near to any other: the ids of their taxa, and their difficulty."""

    technology: int
    category: int
    level: int
    difficulty: int


Distance = tuple[int, ...]  # the smaller, the nearer


@once_a_version
def _groups() -> Mapping[int, list[tuple[Group, int]]]:
    """The groups of each technology, each with its number of questions."""
    found = defaultdict(list)
    for values, number in all_public().along(*Group._fields).items():
        group = Group(*values)
        found[group.technology].append((group, number))
    return found


def related_to(question: Question, among: QuestionQuerySet) -> list[Question]:
    """Of the same technology, the same category first, then the nearest in level and difficulty."""
    own, positions = _group_of(question), level_positions()

    def distance(group: Group) -> Distance:
        levels_apart = abs(positions.get(group.level, 0) - positions[own.level])
        return group.category != own.category, levels_apart, abs(group.difficulty - own.difficulty), *group

    groups = _nearest(_groups().get(own.technology, []), distance)
    if not groups:
        return []
    *small, last = [Q(**group._asdict()) for group in groups]
    others = among.titles().exclude(pk=question.pk)
    found = [*(others.filter(reduce(or_, small)) if small else ()), *others.filter(last).order_by("code")[:RELATED]]
    return sorted(found, key=lambda it: (distance(_group_of(it)), it.code))[:RELATED]


def _nearest(groups: list[tuple[Group, int]], distance: Callable[[Group], Distance]) -> list[Group]:
    """The nearest groups until they hold enough; all but the last are then small, and of the last a few are read."""
    found, total = [], 0
    for group, number in sorted(groups, key=lambda it: distance(it[0])):
        found.append(group)
        total += number
        if total > RELATED:  # The question itself may be among them.
            break
    return found


def _group_of(question: Question) -> Group:
    return Group(question.technology_id, question.category_id, question.level_id, question.difficulty)
