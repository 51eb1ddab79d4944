"""What the maps are drawn of: boxes, and arrows between them. Lengths are SVG units, which are CSS pixels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from questions.follow_ups.labels import EMPTY, Label, labels
from questions.models import Question

NODE_WIDTH, NODE_HEIGHT = 128, 88
LINE_GAP = 20
PADDING, TITLE_TOP, LINE_HEIGHT = 9, 35, 15
BEND = 40  # How strongly an arrow goes straight on before it turns.
BESIDE, BELOW = 2 * NODE_WIDTH, 2 * NODE_HEIGHT  # Nodes that are nearer have nothing between them.
WIDEST_DETOUR = 21
WIDEST = 4  # How broad the arrow of most follow-ups is.

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Arrow(Generic[T]):
    """Follow-ups from one node to another: a number for its id, the path to draw and its width, how many there are."""

    number: int
    source: "Node[T]"
    target: "Node[T]"
    path: str
    follow_ups: int
    width: int


@dataclass(eq=False)
class Node(Generic[T]):
    """What a box stands for, its top left corner, and the arrows that leave it and reach it."""

    item: T
    x: int
    y: int
    label: Label = EMPTY
    leaving: list[Arrow[T]] = field(default_factory=list)
    arriving: list[Arrow[T]] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines of its label, each with its baseline within the box."""
        return [(TITLE_TOP + LINE_HEIGHT * number, line) for number, line in enumerate(self.label.lines)]

    @property
    def text_x(self) -> int:
        """Where lines begin within the box."""
        return NODE_WIDTH - PADDING if self.label.is_rtl else PADDING


def connect(nodes: Mapping[str, Node[T]], links: Mapping[tuple[str, str], int]) -> list[Arrow[T]]:
    """An arrow for each link, given as what it leads from and to and how many follow-ups it is.

    A link from or to what is not among the nodes is left out.
    """
    drawn = {ends: n for ends, n in links.items() if {*ends} <= nodes.keys()}
    most = max(drawn.values(), default=1)
    arrows = []
    for number, (ends, follow_ups) in enumerate(drawn.items()):
        source, target = (nodes[end] for end in ends)
        width = 1 + (WIDEST - 1) * (follow_ups - 1) // most
        arrow = Arrow(number, source, target, curve(source, target), follow_ups, width)
        source.leaving.append(arrow)
        target.arriving.append(arrow)
        arrows.append(arrow)
    return arrows


def write_titles(nodes: Iterable[Node[Question]]) -> None:
    """Give the boxes what tells their questions apart."""
    nodes = list(nodes)
    written = labels(node.item.title for node in nodes)
    for node in nodes:
        node.label = written[node.item.title]


def curve(source: Node[T], target: Node[T]) -> str:
    """The path of an arrow, as far as can be beside the nodes that stand between."""
    if source.x == target.x:
        return _straight_on(source, target) if abs(target.y - source.y) < BELOW else _around(source, target)
    if source.y == target.y and abs(target.x - source.x) >= BESIDE:
        return _over(source, target)
    return _across(source, target)


def _straight_on(source: Node[T], target: Node[T]) -> str:
    x, down = source.x + NODE_WIDTH // 2, target.y > source.y
    return f"M{x} {source.y + NODE_HEIGHT * down}V{target.y + NODE_HEIGHT * (not down)}"


def _around(source: Node[T], target: Node[T]) -> str:
    x, y1, y2 = source.x + NODE_WIDTH, source.y + NODE_HEIGHT // 2, target.y + NODE_HEIGHT // 2
    out = x + min(10 + abs(y2 - y1) // 80, WIDEST_DETOUR)  # The longer, the farther out, but not past the gap.
    return f"M{x} {y1}C{out} {y1} {out} {y2} {x} {y2}"


def _over(source: Node[T], target: Node[T]) -> str:
    x1, x2, y = source.x + NODE_WIDTH // 2, target.x + NODE_WIDTH // 2, source.y
    return f"M{x1} {y}C{x1} {y - BEND} {x2} {y - BEND} {x2} {y}"


def _across(source: Node[T], target: Node[T]) -> str:
    right = target.x > source.x
    x1, x2 = source.x + NODE_WIDTH * right, target.x + NODE_WIDTH * (not right)
    y1, y2 = source.y + NODE_HEIGHT // 2, target.y + NODE_HEIGHT // 2
    bend = min(BEND, x2 - x1) if right else max(-BEND, x2 - x1)
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
