"""What the bank covers: its counters, and a table of technologies and levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.urls import reverse

from questions.finding.facets import all_public
from questions.finding.taxa import levels, technologies
from questions.models import Level, Technology


class Tally(NamedTuple):
    """A number of questions, and the list of just those."""

    number: int
    url: str


@dataclass(frozen=True)
class Coverage:
    """The number of questions for each technology and level."""

    numbers: Mapping[tuple[int, ...], int]
    technologies: list[Technology]
    levels: list[Level]

    @classmethod
    def of_bank(cls) -> Self:
        """Of everything published."""
        return cls(all_public().along("technology", "level"), technologies(), levels())

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    def rows(self) -> list[tuple[Technology, list[Tally], Tally]]:
        """A technology, its tallies in order of level, and its sum."""
        return [
            (technology, [self._tally(technology, level) for level in self.levels], self._tally(technology))
            for technology in self.technologies
        ]

    def sums(self) -> list[Tally]:
        """The sum of each level."""
        return [self._tally(level=level) for level in self.levels]

    def _tally(self, technology: Technology | None = None, level: Level | None = None) -> Tally:
        taxa = {name: taxon for name, taxon in (("technology", technology), ("level", level)) if taxon}
        number = sum(
            number
            for (technology_id, level_id), number in self.numbers.items()
            if (not technology or technology.pk == technology_id) and (not level or level.pk == level_id)
        )
        query = urlencode({name: taxon.slug for name, taxon in taxa.items()})
        return Tally(number, f"{reverse('question_list')}?{query}")
