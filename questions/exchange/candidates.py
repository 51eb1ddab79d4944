"""Rows as the questions that they would make: looked up, read column by column, and rendered ahead.

Rows come and go a few at a time. While some are checked, those behind them are looked up and rendered by several
processes; each candidate carries the rendering that was begun for it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from questions.exchange import values
from questions.exchange.comparison import FollowUps, Texts, texts_of
from questions.exchange.rows import COLUMNS, WRITTEN_ONLY, FollowUpLine, Row, canonical, quoted, shortened
from questions.exchange.taxa import Taxa
from questions.models import Question
from questions.querysets import TAXA
from questions.sections import HTML_FIELDS, MARKDOWN_FIELDS
from questions.text.markdown import render

CHUNK = 50  # rows that are looked up at a time
AHEAD = 4  # chunks that are looked up and rendered ahead

Reasons = dict[str, list[str]]  # by column; none for the whole row
SPECIAL: dict[str, Callable[[Any], Any]] = {
    "difficulty": values.difficulty,
    "published_at": values.moment,
    "review_by": values.day,
    "follow_ups": values.follow_ups,
    **dict.fromkeys(MARKDOWN_FIELDS, values.markdown),
}


class Unreadable(NamedTuple):
    """A row that names no question, and why."""

    where: str
    reasons: Reasons


@dataclass
class Candidate:
    """A question as a row would have it, beside what it is now (nothing, if it is new)."""

    where: str
    question: Question
    follow_ups: FollowUps = ()
    before: Texts = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)  # against columns that cannot be read
    answers_html: Sequence[str] = ()  # of the follow-ups, once they are rendered
    rendering: Future[tuple[str, ...]] | None = None

    def texts(self) -> Texts:
        return texts_of(self.question, self.follow_ups)


class CandidateReader:
    """Makes candidates of rows; a code may come once."""

    def __init__(self, taxa: Taxa, renderers: Executor) -> None:
        self.taxa, self.renderers = taxa, renderers
        self.seen: dict[str, str] = {}  # where each code stands

    def read(self, rows: Iterable[Row]) -> Iterator[Candidate | Unreadable]:
        """The candidates in order."""
        ahead: deque[list[Candidate | Unreadable]] = deque()
        remaining = iter(rows)
        while chunk := list(islice(remaining, CHUNK)):
            ahead.append(self._chunk(chunk))
            if len(ahead) == AHEAD:
                yield from ahead.popleft()
        for chunk_ahead in ahead:
            yield from chunk_ahead

    def _chunk(self, rows: Sequence[Row]) -> list[Candidate | Unreadable]:
        codes = {code for row in rows if isinstance(code := row.fields.get("code"), str) and values.is_storable(code)}
        found = Question.objects.filter(code__in=codes).defer(*HTML_FIELDS).with_taxa().with_follow_ups("answer")
        known = {question.code: question for question in found}
        return [self._candidate(row, known) for row in rows]

    def _candidate(self, row: Row, known: Mapping[str, Question]) -> Candidate | Unreadable:
        if reasons := self._objections(row):
            return Unreadable(row.where, reasons)
        code = row.fields["code"]
        self.seen[code] = row.where
        candidate = _as_it_is(row.where, known[code]) if code in known else Candidate(row.where, Question(code=code))
        self._fill(candidate, row.fields)
        if candidate.texts() != candidate.before:
            texts = [getattr(candidate.question, name) for name in MARKDOWN_FIELDS]
            texts += [line.answer for line in candidate.follow_ups]
            candidate.rendering = self.renderers.submit(render, tuple(texts))
        return candidate

    def _objections(self, row: Row) -> Reasons:
        """What keeps a row from being read as a question."""
        if row.problem:
            return {"": [row.problem]}
        if unknown := [str(column) for column in row.fields if column not in (*COLUMNS, *WRITTEN_ONLY)]:
            return {column: ["Questions have nothing of this name."] for column in unknown}
        code = row.fields.get("code")
        if not isinstance(code, str) or not code:
            return {"code": ["It has no code."]}
        if not values.is_storable(code):
            return {"code": [f"{quoted(code)} is no code."]}
        if code in self.seen:
            return {"code": [f"{shortened(code)} stands in {self.seen[code]} already."]}
        return {}

    def _fill(self, candidate: Candidate, fields: Mapping[str, Any]) -> None:
        for column, value in fields.items():
            if column in ("code", *WRITTEN_ONLY):
                continue
            try:
                found = self.taxa.find(column, value) if column in TAXA else SPECIAL.get(column, values.line)(value)
            except ValueError as error:
                candidate.reasons[column] = [str(error)]
            else:
                setattr(candidate if column == "follow_ups" else candidate.question, column, found)


def _as_it_is(where: str, question: Question) -> Candidate:
    follow_ups = [
        FollowUpLine(it.text, canonical(it.answer), it.answered_by.code if it.answered_by else "")
        for it in question.follow_ups.all()
    ]
    return Candidate(where, question, follow_ups, texts_of(question, follow_ups))
