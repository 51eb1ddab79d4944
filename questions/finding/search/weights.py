"""What each word of a query says of what is meant: the fewer questions have it, the more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log
from typing import Self

from questions.finding.facets import all_public
from questions.finding.search.analysis import analyse
from questions.finding.search.counts import documents_with
from questions.finding.search.query import Clause, Phrase, Query


@dataclass(frozen=True)
class WeightedQuery:
    """A query, and how many questions have each of its words. Other words that no question has are left out.

    Two neighbours are also what they make when they are written together, where some question has that: `fast api`.
    """

    query: Query
    documents: Mapping[str, int]

    @classmethod
    def of(cls, query: Query) -> Self:
        together = dict(_together(query))
        documents = documents_with({*_terms(query), *together.values()})
        also: dict[Clause, list[Phrase]] = {}
        for pair, word in together.items():
            if word in documents:
                for clause in pair:
                    also.setdefault(clause, []).append((word,))
        clauses = (_known(clause.also(also.get(clause, ())), documents) for clause in query.clauses)
        return cls(Query(tuple(clauses)), documents)

    def frequency(self, phrase: Phrase) -> int:
        """The number of questions that have all words of a phrase, or somewhat more."""
        return _frequency(phrase, self.documents)

    def is_known(self, clause: Clause) -> bool:
        """Whether some question has what was typed, or another word for it."""
        return any(map(self.frequency, clause.phrases))

    @cached_property
    def weights(self) -> dict[Clause, float]:
        """Inverse document frequencies of the positive clauses; what no question has weighs as its rarest synonym."""
        return {clause: self._weight(clause) for clause in self.query.positive}

    def _weight(self, clause: Clause) -> float:
        typed, others = max(map(self.frequency, clause.spellings)), map(self.frequency, clause.others)
        having, total = typed or min(others, default=0), all_public().total()
        return log(1 + (max(total - having, 0) + 0.5) / (having + 0.5))


def _together(query: Query) -> Iterable[tuple[tuple[Clause, Clause], str]]:
    for one, other in pairwise(query.clauses):
        if one.typed and other.typed and (word := f"{one.typed}{other.typed}").isalpha():
            for joined in analyse(word).words:
                yield (one, other), joined


def _terms(query: Query) -> set[str]:
    return {term for clause in query.positive for phrase in clause.phrases for term in phrase}


def _known(clause: Clause, documents: Mapping[str, int]) -> Clause:
    return replace(clause, others=tuple(it for it in clause.others if _frequency(it, documents)))


def _frequency(phrase: Phrase, documents: Mapping[str, int]) -> int:
    return min(documents.get(term, 0) for term in phrase)
