"""A row of the bench's table."""

from typing import NamedTuple


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
