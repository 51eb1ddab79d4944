"""Names that are a mistake or two away from those that the hub has."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4  # characters of a name in which one mistake is likelier than another name
LONG = 7  # of one in which two are
DIGITS = re.compile(r"\d+")


def near_name(name: str, known: Iterable[str]) -> str:
    """The known name that is probably meant, or nothing; numbers and first letters are not mistaken."""
    said = name.casefold()
    folded = {it: it.casefold() for it in known}
    alike = {it: text for it, text in folded.items() if _fixed(text) == _fixed(said) and text != said}
    found = process.extractOne(said, alike, scorer=OSA.distance, score_cutoff=_mistakes(said))
    return str(found[2]) if found and found[1] <= _mistakes(found[0]) else ""


def _fixed(name: str) -> tuple[str, list[str]]:
    return name[:1], DIGITS.findall(name)


def _mistakes(name: str) -> int:
    return (len(name) >= SHORTEST) + (len(name) >= LONG)
