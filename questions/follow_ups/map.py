"""Where the map puts questions, and the curves between them. Lengths are SVG units, which are CSS pixels."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from textwrap import wrap
from typing import NamedTuple

from questions.models import Level, Question, Technology

NODE_WIDTH, NODE_HEIGHT = 128, 74
NODE_GAP, LINE_GAP = 16, 20
COLUMN_GAP = 20
GUTTER = 48  # Beside the columns, for the difficulties.
HEADING = 40  # Above the columns, for the technologies.
BAND_HEADING = 34  # Above the rows of a level, for its name.
NODES_A_LINE = 6  # Shared by the columns; each has at least two.
TITLE_LINES, TITLE_WIDTH = 3, 17  # Lines, and characters a line, that fit into a node.
BEND = 40  # How strongly an arrow goes straight on before it turns.

Link = tuple[str, str]  # The codes that a follow-up leads from and to.


class Arrow(NamedTuple):
    """A follow-up: a number for its id, both codes, and the path to draw."""

    number: int
    source: str
    target: str
    path: str


@dataclass
class Node:
    """A question, its top left corner, and the arrows that leave it and reach it."""

    question: Question
    x: int
    y: int
    leaving: list[Arrow] = field(default_factory=list)
    arriving: list[Arrow] = field(default_factory=list)

    @property
    def title_lines(self) -> list[str]:
        """As much of the title as fits."""
        return wrap(self.question.title, TITLE_WIDTH, max_lines=TITLE_LINES, placeholder=" …")


class Column(NamedTuple):
    """A technology with its nodes, by level and difficulty."""

    technology: Technology
    x: int
    width: int
    nodes: list[Node]


class Row(NamedTuple):
    """A difficulty within a level."""

    difficulty: int
    y: int


class Band(NamedTuple):
    """A level with its rows."""

    level: Level
    y: int
    height: int
    rows: list[Row]


class Drawing(NamedTuple):
    """All that the template draws."""

    width: int
    height: int
    columns: list[Column]
    bands: list[Band]
    arrows: list[Arrow]
    node_width: int = NODE_WIDTH
    node_height: int = NODE_HEIGHT

    @property
    def number(self) -> int:
        """How many questions it shows."""
        return sum(len(column.nodes) for column in self.columns)


def draw(questions: Iterable[Question], links: Iterable[Link]) -> Drawing:
    """Lay out questions in columns of a technology and rows of a level and difficulty, with an arrow for each link.

    A link from or to a question that is not among them is left out.
    """
    ordered = sorted(questions, key=lambda it: (it.level.position, it.level.pk, it.difficulty, it.code))
    technologies = sorted({it.technology for it in ordered}, key=lambda it: (it.position, it.name))
    a_line = max(2, NODES_A_LINE // max(1, len(technologies)))
    bands = _bands(ordered, a_line)
    columns = _columns(ordered, technologies, bands, a_line)
    nodes = {node.question.code: node for column in columns for node in column.nodes}
    arrows = _connect(nodes, links)
    height = bands[-1].y + bands[-1].height if bands else HEADING
    return Drawing(GUTTER + sum(it.width + COLUMN_GAP for it in columns), height, columns, bands, arrows)


def _bands(ordered: Iterable[Question], a_line: int) -> list[Band]:
    bands, y = [], HEADING
    for level, of_level in groupby(ordered, key=lambda it: it.level):
        top, rows = y, []
        y += BAND_HEADING
        for difficulty, of_row in groupby(of_level, key=lambda it: it.difficulty):
            rows.append(Row(difficulty, y))
            longest_cell = max(Counter(it.technology for it in of_row).values())
            y += ceil(longest_cell / a_line) * (NODE_HEIGHT + LINE_GAP)
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
        own = [it for it in ordered if it.technology == technology]
        for cell, of_cell in groupby(own, key=lambda it: (it.level, it.difficulty)):
            for index, question in enumerate(of_cell):
                line, place = divmod(index, a_line)
                left, top = x + place * (NODE_WIDTH + NODE_GAP), tops[cell] + line * (NODE_HEIGHT + LINE_GAP)
                nodes.append(Node(question, left, top))
        columns.append(Column(technology, x, width, nodes))
    return columns


def _connect(nodes: Mapping[str, Node], links: Iterable[Link]) -> list[Arrow]:
    drawn = sorted({(source, target) for source, target in links if {source, target} <= nodes.keys()})
    arrows = []
    for number, (source, target) in enumerate(drawn):
        arrow = Arrow(number, source, target, curve(nodes[source], nodes[target]))
        nodes[source].leaving.append(arrow)
        nodes[target].arriving.append(arrow)
        arrows.append(arrow)
    return arrows


def curve(source: Node, target: Node) -> str:
    """The path of an arrow, as far as can be beside the nodes that stand between."""
    if source.x == target.x:
        neighbours = abs(target.y - source.y) <= NODE_HEIGHT + LINE_GAP + BAND_HEADING
        return _straight_on(source, target) if neighbours else _around(source, target)
    if source.y == target.y and abs(target.x - source.x) > NODE_WIDTH + COLUMN_GAP:
        return _over(source, target)
    return _across(source, target)


def _straight_on(source: Node, target: Node) -> str:
    x, down = source.x + NODE_WIDTH // 2, target.y > source.y
    return f"M{x} {source.y + NODE_HEIGHT * down}V{target.y + NODE_HEIGHT * (not down)}"


def _around(source: Node, target: Node) -> str:
    x, y1, y2 = source.x + NODE_WIDTH, source.y + NODE_HEIGHT // 2, target.y + NODE_HEIGHT // 2
    out = x + min(10 + abs(y2 - y1) // 80, NODE_GAP * 4 // 3)  # The longer, the farther out, but not past the gap.
    return f"M{x} {y1}C{out} {y1} {out} {y2} {x} {y2}"


def _over(source: Node, target: Node) -> str:
    x1, x2, y = source.x + NODE_WIDTH // 2, target.x + NODE_WIDTH // 2, source.y
    return f"M{x1} {y}C{x1} {y - BEND} {x2} {y - BEND} {x2} {y}"


def _across(source: Node, target: Node) -> str:
    right = target.x > source.x
    x1, x2 = source.x + NODE_WIDTH * right, target.x + NODE_WIDTH * (not right)
    y1, y2 = source.y + NODE_HEIGHT // 2, target.y + NODE_HEIGHT // 2
    bend = min(BEND, x2 - x1) if right else max(-BEND, x2 - x1)
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
