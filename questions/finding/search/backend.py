"""What search needs of a database: one module for each, which keeps this contract, and the one in use.

A third database is one module more, and its line in `BACKENDS`. Its SQL must know `INSERT … ON CONFLICT`.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from django.db import connection
from django.db.models import Q

from questions.database_objects import DatabaseObject
from questions.finding.search import postgres, sqlite
from questions.finding.search.query import Query


class Backend(Protocol):
    """The functions of such a module."""

    def objects(self) -> list[DatabaseObject]:
        """Return what it adds to the tables of `questions.models`, in the order of creation.

        Whatever writes to those tables, also past Django, must be found at once.
        """

    def find(
        self,
        query: Query,
        facets: Collection[Sequence[str]],
        limit: int,
        title_only: bool = False,
        at_least: int = 0,
    ) -> dict[int, str]:
        """Return at most `limit` questions: the facets of each, such as `xa1 xb2 xc4`, by its id.

        Each has a phrase of every positive clause of the query in its title, answer or body, or in the title alone;
        no phrase of a negative clause anywhere; and one facet of each group. No word of a text counts as a facet.
        `at_least` questions fit: where that is known to be many, there may be a quicker way to some of them.
        """

    def starts_with(self, field: str, prefix: str) -> Q:
        """Return the condition that a field begins with a text, in a form that uses the field's index."""


BACKENDS: dict[str, Backend] = {"sqlite": sqlite, "postgresql": postgres}

_in_use = BACKENDS[connection.vendor]
objects, find, starts_with = _in_use.objects, _in_use.find, _in_use.starts_with

__all__ = ["BACKENDS", "Backend", "find", "objects", "starts_with"]
