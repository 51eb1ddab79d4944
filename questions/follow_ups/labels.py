"""What a box of a map says: the words of a title that tell it from the others, as many as fit. Widths are in em."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple
from unicodedata import bidirectional

from wcwidth import iter_graphemes, wcwidth

from questions.text import titles

LINES, WIDTH = 4, 10.2  # The lines that fit into a box, and how wide they are.
# Widths in a wide font, so that no text leaves its box in another.
NARROW, AVERAGE, CAPITAL, BROAD, FULL, EMOJI = 0.36, 0.63, 0.76, 0.98, 1.0, 1.3
WIDTHS = dict.fromkeys("fijlrtI.,:;'|!()[] ", NARROW) | dict.fromkeys("mwMW…@%", BROAD) | {"\ufe0f": AVERAGE}
FIRST_INDIC, FIRST_EMOJI = (
    "\u0900",
    "\U0001f000",
)  # The letters from the one to Hangul are as broad as capitals or more.
JOINTS = frozenset("_-./:,)]}|=")  # An identifier may break after them.
CLOSING = frozenset("、。，．・：；？！）］｝」』】〉》〕”’…ー,.:;?!)]}")  # No line begins with them.
ISOLATED = "\u2066{}\u2069"  # Left to right, whatever is around it.
# What many questions begin with, dropped even where one alone in the drawing does.
OPENINGS = (
    "What is the difference between",
    "What are the differences between",
    "What is a",
    "What is an",
    "What are",
    "How do you",
    "How does",
)

Word = tuple[str, ...]  # The characters that a reader sees, and formulas whole: nothing of these is cut in two.


class Label(NamedTuple):
    """The lines in a box, and whether they run from right to left."""

    lines: list[str]
    is_rtl: bool


EMPTY = Label([], is_rtl=False)


class Piece(NamedTuple):
    """What comes onto a line whole if it fits into one: a word, or a part of a word that is wider."""

    text: str
    width: float
    follows_space: bool


def labels(texts: Iterable[str]) -> dict[str, Label]:
    """What the boxes of a drawing say, by the titles of its questions."""
    shown = without_shared_openings(texts)
    return {title: Label(wrapped(words, WIDTH, LINES), is_rtl(title)) for title, words in shown.items()}


def is_rtl(title: str) -> bool:
    """Whether the first letter with a direction, code and formulas apart, runs from right to left."""
    text = "".join(part.text for part in titles.parts(title) if part.kind == "text")
    directions = (bidirectional(character) for character in text)
    return next((it for it in directions if it in ("L", "R", "AL")), "L") != "L"


def words_of(title: str) -> list[Word]:
    """The words of a title without its marks; code and formulas keep their direction in a title that has another."""
    words: list[list[str]] = [[]]
    isolated = ISOLATED if is_rtl(title) else "{}"
    for text, kind in titles.parts(title):
        if kind == "formula":
            words[-1].append(isolated.format(text))
            continue
        first, *others = re.split(r"\s+", text if kind == "text" else isolated.format(text))
        words[-1] += iter_graphemes(first)
        words += [list(iter_graphemes(other)) for other in others]
    return [tuple(word) for word in words if word]


def _width_of_character(character: str) -> float:
    cells = wcwidth(character)
    if character in WIDTHS or cells < 1:
        return WIDTHS.get(character, 0)
    if cells == 2:
        return EMOJI if character >= FIRST_EMOJI else FULL
    return CAPITAL + 0.1 if character >= FIRST_INDIC else CAPITAL if character.isupper() else AVERAGE


@lru_cache(4_096)
def width_of(text: str) -> float:
    """About how wide a text is. An emoji made of several is as wide as all of them, which it is in some fonts."""
    return sum(map(_width_of_character, text))


def wrapped(words: Sequence[Word], width: float, most: int) -> list[str]:
    """The lines of these words, at most so many; where they are more, the last one ends in an ellipsis."""
    pieces = list(_pieces(words, width))
    lines, fitting = _filled(pieces, width, most)
    while fitting < len(pieces):
        ellipsis = Piece("…", BROAD, pieces[fitting].follows_space)
        lines, placed = _filled([*pieces[:fitting], ellipsis], width, most)
        if placed > fitting:
            break
        fitting -= 1
    return lines


def _pieces(words: Iterable[Word], width: float) -> Iterator[Piece]:
    for word in words:
        parts: Iterable[Sequence[str]] = [word] if width_of("".join(word)) <= width else _parts(word, width)
        for number, part in enumerate(parts):
            text = "".join(part)
            yield Piece(text, width_of(text), number == 0)


def _parts(word: Word, width: float) -> Iterator[Sequence[str]]:
    """Where a word wider than a line may break: between wide characters, after joints, or anywhere."""
    part: list[str] = []
    for unit in word:
        if part and unit not in CLOSING and (_is_wide(unit) or _is_wide(part[-1]) or part[-1] in JOINTS):
            yield from _narrowed(part, width)
            part = []
        part.append(unit)
    yield from _narrowed(part, width)


def _is_wide(unit: str) -> bool:
    return width_of(unit) >= FULL


def _narrowed(part: list[str], width: float) -> Iterable[Sequence[str]]:
    return [part] if width_of("".join(part)) <= width else part


def _filled(pieces: Sequence[Piece], width: float, most: int) -> tuple[list[str], int]:
    """At most so many lines, each with as many pieces as fit, and how many pieces they hold in all."""
    lines, used = [""], 0.0
    for number, (text, piece_width, follows_space) in enumerate(pieces):
        gap = " " if follows_space and lines[-1] else ""
        if used + len(gap) * NARROW + piece_width <= width:
            lines[-1] += gap + text
            used += len(gap) * NARROW + piece_width
        else:
            lines = [*filter(None, lines), *([text] if piece_width <= width else _chunks(text, width))]
            used = width_of(lines[-1])
        if len(lines) > most:
            return lines[:most], number
    return lines, len(pieces)


def _chunks(text: str, width: float) -> list[str]:
    """A formula that is wider than a line, over several."""
    chunks = [""]
    for unit in iter_graphemes(text):
        if chunks[-1] and width_of(chunks[-1] + unit) > width:
            chunks.append("")
        chunks[-1] += unit
    return chunks


def without_shared_openings(texts: Iterable[str]) -> dict[str, list[Word]]:
    """The words of each title, with an ellipsis in place of the two or more that another one begins with too."""
    words = {title: words_of(title) for title in texts}
    keys = {_key(its): title for title, its in words.items()}
    shared = dict.fromkeys(words, 0)
    # In their order, those that share the longest opening stand beside each other.
    for one, other in pairwise(sorted({*keys, *(_key(words_of(it)) for it in OPENINGS)})):
        length = _length_of_shared(one, other)
        for key in {one, other} & keys.keys():
            shared[keys[key]] = max(shared[keys[key]], min(length, len(key) - 1))
    return {title: [("…",), *its[n:]] if (n := shared[title]) > 1 else its for title, its in words.items()}


def _key(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple("".join(word).casefold() for word in words)


def _length_of_shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
