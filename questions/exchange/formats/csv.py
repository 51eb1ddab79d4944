"""Questions as comma-separated values that a spreadsheet takes for text, whatever they hold."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from hub.links import absolute
from questions.exchange import images
from questions.exchange.encodings import encoding_of
from questions.exchange.format import Format
from questions.exchange.loading import Answer, any_answer, published_answer, sources_of
from questions.exchange.rows import FileError, Row, Rows, Source, canonical, indented
from questions.exchange.tables import FIRST, Table, has_questions, named
from questions.exchange.values import ANSWERED, INDENT, NOBODY
from questions.finding.question_filter import QuestionFilter
from questions.limits import CSV_CELL
from questions.models import FollowUp, Question
from questions.sections import APPENDED, SECTIONS

COLUMNS = (
    *("code", "url", "title", "technology", "category", "level", "difficulty"),
    *(section.field for section in SECTIONS),
    "follow_ups",
    *(section.field for section in APPENDED),
    *("verified_for", "review_by", "published_at", "updated_at"),
)
BYTE_ORDER_MARK = "\ufeff"  # Without it Excel would not read UTF-8.

# Spreadsheets take a cell that begins so for a formula, the full-width signs among them. The apostrophe stands here
# so that one leading apostrophe can always be taken off to get the text back.
FORMULA = re.compile(r"['\t\r\n]|\s*[=+\-@＝＋－＠]")
ESCAPED = re.compile(f"'(?={FORMULA.pattern})")

DELIMITERS = ",;\t|"
QUOTED = re.compile(r'"[^"]*"')
SAID = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # a first line that is for Excel
LONGEST_HEADER = 1_000_000  # characters

csv.field_size_limit(CSV_CELL)


class Line:
    """What csv writes to; it hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def stream(filters: QuestionFilter) -> Iterator[str]:
    """A list, as readers may know it."""
    questions = sources_of(filters)
    return _lines(COLUMNS, (values(question, published_answer) for question in questions))


def export(file: IO[bytes], questions: Iterable[Question], delimiter: str = ",") -> None:
    """Write the questions with all that the editors know."""
    rows = ([*values(question, any_answer), question.status] for question in questions)
    file.writelines(line.encode() for line in _lines((*COLUMNS, "status"), rows, delimiter))


def _lines(header: Iterable[str], questions: Iterable[Iterable[str]], delimiter: str = ",") -> Iterator[str]:
    writer = csv.writer(Line(), delimiter=delimiter)
    yield BYTE_ORDER_MARK + writer.writerow(header)
    for texts in questions:
        yield writer.writerow([cell(text) for text in texts])


def cell(text: str) -> str:
    """The text as a cell that never starts a formula: if need be with an apostrophe in front."""
    return f"'{text}" if FORMULA.match(text) else text


def values(question: Question, answer: Answer) -> Iterator[str]:
    """The texts of a question, in the order of the columns."""
    yield question.code
    yield absolute(question.get_absolute_url())
    yield question.title
    yield from (taxon.slug for taxon in (question.technology, question.category, question.level))
    yield str(question.difficulty)
    yield from (images.absolute(getattr(question, section.field)) for section in SECTIONS)
    yield "\n".join(_line(follow_up, answer(follow_up)) for follow_up in question.follow_ups.all())
    yield from (images.absolute(getattr(question, section.field)) for section in APPENDED)
    yield question.verified_for
    yield question.review_by.isoformat() if question.review_by else ""
    yield question.published_at.isoformat() if question.published_at else ""
    yield question.updated_at.isoformat()


def _line(follow_up: FollowUp, answer: Question | None) -> str:
    line = follow_up.text
    if answer or ANSWERED.fullmatch(line):
        line = f"{line} → {answer.code if answer else NOBODY}"
    text = images.absolute(canonical(follow_up.answer))
    return f"{line}\n{indented(text, INDENT)}" if text else line


def read(path: Path) -> Source:
    """The content of the file, read row by row."""
    with path.open("rb") as file:
        encoding, notice = encoding_of(file, path.name)
    with path.open(encoding=encoding, newline="") as file:
        delimiter = delimiter_of([file.readline(LONGEST_HEADER) for _ in range(FIRST)])
    return Source(Rows(lambda: _rows(path, encoding, delimiter)), name=path.name, notices=notice)


def delimiter_of(lines: Sequence[str]) -> str:
    """The sign that stands between most cells of the first line that has one, or that it names; else a comma."""
    if has_questions(lines[:1]):  # It is the name of the only column.
        return DELIMITERS[0]
    line = next((it for it in lines if any(sign in it for sign in DELIMITERS) or SAID.fullmatch(it)), "")
    said = SAID.fullmatch(line)
    return said[1] if said else max(DELIMITERS, key=QUOTED.sub("", line).count)


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Numbered as a spreadsheet does."""
    line = 1
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = _with_lines(csv.reader(file, delimiter=delimiter, strict=True))
            first = list(islice((it for it in lines if not SAID.fullmatch(delimiter.join(it[1]))), FIRST))
            header, above = named([cells for _, cells in first])
            table = Table(header, path.name)
            for number, (line, cells) in enumerate(chain(first[above:], lines), start=above + 1):
                if row := table.row(where(number, line), [_text(cell) for cell in cells]):
                    yield row
    except UnicodeError:
        raise FileError(f"{path.name} is in no encoding that can be told. Save it as UTF-8.") from None
    except csv.Error as error:
        raise FileError(f"{path.name} is not CSV: {error}, below the row of line {line:,}.") from None


def _with_lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins in."""
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def where(number: int, line: int) -> str:
    """Where a row stands, for who has it in a spreadsheet and for who has it in an editor."""
    return f"row {number:,}" if number == line else f"row {number:,} in line {line:,}"


def _text(cell: str) -> str:
    """The text that a cell stands for: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if ESCAPED.match(cell) else cell


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
