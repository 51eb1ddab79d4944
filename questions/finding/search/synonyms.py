"""Abbreviations and other words for the same thing, read from `synonyms.txt`, which an editor can extend."""

from functools import cache
from pathlib import Path

from questions.finding.search.analysis import analyse

FILE = Path(__file__).with_name("synonyms.txt")


@cache
def synonyms() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """For each phrase of a group, all phrases of the group, itself first."""
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            group = tuple(dict.fromkeys(_phrase(text) for text in line.split(",")))
            for phrase in group:
                found[phrase] = tuple(dict.fromkeys((phrase, *found.get(phrase, ()), *group)))
    return found


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(word for chunk in text.split() for word in analyse(chunk).words)
