"""The rows of a table whose first row says what its columns are called."""

from collections.abc import Sequence

from questions.exchange.rows import FileError, Row, quoted, repeated


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
