"""A search: what it found, how many of it, and in which order."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from questions.finding.facets import Chosen, Cube
from questions.finding.search.analysis import normalise
from questions.finding.search.backend import find
from questions.finding.search.documents import cell, facet
from questions.finding.search.query import Query
from questions.finding.search.ranking import MAX_SCORED, ranked
from questions.finding.search.spelling import corrected

# The questions that one search counts and shows. A search that finds more says so, and asks for another word.
CAP = 10_000


class Search:
    """What a text finds. Nothing is asked of the database before it is needed, and nothing twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.query = Query.parse(text)
        self.replaced: Mapping[str, str] = {}
        self._ids: dict[str, list[int]] = {}
        if self.query.positive and not self.found:
            better, replaced = corrected(self.query)
            if replaced and find(better, (), 1):
                self.query, self.replaced = better, replaced
                del self.found

    @property
    def corrected(self) -> str:
        """The text with the mistyped words replaced."""
        return " ".join(self.replaced.get(word, word) for word in normalise(self.text).split())

    @cached_property
    def found(self) -> dict[int, str]:
        """The ids of all that fits the text, whatever the filters, with their facets; at most CAP + 1."""
        return find(self.query, (), CAP + 1) if self.query.positive else {}

    @property
    def is_complete(self) -> bool:
        """Whether everything that was found can be counted."""
        return len(self.found) <= CAP

    @cached_property
    def cube(self) -> Cube:
        """The number of finds in each cell; empty when there are too many to count."""
        numbers = Counter(self.found.values()) if self.is_complete else {}
        return Cube({cell(facets): number for facets, number in numbers.items()})

    def ids(self, chosen: Chosen) -> list[int]:
        """The ids of what fits the text and the filters, best first."""
        key = repr(sorted(chosen.items()))
        if key not in self._ids:
            self._ids[key] = self._ranked(chosen)
        return self._ids[key]

    def _ranked(self, chosen: Chosen) -> list[int]:
        found = self._within(chosen)
        if len(found) <= MAX_SCORED:
            return ranked(self.query, found)
        in_title = find(self.query, self._groups(chosen), MAX_SCORED, title_only=True)
        best = ranked(self.query, list(dict.fromkeys([*in_title, *found]))[:MAX_SCORED])
        return list(dict.fromkeys([*best, *found]))

    def _within(self, chosen: Chosen) -> list[int]:
        if not chosen:
            return list(self.found)[:CAP]
        if not self.is_complete:
            return list(find(self.query, self._groups(chosen), CAP))
        fitting = self.cube.within(chosen)
        return [pk for pk, facets in self.found.items() if cell(facets) in fitting]

    def _groups(self, chosen: Chosen) -> list[list[str]]:
        return [[facet(name, value) for value in values] for name, values in chosen.items()]
