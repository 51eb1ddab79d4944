"""Questions as comma-separated values that a spreadsheet takes for text, whatever they hold."""

import csv
import re
from collections.abc import Iterable, Iterator

from hub.links import absolute
from questions.exchange.loading import Answer, any_answer, published_answer
from questions.models import FollowUp, Question
from questions.sections import SECTIONS

COLUMNS = (
    *("code", "url", "title", "technology", "category", "level", "difficulty"),
    *(section.field for section in SECTIONS),
    *("follow_ups", "references", "verified_for", "review_by", "published_at", "updated_at"),
)
BYTE_ORDER_MARK = "\ufeff"  # Without it Excel would not read UTF-8.

# Spreadsheets take a cell that begins so for a formula, the full-width signs among them. The apostrophe stands here
# so that one leading apostrophe can always be taken off to get the text back.
FORMULA = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")

# How a line of follow-ups ends where a question answers it, or where it would only look so.
NOBODY = "-"
ANSWER = re.compile(rf"(.*) → ([A-Z]+-[A-Z]+-[0-9]+|{NOBODY})")


class Line:
    """What csv writes to; it hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def stream(questions: Iterable[Question]) -> Iterator[str]:
    """The header, then a line for each question, as readers may know it."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for question in questions:
        yield writer.writerow([cell(value) for value in _row(question, published_answer)])


def bank(questions: Iterable[Question]) -> Iterator[str]:
    """The same with all that the editors know, for import."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow([*COLUMNS, "status"])
    for question in questions:
        yield writer.writerow([cell(value) for value in (*_row(question, any_answer), question.status)])


def cell(text: str) -> str:
    """The text as a cell that never starts a formula: if need be with an apostrophe in front."""
    return f"'{text}" if FORMULA.match(text) else text


def _row(question: Question, answer: Answer) -> Iterator[str]:
    yield question.code
    yield absolute(question.get_absolute_url())
    yield question.title
    yield from (taxon.slug for taxon in (question.technology, question.category, question.level))
    yield str(question.difficulty)
    yield from (getattr(question, section.field) for section in SECTIONS)
    yield "\n".join(_follow_up(follow_up, answer(follow_up)) for follow_up in question.follow_ups.all())
    yield question.references
    yield question.verified_for
    yield question.review_by.isoformat() if question.review_by else ""
    yield question.published_at.isoformat() if question.published_at else ""
    yield question.updated_at.isoformat()


def _follow_up(follow_up: FollowUp, answer: Question | None) -> str:
    if answer or ANSWER.fullmatch(follow_up.text):
        return f"{follow_up.text} → {answer.code if answer else NOBODY}"
    return follow_up.text
