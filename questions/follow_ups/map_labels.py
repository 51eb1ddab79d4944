"""What a box of the map says: the words of a title that tell it from the others, as many as fit. Widths are in em."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from unicodedata import combining, east_asian_width

# Widths in a wide font, so that no text leaves its box in another.
NARROW, AVERAGE, CAPITAL, WIDE, FULL = 0.36, 0.63, 0.76, 0.98, 1.0
WIDTHS = dict.fromkeys("fijlrtI.,:;'|!()[] ", NARROW) | dict.fromkeys("mwMW…@%", WIDE)
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

Words = tuple[str, ...]


def width_of(text: str) -> float:
    """About how wide a text is."""
    return sum(map(_width_of_character, text))


def _width_of_character(character: str) -> float:
    if combining(character):
        return 0
    if east_asian_width(character) in "WF":
        return FULL
    return WIDTHS.get(character) or (CAPITAL if character.isupper() else AVERAGE)


def wrapped(text: str, width: float, most: int) -> list[str]:
    """The lines of a text, at most so many; where they are more, the last one ends in an ellipsis."""
    lines = [""]
    for piece in _pieces(text, width):
        joined = f"{lines[-1]} {piece}".lstrip()
        if width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines if len(lines) <= most else [*lines[: most - 1], _with_ellipsis(lines[most - 1], width)]


def _pieces(text: str, width: float) -> Iterator[str]:
    """The words, and of those that are wider than a line as much as fits."""
    for word in text.split():
        piece = ""
        for character in word:
            if piece and width_of(piece + character) > width:
                yield piece
                piece = ""
            piece += character
        yield piece


def _with_ellipsis(line: str, width: float) -> str:
    while width_of(f"{line} …") > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line} …"


def without_shared_openings(titles: Iterable[str]) -> dict[str, str]:
    """Each title with an ellipsis in place of the two words or more that another one begins with too."""
    titles = set(titles)
    words = {title: tuple(title.split()) for title in titles}
    keys = {_key(words[title]): title for title in titles}
    shared = dict.fromkeys(titles, 0)
    # In their order, those that share the longest opening stand beside each other.
    for one, other in pairwise(sorted({*keys, *(_key(tuple(it.split())) for it in OPENINGS)})):
        length = _length_of_shared(one, other)
        for key in {one, other} & keys.keys():
            shared[keys[key]] = max(shared[keys[key]], min(length, len(key) - 1))
    return {title: f"… {' '.join(words[title][n:])}" if (n := shared[title]) > 1 else title for title in titles}


def _key(words: Words) -> Words:
    return tuple(map(str.casefold, words))


def _length_of_shared(one: Words, other: Words) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
