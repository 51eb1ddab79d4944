"""Values of a file that a learner brings back: whatever they are, both databases can store what comes of them."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from questions.practice.mistakes import LONGEST_WORDS

MOST_MISTAKES = 50  # of one question
NO_ARCHIVE = "This is no file that was downloaded from a practice page."


class Unreadable(Exception):  # noqa: N818 (it is what it is)
    """A file that cannot be brought back; its text tells why."""


def number_of(value: object) -> int:
    """A number, or -1."""
    return value if type(value) is int else -1


def text_of(value: object) -> str:
    """What both databases can store of a text."""
    return str(value).encode(errors="replace").decode().replace("\0", "")


def list_of(value: object) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def mistakes_of(value: object) -> list[str]:
    """The words of mistakes that were ticked."""
    return [text_of(words)[:LONGEST_WORDS] for words in list_of(value)][:MOST_MISTAKES]


def moment_of(text: object) -> datetime:
    """A time that is over; raises Unreadable."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise Unreadable(NO_ARCHIVE) from None
    if at.tzinfo is None or at.year < 2000:
        raise Unreadable(NO_ARCHIVE)
    return min(at, timezone.now())
