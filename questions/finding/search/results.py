"""A search: what it found, how many of it, and in which order."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from questions.finding.facets import Chosen, Cube
from questions.finding.search.analysis import normalise
from questions.finding.search.backend import find
from questions.finding.search.documents import cell, facet
from questions.finding.search.query import Query
from questions.finding.search.ranking import MAX_SCORED, Score, ranked, scored
from questions.finding.search.relaxing import ENOUGH, taken_apart, with_most_words
from questions.finding.search.spelling import corrected
from questions.finding.search.weights import WeightedQuery

# The questions that one search counts and shows. A search that finds more says so, and asks for another word.
CAP = 10_000
ALL_SCORED = 120  # finds, up to which all are scored: that takes some milliseconds
TYPED = 1_000  # questions with the rarest word as it was typed, up to which they are looked for beside its synonyms
# The least fit of the best find; below it, finds are said only to come near. Each word lowers it: no answer has every
# word of a long text.
NEAR, LESS_NEAR = 0.41, 0.012


class Search:
    """What a text finds. Nothing is asked of the database before it is needed, and nothing twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.weighted = WeightedQuery.of(Query.parse(text))
        self.replaced: Mapping[str, str] = {}
        self._ids: dict[str, list[int]] = {}
        if self.query.positive and not self.full:
            asked = self.weighted
            self.weighted, self.replaced = corrected(taken_apart(asked))
            if self.weighted is not asked:
                del self.full

    @property
    def query(self) -> Query:
        return self.weighted.query

    @property
    def corrected(self) -> str:
        """The text with the mistyped words replaced."""
        return " ".join(self.replaced.get(word, word) for word in normalise(self.text).split())

    @cached_property
    def full(self) -> dict[int, str]:
        """The ids of all that has every word, whatever the filters, with their facets; at most CAP + 1."""
        return find(self.query, (), CAP + 1, at_least=self.weighted.at_least) if self.query.positive else {}

    @cached_property
    def near(self) -> dict[int, tuple[str, Score]]:
        """Where few have every word, others that have most: each with its facets and score."""
        return with_most_words(self.weighted, self.full) if len(self.full) < ENOUGH else {}

    @cached_property
    def found(self) -> dict[int, str]:
        """What has every word and what has most of them, each with its facets."""
        return self.full | {pk: facets for pk, (facets, _) in self.near.items()}

    @cached_property
    def fits_badly(self) -> bool:
        """Whether not even the best of what is found fits well, so that it may be about something else."""
        best, words = self.ids({})[:1], len(self.query.positive)
        least = NEAR - LESS_NEAR * words
        return words > 1 and all(score.fit < least for score in scored(self.weighted, best).values())

    @property
    def is_vain(self) -> bool:
        """Whether nothing was found, or nothing that fits."""
        return not self.found or self.fits_badly

    @property
    def notices(self) -> list[str]:
        """What has to be said about what was found: that it is not just what was typed."""
        replaced = [f"No question has “{typed}”: “{word}” was searched for." for typed, word in self.replaced.items()]
        return [*replaced, self.relaxation] if self.relaxation else replaced

    @property
    def relaxation(self) -> str:
        """How far what was found is from all that was typed."""
        if self.found and self.fits_badly:
            return "No question seems to answer this; these come nearest."
        if not self.near:
            return ""
        if not self.full:
            return "No question has all of these words; these have most."
        having = "1 question has" if len(self.full) == 1 else f"{len(self.full)} questions have"
        return f"{having} all of these words; the others have most."

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
        if self.near:
            return self._mixed(found)
        if len(found) <= ALL_SCORED:
            return ranked(self.weighted, found)
        best = ranked(self.weighted, list(dict.fromkeys([*self._likeliest(chosen), *found]))[:MAX_SCORED])
        return list(dict.fromkeys([*best, *found]))

    def _likeliest(self, chosen: Chosen) -> list[int]:
        """What has the words in its title, then what has them as they were typed, where that is rare."""
        groups = self._groups(chosen)
        in_title = find(self.query, groups, MAX_SCORED, title_only=True)
        if not 0 < self.weighted.as_typed <= TYPED:
            return list(in_title)
        typed = find(self.query.as_typed, groups, MAX_SCORED)
        return [*list(in_title)[: MAX_SCORED - len(typed) // 2], *typed]

    def _mixed(self, found: list[int]) -> list[int]:
        """What has every word and what has most of them, ranked together."""
        scores = scored(self.weighted, [pk for pk in found if pk in self.full])
        scores |= {pk: score for pk, (_, score) in self.near.items()}
        return sorted(found, key=lambda pk: (-scores[pk].fit if pk in scores else 0, pk))

    def _within(self, chosen: Chosen) -> list[int]:
        if not chosen:
            return list(self.found)[:CAP]
        if not self.is_complete:
            return list(find(self.query, self._groups(chosen), CAP))
        fitting = self.cube.within(chosen)
        return [pk for pk, facets in self.found.items() if cell(facets) in fitting]

    def _groups(self, chosen: Chosen) -> list[list[str]]:
        return [[facet(name, value) for value in values] for name, values in chosen.items()]
