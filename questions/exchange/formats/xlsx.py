"""Questions in an Excel workbook: one sheet, of which a row says what its columns are.

A workbook is read row by row and as what it shows: of a formula, the result that the spreadsheet program left there.
It is written with the columns of CSV, and every cell but the difficulty is text, also one that looks like a formula.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException

from hub.zips import DAMAGED
from questions.exchange.archives import checked
from questions.exchange.format import Format
from questions.exchange.formats import csv
from questions.exchange.loading import Answer, any_answer, published_answer, sources_of
from questions.exchange.rows import FileError, Row, Rows, Source, refuse_above
from questions.exchange.tables import FIRST, Table, has_questions, named
from questions.finding.question_filter import QuestionFilter
from questions.limits import WHOLE_FILE
from questions.models import Question

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_CELL = 32_767  # units of UTF-16
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML cannot hold or would change, and what a program would take for the escape of such a character.
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

UNREADABLE = (
    *DAMAGED,
    ParseError,
    DefusedXmlException,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
)


def read(path: Path) -> Source:
    """The first sheet that seems to have questions, or else anything; the others are other readings."""
    try:
        refuse_above(WHOLE_FILE, path.stat().st_size, path.name)
        with ZipFile(path) as archive:
            checked(archive, WHOLE_FILE)
        with closing(_opened(path)) as workbook:
            first = {it.title: [list(map(_text, row)) for row in _shown(it, FIRST)] for it in workbook.worksheets}
    except UNREADABLE:
        raise _damaged(path) from None
    filled = [name for name, rows in first.items() if any(map(any, rows))]
    if not filled:
        raise FileError(f"{path.name} has no sheet with anything in it.")
    return _source(path, filled, next((name for name in filled if has_questions(named(first[name])[0])), filled[0]))


def _source(path: Path, sheets: list[str], sheet: str) -> Source:
    readings = {name: partial(_source, path, sheets, name) for name in sheets}
    return Source(Rows(lambda: _rows(path, sheet)), name=path.name, reading=sheet, readings=readings)


def _opened(path: Path, formulas: bool = False) -> "Workbook":
    from openpyxl import load_workbook  # Takes long to load, here and below, and few visitors need it.

    with catch_warnings():  # Of what a workbook has beside its cells.
        simplefilter("ignore")
        return load_workbook(path, read_only=True, data_only=not formulas, keep_links=False)


def _shown(sheet: Any, most: int | None = None) -> Iterator[list[Any]]:
    with catch_warnings():
        simplefilter("ignore")
        sheet.reset_dimensions()  # What a sheet says of its size may be a lie that makes a million wide rows of one.
        for cells in sheet.iter_rows(max_row=most, values_only=True):
            yield list(cells)


def _rows(path: Path, sheet: str) -> Iterator[Row]:
    """Numbered as the spreadsheet program does."""
    try:
        with closing(_opened(path)) as results, closing(_opened(path, formulas=True)) as written:
            rows = enumerate(zip(_shown(results[sheet]), _shown(written[sheet]), strict=False), start=1)
            first = list(islice(rows, FIRST))
            header, above = named([list(map(_text, values)) for _, (values, _) in first])
            table = Table(_without_end(header), path.name)
            for number, (values, formulas) in chain(first[above:], rows):
                if row := table.row(f"row {number:,}", table.filled(list(map(_text, values)))):
                    yield row._replace(problem=row.problem or _problem(values, formulas))
    except UNREADABLE:
        raise _damaged(path) from None


def _without_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _problem(values: list[Any], formulas: list[Any]) -> str:
    """A sentence for a formula whose result nobody has calculated."""
    for value, formula in zip(values, formulas, strict=False):
        if value is None and formula is not None:
            return "It has a formula without its result; open the file in a spreadsheet program and save it."
    return ""


def _text(value: Any) -> str:
    """What a cell shows, as near as one can tell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))


def _damaged(path: Path) -> FileError:
    return FileError(f"{path.name} is not an Excel workbook, or is damaged.")


def listed(filters: QuestionFilter) -> IO[bytes]:
    """A list, as readers may know it, as an open temporary file; raises FileError for what no cell can hold."""
    with ExitStack() as stack:
        file = stack.enter_context(TemporaryFile())
        _write(file, csv.COLUMNS, sources_of(filters), published_answer)
        file.seek(0)
        stack.pop_all()  # The response closes it.
    return file


def export(file: IO[bytes], questions: Iterable[Question]) -> None:
    """Write the questions with all that the editors know; raises FileError for what no cell can hold."""
    _write(file, (*csv.COLUMNS, "status"), questions, any_answer)


def _write(file: IO[bytes], columns: tuple[str, ...], questions: Iterable[Question], answer: Answer) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Questions")
    sheet.freeze_panes = "A2"
    sheet.append(columns)
    try:
        for question in questions:
            texts = [*csv.values(question, answer), question.status][: len(columns)]
            sheet.append([_cell(sheet, question, *pair) for pair in zip(columns, texts, strict=True)])
    finally:
        book.save(file)  # In any case: it also removes the temporary file that the sheet is collected in.


def _cell(sheet: Any, question: Question, column: str, text: str) -> Any:
    """A cell that holds the text as it is: openpyxl would cut it, or make a formula of it."""
    if column == "difficulty":
        return question.difficulty
    if (length := len(text.encode("utf-16-le", "surrogatepass")) // 2) > LONGEST_CELL:
        raise FileError(
            f"{question.code} has {length:,} characters in its {column}, and a cell of a workbook holds at most "
            f"{LONGEST_CELL:,}. Choose another form."
        )
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text))
    cell.data_type = "s"
    if csv.FORMULA.match(text):
        cell.quotePrefix = True  # It stays a text when somebody edits it.
    return cell


FORMAT = Format(
    name="Excel",
    endings=(".xlsx",),
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    about="one sheet of a workbook; what questions are sorted by is not in it",
    read=read,
    export=export,
    file=listed,
    is_download=True,
    is_for_robots=False,
)
