"""Rows as the questions that they would make: looked up, a few at a time, and read column by column."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from questions.exchange import values
from questions.exchange.comparison import FollowUps, Texts, texts_of
from questions.exchange.likeness import SameTitles
from questions.exchange.numbering import Numbering
from questions.exchange.plan import ADD, DEFAULT, DEFAULTS, SKIP, Plan
from questions.exchange.rows import COLUMNS, WRITTEN_ONLY, FollowUpLine, Row, canonical, quoted, shortened
from questions.exchange.sentences import Reasons
from questions.exchange.taxa import Taxa
from questions.models import Question
from questions.querysets import TAXA
from questions.sections import HTML_FIELDS, MARKDOWN_FIELDS

CHUNK = 50  # rows that are looked up at a time

SPECIAL: dict[str, Callable[[Any], Any]] = {
    "difficulty": values.difficulty,
    "status": values.status,
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
    is_skipped: bool = False  # It has no code, and the hub has its title.

    def texts(self) -> Texts:
        return texts_of(self.question, self.follow_ups)


class CandidateReader:
    """Makes candidates of rows; a code may come once. Rows without one get the next that is free."""

    def __init__(self, taxa: Taxa, plan: Plan, reserved: Collection[str] = ()) -> None:
        self.taxa, self.plan = taxa, plan
        self.numbering = Numbering(reserved)
        self.seen: dict[str, str] = {}  # where each code stands

    @cached_property
    def same_titles(self) -> SameTitles:
        return SameTitles()

    def read(self, rows: Iterable[Row]) -> Iterator[Candidate | Unreadable]:
        """The candidates in order."""
        remaining = iter(rows)
        while chunk := list(islice(remaining, CHUNK)):
            yield from self._chunk(chunk)

    def _chunk(self, rows: Sequence[Row]) -> list[Candidate | Unreadable]:
        rows = [self._with_code(row) for row in rows]
        codes = {code for row in rows if isinstance(code := row.fields.get("code"), str) and values.is_storable(code)}
        found = Question.objects.filter(code__in=codes).defer(*HTML_FIELDS).with_taxa().with_follow_ups("answer")
        known = {question.code: question for question in found}
        return [self._candidate(row, known) for row in rows]

    def _with_code(self, row: Row) -> Row:
        """A row with the code of the question that it means: a code in capitals, or that of the same title."""
        code, title = row.fields.get("code"), row.fields.get("title")
        if isinstance(code, str) and code.strip():
            return row._replace(fields={**row.fields, "code": code.strip().upper()})
        if code not in ("", None) or self.plan.same_title == ADD or not isinstance(title, str):
            return row
        with suppress(ValueError):
            technology = self._taxon("technology", row.fields.get("technology"))
            if technology and (code := self.same_titles.claim(technology.slug, title)):
                return row._replace(fields={**row.fields, "code": code}, has_own_code=False)
        return row

    def _candidate(self, row: Row, known: Mapping[str, Question]) -> Candidate | Unreadable:
        where = named(row)
        if reasons := self._objections(row):
            return Unreadable(where, reasons)
        code = row.fields.get("code") or ""
        candidate = _as_it_is(where, known[code]) if code in known else Candidate(where, Question(code=code))
        candidate.is_skipped = code in known and not row.has_own_code and self.plan.same_title == SKIP
        self._fill(candidate, row.fields if code in known else self._completed(row.fields))
        if not code:
            self._number(candidate)
        self.seen[candidate.question.code] = row.where
        return candidate

    def _objections(self, row: Row) -> Reasons:
        """What keeps a row from being read as a question."""
        if row.problem:
            return {"": [row.problem]}
        if unknown := [str(column) for column in row.fields if column not in (*COLUMNS, *WRITTEN_ONLY)]:
            return {column: ["Questions have nothing of this name."] for column in unknown}
        code = row.fields.get("code")
        if code in ("", None):
            return {} if row.fields.get("title") else {"": ["It has neither a code nor a title."]}
        if not isinstance(code, str) or not values.is_storable(code):
            return {"code": [f"{quoted(code)} is no code."]}
        if code in self.seen:
            return {"code": [f"{shortened(code)} stands in {self.seen[code]} already."]}
        return {}

    def _completed(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a new question, with what holds for rows that do not say."""
        return {**fields, **{name: it for name, it in self.plan.defaults.items() if fields.get(name) in values.NOTHING}}

    def _number(self, candidate: Candidate) -> None:
        """Give a new question the next code of its technology and level, as far as it has them."""
        technology, level = (getattr(candidate.question, name, None) for name in ("technology", "level"))
        if technology and level:
            candidate.question.code = self.numbering.next(technology, level) or ""
            if not candidate.question.code:
                candidate.reasons["code"] = ["All codes of this technology and level are taken."]
        elif not candidate.reasons.keys() & {"technology", "level"}:
            missing = [name for name in ("technology", "level") if not getattr(candidate.question, name, None)]
            candidate.reasons |= {name: [f"It says no {name}, which its code needs."] for name in missing}

    def _taxon(self, name: str, value: Any) -> Any:
        """What a row is sorted by, or else what holds for rows that do not say, or say what is not known."""
        default = self.plan.defaults.get(name)
        try:
            return self.taxa.find(name, default if value in values.NOTHING and default else value)
        except ValueError:
            if self.plan.unknown != DEFAULT or not default:
                raise
            return self.taxa.find(name, default)

    def _fill(self, candidate: Candidate, fields: Mapping[str, Any]) -> None:
        for column, value in fields.items():
            if column in ("code", *WRITTEN_ONLY) or (column in DEFAULTS and value == ""):
                continue
            try:
                found = self._taxon(column, value) if column in TAXA else SPECIAL.get(column, values.line)(value)
            except ValueError as error:
                candidate.reasons[column] = [str(error)]
            else:
                setattr(candidate if column == "follow_ups" else candidate.question, column, found)


def named(row: Row) -> str:
    """Where a row stands, with its code and its title as far as it has them."""
    about = [shortened(it) for name in ("code", "title") if isinstance(it := row.fields.get(name), str) and it.strip()]
    return f"{row.where} ({' '.join(about)})" if about else row.where


def _as_it_is(where: str, question: Question) -> Candidate:
    follow_ups = [
        FollowUpLine(it.text, canonical(it.answer), it.answered_by.code if it.answered_by else "")
        for it in question.follow_ups.all()
    ]
    return Candidate(where, question, follow_ups, texts_of(question, follow_ups))
