"""What each word of a query says of what is meant: the fewer questions have it, the more."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log
from typing import Self

from questions.finding.facets import all_public
from questions.finding.search.analysis import MAX_LENGTH, analyse
from questions.finding.search.counts import documents_with
from questions.finding.search.languages import COMMON, marker, stem
from questions.finding.search.query import Clause, Phrase, Query
from questions.version import once_a_version


@dataclass(frozen=True)
class WeightedQuery:
    """A query, and how many questions have each of its words. Other words that no question has are left out.

    A word is also what it makes with its neighbour, `fast api`, and its stem in each language that questions have.
    """

    query: Query
    documents: Mapping[str, int]

    @classmethod
    def of(cls, query: Query) -> Self:
        also = _together(query)
        for clause in query.positive:
            also[clause] += [(stem,) for code in languages_in_use() for stem in _stems(clause, code)]
        clauses = [clause.also(also[clause]) for clause in query.clauses]
        documents = documents_with(term for clause in clauses for phrase in clause.phrases for term in phrase)
        return cls(Query(tuple(_known(clause, documents) for clause in clauses)), documents)

    def frequency(self, phrase: Phrase) -> int:
        """The number of questions that have all words of a phrase, or somewhat more."""
        return _frequency(phrase, self.documents)

    def said_by(self, phrase: Phrase) -> float:
        """The inverse document frequency of a phrase."""
        return self._idf(self.frequency(phrase))

    @property
    def at_least(self) -> int:
        """The number of questions that have all words, or somewhat less: all but those that lack one of them."""
        if self.query.negative:
            return 0
        words = (
            [self.documents.get(it[0], 0) for it in clause.phrases if len(it) == 1] for clause in self.query.positive
        )
        total = all_public().total()
        return max(total - sum(total - max(its, default=0) for its in words), 0)

    @property
    def as_typed(self) -> int:
        """The number of questions that have the rarest word as it was typed, or somewhat more."""
        return min(max(map(self.frequency, clause.spellings)) for clause in self.query.positive)

    def is_known(self, clause: Clause) -> bool:
        """Whether some question has what was typed, or another word for it."""
        return any(map(self.frequency, clause.phrases))

    @cached_property
    def weights(self) -> dict[Clause, float]:
        """Inverse document frequencies of the positive clauses; what no question has weighs as its rarest synonym."""
        return {clause: self._weight(clause) for clause in self.query.positive}

    def _weight(self, clause: Clause) -> float:
        typed, others = max(map(self.frequency, clause.spellings)), map(self.frequency, clause.others)
        return self._idf(typed or min(others, default=0))

    @staticmethod
    def _idf(having: int) -> float:
        return log(1 + (max(all_public().total() - having, 0) + 0.5) / (having + 0.5))


def _together(query: Query) -> defaultdict[Clause, list[Phrase]]:
    """What two neighbours make when they are written together, as other words for each of them."""
    found = defaultdict[Clause, list[Phrase]](list)
    for one, other in pairwise(query.clauses):
        word = f"{one.typed}{other.typed}"
        if one.typed and other.typed and word.isalnum() and len(word) <= MAX_LENGTH:
            found[one].append(analyse(word).words)
            found[other].append(analyse(word).words)
    return found


def _stems(clause: Clause, code: str) -> Iterator[str]:
    """The stem that a word has in a language; in its texts, parts of compounds are indexed, too."""
    if clause.typed and clause.typed.isascii() and clause.typed.isalpha():
        yield stem(clause.typed, code)


@once_a_version
def languages_in_use() -> tuple[str, ...]:
    """The languages other than English in which questions are written."""
    having = documents_with(map(marker, COMMON))
    return tuple(code for code in COMMON if marker(code) in having)


def _known(clause: Clause, documents: Mapping[str, int]) -> Clause:
    return replace(clause, others=tuple(it for it in clause.others if _frequency(it, documents)))


def _frequency(phrase: Phrase, documents: Mapping[str, int]) -> int:
    return min(documents.get(term, 0) for term in phrase)
