"""Which parameters of a test are tried on which database."""

from collections.abc import Iterable
from typing import Any

import pytest


def first_on_both(values: Iterable[Any]) -> list[Any]:
    """Parameters of which the first is tried on both databases; the others, with the same queries, on SQLite alone."""
    first, *others = values
    return [first, *(pytest.param(value, marks=pytest.mark.one_database) for value in others)]
