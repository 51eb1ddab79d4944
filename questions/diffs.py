"""What differs between two versions of a text, word by word."""

import math
import re
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from diff_match_patch import diff_match_patch
from django.utils.text import capfirst

from questions.models import Question

SECONDS = 0.1  # for one text; what takes longer is compared more coarsely
SECONDS_A_PAGE = 1.0  # for all texts of a page; what is left then is shown whole
MOST_UNITS = 10_000  # that may differ; beyond, the library's time grows with their square, whatever it is allowed
CONTEXT = 2  # lines around what has changed
FEW = 4  # lines that are not worth leaving out
FIRST_CHARACTER = 0xE000  # of those that stand for words; below are characters that may not stand alone
KINDS = {-1: "removed", 0: "same", 1: "added"}


class Piece(NamedTuple):
    """A stretch of text that is the same, removed, added, or left out because it is long and the same (a gap)."""

    kind: str
    text: str

    @property
    def shown(self) -> str:
        """The text; line ends alone are marked, since nobody would see them."""
        return self.text if self.text.strip() else self.text.replace("\n", "↵\n")


class Change(NamedTuple):
    """A field whose text differs."""

    name: str
    label: str
    pieces: list[Piece]


def label(name: str) -> str:
    """A field's name as a heading."""
    return "Follow-ups" if name == "follow_ups" else str(capfirst(Question._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def deadline() -> float:
    """The moment until which the texts of a page may be compared."""
    return time.monotonic() + SECONDS_A_PAGE


def changes(before: Mapping[str, str], after: Mapping[str, str], until: float = math.inf) -> list[Change]:
    """The fields that differ, in the order of the form; after the deadline they are shown whole."""
    return [
        Change(name, label(name), difference_of(name, before.get(name, ""), text, until))
        for name, text in after.items()
        if text != before.get(name, "")
    ]


def difference_of(name: str, before: str, after: str, until: float = math.inf) -> list[Piece]:
    """The difference between two texts of a field: follow-ups, a line each, are compared by line."""
    if time.monotonic() > until:
        return _whole(before, after)
    if name != "follow_ups":
        return difference(before, after)
    before, after = (text and f"{text}\n" for text in (before, after))
    return difference(before, after, unit=r".*\n")


def difference(before: str, after: str, unit: str = r"\w+|\s|[^\w\s]") -> list[Piece]:
    """The pieces that make one text out of the other, without most of what is the same.

    `unit` is a pattern of what stays together: a word, by default. Texts that differ in too much are shown whole.
    """
    known: dict[str, str] = {}

    def encoded(text: str) -> str:
        """A character for every unit, since the library compares characters."""
        return "".join(known.setdefault(it, chr(FIRST_CHARACTER + len(known))) for it in re.findall(unit, text))

    library = diff_match_patch()
    library.Diff_Timeout = SECONDS
    old, new = encoded(before), encoded(after)
    first = library.diff_commonPrefix(old, new)
    last = library.diff_commonSuffix(old[first:], new[first:])
    if len(old) + len(new) - 2 * (first + last) > MOST_UNITS:
        return _whole(before, after)
    found = library.diff_main(old, new, False)
    library.diff_cleanupSemantic(found)
    units = {character: unit for unit, character in known.items()}
    pieces = [Piece(KINDS[kind], "".join(units[it] for it in characters)) for kind, characters in found]
    return [shown for number, piece in enumerate(pieces) for shown in _shortened(piece, number, len(pieces))]


def _whole(before: str, after: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text]


def _shortened(piece: Piece, number: int, total: int) -> Iterator[Piece]:
    """The piece; of one that is the same and long, only the lines next to what has changed."""
    lines = piece.text.splitlines(keepends=True)
    if piece.kind != "same" or len(lines) <= 2 * CONTEXT + 1 + FEW:
        yield piece
        return
    head = lines[:CONTEXT] if number else []
    tail = lines[-CONTEXT - 1 :] if number < total - 1 else []
    if head:
        yield Piece("same", "".join(head))
    yield Piece("gap", f"{len(lines) - len(head) - len(tail)} lines are the same")
    if tail:
        yield Piece("same", "".join(tail))
