"""Where the map puts questions, and the curves between them. Lengths are SVG units, which are CSS pixels."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from questions.follow_ups.map_labels import without_shared_openings, wrapped
from questions.models import Level, Question, Technology

NODE_WIDTH, NODE_HEIGHT = 128, 88
NODE_GAP, LINE_GAP = 16, 20
COLUMN_GAP = 20
GUTTER = 48  # Beside the columns, for the difficulties.
HEADING = 40  # Above the columns, for the technologies.
BAND_HEADING = 34  # Above the rows of a level, for its name.
NODES_A_LINE = 6  # Shared by the columns; each has at least two.
TITLE_LINES, TITLE_WIDTH = 4, 10.2  # Lines, and em a line, that fit into a node.
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
    leads_to: list["Node"] = field(default_factory=list)
    reached_from: list["Node"] = field(default_factory=list)
    title_lines: list[str] = field(default_factory=list)


class Column(NamedTuple):
    """A technology with its nodes, by level and difficulty."""

    technology: Technology
    x: int
    width: int
    nodes: list[Node]


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
    ordered = sorted(
        questions, key=lambda question: (question.level.position, question.level.pk, question.difficulty, question.code)
    )
    technologies = sorted(
        {question.technology for question in ordered}, key=lambda technology: (technology.position, technology.name)
    )
    a_line = max(2, NODES_A_LINE // max(1, len(technologies)))
    bands = _bands(ordered, a_line)
    columns = _columns(ordered, technologies, bands, a_line)
    nodes = {node.question.code: node for column in columns for node in column.nodes}
    arrows = _connect(nodes, links)
    _write_titles(nodes.values())
    height = bands[-1].y + bands[-1].height if bands else HEADING
    return Drawing(GUTTER + sum(column.width + COLUMN_GAP for column in columns), height, columns, bands, arrows)


def _place(question: Question) -> tuple[int, int, int, str]:
    """Where a question comes from top to bottom."""
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


def _connect(nodes: Mapping[str, Node], links: Iterable[Link]) -> list[Arrow]:
    drawn = sorted({(source, target) for source, target in links if {source, target} <= nodes.keys()})
    arrows = []
    for number, (source, target) in enumerate(drawn):
        arrow = Arrow(number, source, target, curve(nodes[source], nodes[target]))
        nodes[source].leaving.append(arrow)
        nodes[source].leads_to.append(nodes[target])
        nodes[target].arriving.append(arrow)
        nodes[target].reached_from.append(nodes[source])
        arrows.append(arrow)
    return arrows


def _write_titles(nodes: Collection[Node]) -> None:
    shown = without_shared_openings(node.question.plain_title for node in nodes)
    for node in nodes:
        node.title_lines = wrapped(shown[node.question.plain_title], TITLE_WIDTH, TITLE_LINES)


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
