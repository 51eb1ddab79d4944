"""The map around one question: what leads to it on one side, what it leads to on the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import Truncator

from questions.follow_ups.drawing import LINE_GAP, NODE_HEIGHT, NODE_WIDTH, Arrow, Node, connect, write_titles
from questions.follow_ups.map import place
from questions.models import FollowUp, Question
from questions.querysets import QuestionQuerySet

HEADING = 40
GAP = 56  # Between the columns, for the arrows.
MOST = 20  # Questions that a column shows.
LOWERED = 2  # Nodes that a shorter column begins lower at most, so that the question is in sight in a tall drawing.
NAMES = {-2: "Two steps before", -1: "Leads to it", 0: "The question", 1: "It leads to", 2: "Two steps on"}


class StepsForm(forms.Form):
    """How far to look."""

    steps = forms.ChoiceField(choices=[("1", "One step"), ("2", "Two steps")], required=False)

    @property
    def asked(self) -> int:
        """One step, unless two were asked for."""
        return 2 if self.is_valid() and self.cleaned_data["steps"] == "2" else 1

    @property
    def notices(self) -> list[str]:
        """A sentence on what was asked and not understood."""
        text = Truncator(self.data.get("steps", "").replace("\0", "�")).chars(40)
        return [] if self.is_valid() else [f"Neighbours are one or two steps away, not “{text}”: one is shown."]


@dataclass(frozen=True)
class Column:
    """Questions that are equally far away in one direction, and how many more there are."""

    name: str
    x: int
    nodes: list[Node[Question]]
    number_left_out: int


@dataclass(frozen=True)
class Neighbourhood:
    """All that the template draws."""

    width: int
    height: int
    columns: list[Column]
    arrows: list[Arrow[Question]]
    notices: list[str]
    steps: int

    @classmethod
    def of(cls, question: Question, asked: QueryDict) -> Self:
        """Look as far as the query string says."""
        form = StepsForm(asked)
        found = _found(question, form.asked)
        columns = list(_columns(found))
        nodes = {node.item.code: node for column in columns for node in column.nodes}
        arrows = connect(nodes, FollowUp.objects.between([node.item for node in nodes.values()]))
        write_titles(nodes.values())
        width = len(columns) * (NODE_WIDTH + GAP)
        height = max(node.y for node in nodes.values()) + NODE_HEIGHT + LINE_GAP
        return cls(width, height, columns, arrows, form.notices, form.asked)

    @property
    def number(self) -> int:
        """How many questions it shows."""
        return sum(len(column.nodes) for column in self.columns)


def neighbourhood_url(code: str, steps: int = 1) -> str:
    """The canonical address of the map around a question."""
    return reverse("neighbourhood", args=[code]) + (f"?steps={steps}" if steps > 1 else "")


def _found(question: Question, steps: int) -> dict[int, tuple[list[Question], int]]:
    """The questions at each distance, negative before, and the number of those left out; the nearest place counts."""
    found = {0: ([question], 0)}
    seen = {question.pk}
    for step in range(1, steps + 1):
        for way in (1, -1):
            last, _ = found.get(way * (step - 1), ([], 0))
            public = Question.objects.public().exclude(pk__in=seen)
            further = public.answering(last) if way > 0 else public.asking(last)
            found[way * step] = _first(further) if last else ([], 0)
            seen |= {it.pk for it in found[way * step][0]}
    return found


def _first(questions: QuestionQuerySet) -> tuple[list[Question], int]:
    """As many as a column shows, the easiest first, and how many more there are."""
    ordered = list(questions.titles().order_by("level__position", "difficulty", "code")[: MOST + 1])
    return ordered[:MOST], questions.count() - MOST if len(ordered) > MOST else 0


def _columns(found: dict[int, tuple[list[Question], int]]) -> Iterator[Column]:
    filled = [distance for distance in sorted(found) if found[distance][0]]
    tallest = max(len(found[distance][0]) for distance in filled)
    for number, distance in enumerate(filled):
        questions, left_out = found[distance]
        x = GAP // 2 + number * (NODE_WIDTH + GAP)
        yield Column(NAMES[distance], x, _stacked(questions, x, tallest), left_out)


def _stacked(questions: Sequence[Question], x: int, tallest: int) -> list[Node[Question]]:
    height = NODE_HEIGHT + LINE_GAP
    top = HEADING + int(min(LOWERED, (tallest - len(questions)) / 2) * height)
    return [Node(question, x, top + number * height) for number, question in enumerate(sorted(questions, key=place))]
