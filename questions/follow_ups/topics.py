"""The map of what is too much for one: a box for each topic, and how strongly follow-ups connect them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from typing import NamedTuple

from questions.follow_ups.drawing import NODE_HEIGHT, NODE_WIDTH, Arrow, Node, connect
from questions.follow_ups.labels import Label, is_rtl, words_of, wrapped

GAP = 44
MOST_A_LINE = 6
MOST_LINKS = 5  # Drawn from each topic; with more, arrows could not be told apart.
NAME_LINES, NAME_WIDTH = 3, 8  # em, of larger letters than a title's


class Topic(NamedTuple):
    """Questions that have a technology, category, level or difficulty in common: its name, their number, their map."""

    key: str
    name: str
    number: int
    url: str


class Overview(NamedTuple):
    """All that the template draws."""

    width: int
    height: int
    nodes: list[Node[Topic]]
    arrows: list[Arrow[Topic]]


def draw_topics(topics: Sequence[Topic], links: Mapping[tuple[str, str], int]) -> Overview:
    """Lay out topics line by line, with arrows to those that the follow-ups of each lead to most."""
    a_line = min(MOST_A_LINE, ceil(sqrt(len(topics))))
    nodes = {}
    for number, topic in enumerate(topics):
        line, position = divmod(number, a_line)
        x, y = GAP // 2 + position * (NODE_WIDTH + GAP), GAP + line * (NODE_HEIGHT + GAP)
        label = Label(wrapped(words_of(topic.name), NAME_WIDTH, NAME_LINES), is_rtl(topic.name))
        nodes[topic.key] = Node(topic, x, y, label)
    arrows = connect(nodes, _strongest(links))
    width, height = a_line * (NODE_WIDTH + GAP), GAP // 2 + ceil(len(topics) / a_line) * (NODE_HEIGHT + GAP)
    return Overview(width, height, [*nodes.values()], arrows)


def _strongest(links: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The links that are most follow-ups, some from each topic."""
    leaving: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for ends in sorted(links, key=lambda ends: (-links[ends], ends)):
        leaving[ends[0]].append(ends)
    return {ends: links[ends] for its in leaving.values() for ends in its[:MOST_LINKS]}
