"""What the values of a row mean: each function reads one, or raises ValueError with a sentence."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from questions import states
from questions.exchange.rows import FollowUpLine, canonical, dedented, expected, quoted
from questions.limits import FOLLOW_UP_ANSWER, LAST_TAXON, MOST_FOLLOW_UPS
from questions.models import FollowUp

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
YEARS = range(2, 9_999)  # of moments: in every time zone they stay within what dates can be
NOTHING = ("", None)
DIFFICULTIES = {
    **dict.fromkeys("easy leicht einfach fácil facile лёгкий легкий 简单 容易".split(), 3),
    **dict.fromkeys("medium mittel media medio moyen médio средний 中等".split(), 5),
    **dict.fromkeys("hard schwer schwierig difícil difficile сложный трудный 困难".split(), 8),
}
# How a line of follow-ups ends where a question answers it, or where it would only look so.
NOBODY = "-"
INDENT = 4  # spaces before each line of an answer
ANSWERED = re.compile(rf"(.*) → ([A-Z]+-[A-Z]+-[0-9]+|{NOBODY})")
LONGEST_FOLLOW_UP = FollowUp._meta.get_field("text").max_length or 0


def text(value: Any) -> str:
    """Any text that both databases can hold."""
    if not isinstance(value, str):
        raise ValueError(expected("A text", value))
    if CONTROL.search(value):
        raise ValueError("This has a control character, which no text needs.")
    if SURROGATE.search(value):
        raise ValueError("This has half of a character, which cannot be stored.")
    return value


def is_storable(value: str) -> bool:
    """Whether both databases can hold, and look up, a text."""
    return not CONTROL.search(value) and not SURROGATE.search(value)


def markdown(value: Any) -> str:
    """Markdown in its canonical form."""
    return canonical(text(value))


def line(value: Any) -> str:
    """A text of one line."""
    stripped = text(value).strip()
    if "\n" in stripped or "\r" in stripped:
        raise ValueError("This has more than one line.")
    return stripped


def difficulty(value: Any) -> int:
    """A difficulty as a number or a usual word; whether there is one so high is the model's to say."""
    if isinstance(value, str):
        value = value.strip().removesuffix("/10").rstrip()
        if number := DIFFICULTIES.get(value.casefold()):
            return number
    return _number(value, "a number from 1 to 10")


def status(value: Any) -> str:
    """A status as it is stored or shown; whether there is such a one is the model's to say."""
    said = line(value)
    return next((it for it, label in states.CHOICES if said.casefold() in (it, label.casefold())), said)


def position(value: Any) -> int:
    """Where a taxon comes among the others."""
    number = _number(value, expected := f"a number from 0 to {LAST_TAXON:,}")
    if number > LAST_TAXON:
        raise ValueError(f"{quoted(value)} is not {expected}.")
    return number


def _number(value: Any, expected: str) -> int:
    match = re.fullmatch(r"([0-9]{1,5})(?:\.0*)?", str(value).strip())  # A spreadsheet makes 2.0 of 2.
    if not match:
        raise ValueError(f"{quoted(value)} is not {expected}.")
    return int(match[1])


def moment(value: Any) -> datetime | None:
    """A moment with its time zone, in UTC, or none."""
    if value in NOTHING:
        return None
    with suppress(ValueError, OverflowError):
        parsed = parse_datetime(line(value))
        if parsed and parsed.tzinfo and parsed.year in YEARS:
            return parsed.astimezone(UTC)
    raise ValueError(f"{quoted(value)} is not a moment such as 2026-11-23T09:00:00+00:00.")


def day(value: Any) -> date | None:
    """A day, or none."""
    if value in NOTHING:
        return None
    with suppress(ValueError):
        if parsed := parse_date(line(value)):
            return parsed
    raise ValueError(f"{quoted(value)} is not a day such as 2027-03-31.")


def follow_ups(value: Any) -> list[FollowUpLine]:
    """Follow-ups, in order."""
    if isinstance(value, str):
        value = _lines_of_follow_ups(value)
    if not isinstance(value, list):
        raise ValueError(expected("A list of follow-ups", value))
    if len(value) > MOST_FOLLOW_UPS:
        raise ValueError(f"A question has at most {MOST_FOLLOW_UPS} follow-ups; this one has {len(value):,}.")
    return [_follow_up(item) for item in value]


def _lines_of_follow_ups(lines: str) -> list[dict[str, str]]:
    """The follow-ups that stand one a line, each perhaps with the code of the question that answers it.

    Lines that are indented are the answer to the follow-up above them.
    """
    items: list[list[str]] = []
    for line in canonical(lines).split("\n"):
        if items and (not line.strip() or line.startswith((" " * INDENT, "\t"))):
            items[-1].append(line)
        elif line.strip():
            items.append([line.strip()])
    return [_line_of_follow_up(line, dedented(answer, INDENT)) for line, *answer in items]


def _line_of_follow_up(line: str, answer: str) -> dict[str, str]:
    match = ANSWERED.fullmatch(line)
    said, code = match.groups() if match else (line, NOBODY)
    return {"text": said, "answer": answer, "answered_by": "" if code == NOBODY else code}


def _follow_up(item: Any) -> FollowUpLine:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, Mapping) or not {"text"} <= item.keys() <= {"text", "answer", "answered_by"}:
        raise ValueError("A follow-up has a “text”, perhaps an “answer” and an “answered_by”, and nothing else.")
    asked, code = line(item["text"]), line(item.get("answered_by") or "")
    answer = markdown(item.get("answer") or "")
    if not 0 < len(asked) <= LONGEST_FOLLOW_UP:
        raise ValueError(f"A follow-up has 1 to {LONGEST_FOLLOW_UP} characters; one has {len(asked)}.")
    if len(answer) > FOLLOW_UP_ANSWER:
        raise ValueError(
            f"An answer to a follow-up has at most {FOLLOW_UP_ANSWER:,} characters; one has {len(answer):,}."
        )
    return FollowUpLine(asked, answer, code)
