"""The rows of a table, one of which says what its columns are called: the first, or one below lines of a title."""

from collections.abc import Sequence

from questions.exchange.columns import Column, guess
from questions.exchange.rows import FileError, Row, quoted, repeated

FIRST = 10  # rows that tell what the columns are


def named(rows: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """What the columns are called, by the first rows, and how many rows stand above the content.

    Where no row says so and the first has a question in it, that is content already.
    """
    number = _header(rows)
    cells = list(rows[number]) if rows else []
    asked = next((column for column, it in enumerate(cells) if it.rstrip().endswith(("?", "？", "؟"))), None)
    if asked is None or has_questions(cells):
        return cells, number + 1
    usual = {asked: "question", asked + 1: "answer"}
    return [usual.get(column, f"column {column + 1}") for column in range(len(cells))], number


def has_questions(header: Sequence[str]) -> bool:
    """Whether a column is called as that of questions or codes usually is."""
    names = [it.strip() for it in header if it.strip()]
    return not {"code", "title"}.isdisjoint(guess({name: Column(name) for name in names}).values())


def _header(rows: Sequence[Sequence[str]]) -> int:
    """The number of the row that names the columns, from 0: the first with several cells, if it is not the first."""
    filled = [[it for it in cells if it.strip()] for cells in rows]
    first = next((number for number, cells in enumerate(filled) if cells), 0)
    for number, cells in enumerate(filled):
        if has_questions(cells):
            return number
        if len(cells) > 1:
            break
    return first


class Table:
    """Makes rows of cells; a column or a row without anything in it is nothing."""

    def __init__(self, header: Sequence[str], name: str) -> None:
        self.header = [it.strip() for it in header]
        if not any(self.header):
            raise FileError(f"{name} has nothing in its first row, which says what the columns are.")
        if (twice := repeated(filter(None, self.header))) is not None:
            raise FileError(f"{name} has the column {quoted(twice)} twice.")

    def filled(self, cells: Sequence[str]) -> list[str]:
        """Cells of a row that a spreadsheet ends where nothing more is in it."""
        return [*cells, *[""] * (len(self.header) - len(cells))]

    def row(self, where: str, cells: Sequence[str]) -> Row | None:
        """The row of some cells, or nothing where they are all empty."""
        if not any(cell.strip() for cell in cells):
            return None
        beyond, missing = cells[len(self.header) :], len(self.header) - len(cells)
        if any(cell.strip() for cell in beyond) or any(self.header[len(cells) :] if missing > 0 else ()):
            return Row(where, self._fields(cells), "It has more or fewer cells than the first row.")
        return Row(where, self._fields(cells))

    def _fields(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells by column; a column without a name counts where something is in it."""
        named = zip(self.header, cells, strict=False)
        return {
            name or f"column {number}": cell
            for number, (name, cell) in enumerate(named, start=1)
            if name or cell.strip()
        }
