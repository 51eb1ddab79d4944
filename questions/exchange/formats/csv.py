"""Questions as comma-separated values that a spreadsheet takes for text, whatever they hold."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from hub.links import absolute
from questions.exchange import images, rows
from questions.exchange.format import Format
from questions.exchange.loading import Answer, any_answer, published_answer, sources_of
from questions.exchange.rows import FileError, Row, Source, canonical, dedented, indented, not_utf_8, quoted, repeated
from questions.finding.question_filter import QuestionFilter
from questions.limits import CSV_CELL
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
ESCAPED = re.compile(f"'(?={FORMULA.pattern})")

# How a line of follow-ups ends where a question answers it, or where it would only look so.
NOBODY = "-"
INDENT = 4  # spaces before each line of an answer
ANSWER = re.compile(rf"(.*) → ([A-Z]+-[A-Z]+-[0-9]+|{NOBODY})")

csv.field_size_limit(CSV_CELL)


class Line:
    """What csv writes to; it hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def stream(filters: QuestionFilter) -> Iterator[str]:
    """A list, as readers may know it."""
    questions = sources_of(filters)
    return _lines(COLUMNS, (_values(question, published_answer) for question in questions))


def export(file: IO[bytes], questions: Iterable[Question]) -> None:
    """Write the questions with all that the editors know."""
    values = ([*_values(question, any_answer), question.status] for question in questions)
    file.writelines(line.encode() for line in _lines((*COLUMNS, "status"), values))


def _lines(header: Iterable[str], questions: Iterable[Iterable[str]]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for values in questions:
        yield writer.writerow([cell(value) for value in values])


def cell(text: str) -> str:
    """The text as a cell that never starts a formula: if need be with an apostrophe in front."""
    return f"'{text}" if FORMULA.match(text) else text


def _values(question: Question, answer: Answer) -> Iterator[str]:
    yield question.code
    yield absolute(question.get_absolute_url())
    yield question.title
    yield from (taxon.slug for taxon in (question.technology, question.category, question.level))
    yield str(question.difficulty)
    yield from (images.absolute(getattr(question, section.field)) for section in SECTIONS)
    yield "\n".join(_line(follow_up, answer(follow_up)) for follow_up in question.follow_ups.all())
    yield images.absolute(question.references)
    yield question.verified_for
    yield question.review_by.isoformat() if question.review_by else ""
    yield question.published_at.isoformat() if question.published_at else ""
    yield question.updated_at.isoformat()


def _line(follow_up: FollowUp, answer: Question | None) -> str:
    line = follow_up.text
    if answer or ANSWER.fullmatch(line):
        line = f"{line} → {answer.code if answer else NOBODY}"
    return f"{line}\n{indented(text, INDENT)}" if (text := canonical(follow_up.answer)) else line


def read(path: Path) -> Source:
    """The content of the file, read row by row."""
    return Source(_rows(path))


def _rows(path: Path) -> Iterator[Row]:
    """Numbered as a spreadsheet does, where the header is the first row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = _delimiter(file.readline())
            file.seek(0)
            reader = csv.DictReader(file, delimiter=delimiter, strict=True)
            _check_header(list(reader.fieldnames or ()), path.name)
            for number, cells in enumerate(reader, start=2):
                yield _row(f"row {number}", cells)
    except UnicodeDecodeError as error:
        raise FileError(not_utf_8(path.name, error)) from None
    except csv.Error as error:
        raise FileError(f"{path.name} is not CSV: {error}.") from None


def _delimiter(header: str) -> str:
    """The comma, or the semicolon that spreadsheets write where commas are for decimals."""
    return ";" if ";" in header and "," not in header else ","


def _check_header(header: list[str], name: str) -> None:
    if "code" not in header:
        raise FileError(f"{name} has no column “code” in its first row.")
    for column in header:
        if column not in (*rows.COLUMNS, *rows.WRITTEN_ONLY):
            raise FileError(f"{name} has the column {quoted(column)}, which questions do not have.")
    if (twice := repeated(header)) is not None:
        raise FileError(f"{name} has the column “{twice}” twice.")


def _row(where: str, cells: dict[str | None, str]) -> Row:
    if None in cells or None in cells.values():
        return Row(where, {}, "It has more or fewer cells than the first row.")
    fields: dict[str, object] = {column: _text(cell) for column, cell in cells.items() if column}
    if "follow_ups" in fields:
        fields["follow_ups"] = _follow_ups(_text(cells["follow_ups"]))
    return Row(where, fields)


def _text(cell: str) -> str:
    """The text that a cell stands for: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if ESCAPED.match(cell) else cell


def _follow_ups(lines: str) -> list[dict[str, str]]:
    """The follow-ups that stand one a line, each perhaps with the code of the question that answers it.

    Lines that are indented are the answer to the follow-up above them.
    """
    items: list[list[str]] = []
    for line in canonical(lines).split("\n"):
        if items and (not line.strip() or line.startswith((" " * INDENT, "\t"))):
            items[-1].append(line)
        elif line.strip():
            items.append([line.strip()])
    return [_follow_up(line, dedented(answer, INDENT)) for line, *answer in items]


def _follow_up(line: str, answer: str) -> dict[str, str]:
    match = ANSWER.fullmatch(line)
    said, code = match.groups() if match else (line, NOBODY)
    return {"text": said, "answer": answer, "answered_by": "" if code == NOBODY else code}


FORMAT = Format(
    name="CSV",
    endings=(".csv",),
    media_type="text/csv",
    about="for spreadsheets; what questions are sorted by is not in it",
    read=read,
    export=export,
    stream=stream,
    is_download=True,
    is_for_robots=False,
)
