"""What an import does to a question: its columns as texts, before and after, and where they differ."""

from collections.abc import Sequence
from difflib import unified_diff
from enum import StrEnum
from typing import NamedTuple, Self

from questions.exchange.rows import FollowUpLine, canonical, indented, printable, shortened
from questions.models import Question
from questions.querysets import TAXA
from questions.sections import MARKDOWN_FIELDS

FollowUps = Sequence[FollowUpLine]
Texts = dict[str, str]


class Kind(StrEnum):
    """What becomes of a question."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Bad(NamedTuple):
    """Why a row cannot be imported."""

    where: str
    column: str
    reason: str

    @classmethod
    def of(cls, where: str, column: str, reason: str) -> Self:
        """From what may quote the file."""
        return cls(printable(where), printable(shortened(column)), printable(reason))

    def __str__(self) -> str:
        return ": ".join(filter(None, self))


class Change(NamedTuple):
    """A column that differs: lines that begin with +, - or a space, as in a diff."""

    column: str
    lines: list[str]


class Outcome(NamedTuple):
    """What becomes of a good row."""

    kind: Kind
    question: Question
    before: Texts
    after: Texts

    def changes(self) -> list[Change]:
        """What differs in a question that was there."""
        return [
            Change(column, _diff(self.before[column], text))
            for column, text in self.after.items()
            if self.before and text != self.before[column]
        ]


def texts_of(question: Question, follow_ups: FollowUps) -> Texts:
    """The columns as texts, by which versions are compared."""
    return {
        "title": question.title,
        **{name: taxon.slug if (taxon := getattr(question, name, None)) else "" for name in TAXA},
        "difficulty": str(question.difficulty),
        "status": question.status,
        "verified_for": question.verified_for,
        "review_by": question.review_by.isoformat() if question.review_by else "",
        "published_at": question.published_at.isoformat() if question.published_at else "",
        **{name: canonical(getattr(question, name)) for name in MARKDOWN_FIELDS},
        "follow_ups": "\n".join(map(_line, follow_ups)),
    }


def _line(follow_up: FollowUpLine) -> str:
    text, answer, code = follow_up
    return (f"{text} → {code}" if code else text) + (f"\n{indented(answer, 4)}" if answer else "")


def _diff(before: str, after: str) -> list[str]:
    """The lines that differ, each with a line of what is around them."""
    lines = unified_diff(before.split("\n"), after.split("\n"), n=1, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
