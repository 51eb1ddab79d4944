"""What the bank covers: its counters, and a table of technologies and levels."""

from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.urls import reverse

from questions.facets import Cube, bank
from questions.models import Level, Technology
from questions.taxa import levels, technologies


class Cell(NamedTuple):
    """A number of questions, and the list of just those."""

    number: int
    url: str


@dataclass(frozen=True)
class Coverage:
    """The number of questions for each technology and level."""

    cube: Cube
    technologies: list[Technology]
    levels: list[Level]

    @classmethod
    def of_bank(cls) -> Self:
        """Of everything published."""
        return cls(bank(), technologies(), levels())

    @property
    def total(self) -> int:
        return self.cube.total()

    def rows(self) -> list[tuple[Technology, list[Cell], Cell]]:
        """A technology, its cells in order of level, and its sum."""
        return [
            (technology, [self._cell(technology, level) for level in self.levels], self._cell(technology))
            for technology in self.technologies
        ]

    def sums(self) -> list[Cell]:
        """The sum of each level."""
        return [self._cell(level=level) for level in self.levels]

    def _cell(self, technology: Technology | None = None, level: Level | None = None) -> Cell:
        taxa = {name: taxon for name, taxon in (("technology", technology), ("level", level)) if taxon}
        count = self.cube.count({name: {taxon.pk} for name, taxon in taxa.items()})
        query = urlencode({name: taxon.slug for name, taxon in taxa.items()})
        return Cell(count, f"{reverse('question_list')}?{query}")
