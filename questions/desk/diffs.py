"""What differs between two versions of a text, word by word."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from diff_match_patch import diff_match_patch
from django.utils.text import capfirst

from questions.models import Question

SECONDS = 0.1  # for one text; what takes longer is compared more coarsely
CONTEXT = 2  # lines around what has changed
FIRST_CHARACTER = 0xE000  # of those that stand for words; below are characters that may not stand alone
KINDS = {-1: "removed", 0: "same", 1: "added"}


class Piece(NamedTuple):
    """A stretch of text that is the same, removed, added, or left out because it is long and the same (a gap)."""

    kind: str
    text: str

    @property
    def shown(self) -> str:
        """The text with line ends that can be seen."""
        return self.text.replace("\n", "↵\n")


class Change(NamedTuple):
    """A field whose text differs."""

    name: str
    label: str
    pieces: list[Piece]


def label(name: str) -> str:
    """A field's name as a heading."""
    return "Follow-ups" if name == "follow_ups" else str(capfirst(Question._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """The fields that differ, in the order of the form."""
    return [
        Change(name, label(name), difference(before.get(name, ""), text))
        for name, text in after.items()
        if text != before.get(name, "")
    ]


def difference(before: str, after: str) -> list[Piece]:
    """The pieces that make one text out of the other, without most of what is the same."""
    known: dict[str, str] = {}

    def encoded(text: str) -> str:
        """A character for every word, since the library compares characters."""
        words = re.findall(r"\w+|\s|[^\w\s]", text)
        return "".join(known.setdefault(word, chr(FIRST_CHARACTER + len(known))) for word in words)

    library = diff_match_patch()
    library.Diff_Timeout = SECONDS
    found = library.diff_main(encoded(before), encoded(after), False)
    library.diff_cleanupSemantic(found)
    words = {character: word for word, character in known.items()}
    pieces = [Piece(KINDS[kind], "".join(words[it] for it in characters)) for kind, characters in found]
    return [shown for number, piece in enumerate(pieces) for shown in _shortened(piece, number, len(pieces))]


def _shortened(piece: Piece, number: int, total: int) -> Iterator[Piece]:
    """The piece; of one that is the same and long, only the lines next to what has changed."""
    lines = piece.text.splitlines(keepends=True)
    if piece.kind != "same" or len(lines) <= 2 * CONTEXT + 2:
        yield piece
        return
    head = lines[:CONTEXT] if number else []
    tail = lines[-CONTEXT - 1 :] if number < total - 1 else []
    if head:
        yield Piece("same", "".join(head))
    yield Piece("gap", f"{len(lines) - len(head) - len(tail)} lines are the same")
    if tail:
        yield Piece("same", "".join(tail))
