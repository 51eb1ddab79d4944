"""Questions from comma-separated values, as `as_csv` writes them and spreadsheets save them."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from questions.exchange.as_csv import ANSWER, FORMULA, NOBODY
from questions.exchange.rows import COLUMNS, WRITTEN_ONLY, FileError, Row, Source, not_utf_8, quoted, repeated
from questions.limits import CSV_CELL

ESCAPED = re.compile(f"'(?={FORMULA.pattern})")

csv.field_size_limit(CSV_CELL)


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
        if column not in (*COLUMNS, *WRITTEN_ONLY):
            raise FileError(f"{name} has the column {quoted(column)}, which questions do not have.")
    if (twice := repeated(header)) is not None:
        raise FileError(f"{name} has the column “{twice}” twice.")


def _row(where: str, cells: dict[str | None, str]) -> Row:
    if None in cells or None in cells.values():
        return Row(where, {}, "It has more or fewer cells than the first row.")
    fields: dict[str, object] = {column: text(cell) for column, cell in cells.items() if column}
    if "follow_ups" in fields:
        fields["follow_ups"] = follow_ups(text(cells["follow_ups"]))
    return Row(where, fields)


def text(cell: str) -> str:
    """The text that a cell stands for: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if ESCAPED.match(cell) else cell


def follow_ups(lines: str) -> list[dict[str, str]]:
    """The follow-ups that stand one a line, each perhaps with the code of the question that answers it."""
    return [_follow_up(line.strip()) for line in lines.splitlines() if line.strip()]


def _follow_up(line: str) -> dict[str, str]:
    match = ANSWER.fullmatch(line)
    said, code = match.groups() if match else (line, NOBODY)
    return {"text": said, "answered_by": "" if code == NOBODY else code}
