"""Where a map of questions puts them. Lengths are SVG units, which are CSS pixels."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from questions.follow_ups.drawing import LINE_GAP, NODE_HEIGHT, NODE_WIDTH, Arrow, Node, connect, write_titles
from questions.models import Level, Question, Technology

NODE_GAP, COLUMN_GAP = 16, 20
GUTTER = 48  # Beside the columns, for the difficulties.
HEADING = 40  # Above the columns, for the technologies.
BAND_HEADING = 34  # Above the rows of a level, for its name.
NODES_A_LINE = 6  # Shared by the columns; each has at least two.


class Column(NamedTuple):
    """A technology with its nodes, by level and difficulty."""

    technology: Technology
    x: int
    width: int
    nodes: list[Node[Question]]


class MapRow(NamedTuple):
    """A difficulty within a level."""

    difficulty: int
    y: int


class Band(NamedTuple):
    """A level with its rows."""

    level: Level
    y: int
    height: int
    rows: list[MapRow]


class Drawing(NamedTuple):
    """All that the template draws."""

    width: int
    height: int
    columns: list[Column]
    bands: list[Band]
    arrows: list[Arrow[Question]]

    @property
    def number(self) -> int:
        """How many questions it shows."""
        return sum(len(column.nodes) for column in self.columns)


def draw(questions: Iterable[Question], links: Mapping[tuple[str, str], int]) -> Drawing:
    """Lay out questions in columns of a technology and rows of a level and difficulty, with arrows between them.

    Links are pairs of codes, each with its number of follow-ups.
    """
    ordered = sorted(questions, key=place)
    technologies = sorted(
        {question.technology for question in ordered}, key=lambda technology: (technology.position, technology.name)
    )
    a_line = max(2, NODES_A_LINE // max(1, len(technologies)))
    bands = _bands(ordered, a_line)
    columns = _columns(ordered, technologies, bands, a_line)
    nodes = {node.item.code: node for column in columns for node in column.nodes}
    arrows = connect(nodes, links)
    write_titles(nodes.values())
    height = bands[-1].y + bands[-1].height if bands else HEADING
    return Drawing(GUTTER + sum(column.width + COLUMN_GAP for column in columns), height, columns, bands, arrows)


def place(question: Question) -> tuple[int, int, int, str]:
    """Where a question comes from top to bottom: by level, then by difficulty."""
    return question.level.position, question.level.pk, question.difficulty, question.code


def _bands(ordered: Iterable[Question], a_line: int) -> list[Band]:
    bands, y = [], HEADING
    for level, of_level in groupby(ordered, key=attrgetter("level")):
        top, rows = y, []
        y += BAND_HEADING
        for difficulty, of_row in groupby(of_level, key=attrgetter("difficulty")):
            rows.append(MapRow(difficulty, y))
            most = max(Counter(question.technology for question in of_row).values())
            y += ceil(most / a_line) * (NODE_HEIGHT + LINE_GAP)
        bands.append(Band(level, top, y - top, rows))
    return bands


def _columns(
    ordered: Sequence[Question], technologies: Sequence[Technology], bands: Iterable[Band], a_line: int
) -> list[Column]:
    tops = {(band.level, row.difficulty): row.y for band in bands for row in band.rows}
    width = a_line * (NODE_WIDTH + NODE_GAP) - NODE_GAP
    columns = []
    for number, technology in enumerate(technologies):
        x, nodes = GUTTER + number * (width + COLUMN_GAP), []
        own = [question for question in ordered if question.technology == technology]
        for group, grouped in groupby(own, key=attrgetter("level", "difficulty")):
            for index, question in enumerate(grouped):
                line, place = divmod(index, a_line)
                left, top = x + place * (NODE_WIDTH + NODE_GAP), tops[group] + line * (NODE_HEIGHT + LINE_GAP)
                nodes.append(Node(question, left, top))
        columns.append(Column(technology, x, width, nodes))
    return columns
