"""What a checkup finds."""

from collections.abc import Iterator
from typing import NamedTuple


class Finding(NamedTuple):
    """What was looked at, whether it is as it should be (`ok`, `warning` or `failure`), and a sentence."""

    about: str
    level: str
    sentence: str


Found = Iterator[Finding]


def ok(sentence: str) -> Finding:
    """Nothing is to be done."""
    return Finding("", "ok", sentence)


def warning(sentence: str) -> Finding:
    """Something is to be done, soon or by choice."""
    return Finding("", "warning", sentence)


def failure(sentence: str) -> Finding:
    """Something does not work."""
    return Finding("", "failure", sentence)
