"""A row of the bench's table."""

from typing import NamedTuple

MARKS = {True: "met", False: "NOT MET", None: ""}


class Row(NamedTuple):
    """What was measured, in which unit, and the bound it must keep, if there is one."""

    what: str
    measured: float
    unit: str = "ms"
    at_most: float | None = None
    at_least: float | None = None
    detail: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.at_most is not None:
            return self.measured <= self.at_most
        return self.measured >= self.at_least if self.at_least is not None else None


def show(row: Row) -> None:
    """Print it, as soon as it is known."""
    target = f"≤ {row.at_most:g}" if row.at_most is not None else f"≥ {row.at_least:g}" if row.at_least else ""
    digits = 2 if row.measured < 10 else 0
    measured = f"{row.measured:,.{digits}f} {row.unit}"
    print(f"{row.what:<58} {measured:>12} {target:>10}  {MARKS[row.is_met]:8} {row.detail}", flush=True)
