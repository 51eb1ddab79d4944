"""A balanced set of questions that fits a time: levels, technologies and categories alike, difficulty rising.

The same seed draws the same set of the same questions; another seed draws another.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from questions.finding.taxa import level_positions
from questions.practice.kits import Item
from questions.querysets import QuestionQuerySet

Cell = tuple[int, int, int]  # level, technology and category


class Candidate(NamedTuple):
    """A question that may be drawn."""

    code: str
    difficulty: int
    cell: Cell

    @property
    def weight(self) -> int:
        """Minutes that an answer of this difficulty takes, with what is asked next."""
        return 3 + self.difficulty // 2


def candidates(questions: QuestionQuerySet) -> list[Candidate]:
    """All that may be drawn of these questions."""
    rows = questions.order_by().values_list("code", "difficulty", "level", "technology", "category")
    return [
        Candidate(code, difficulty, (level, technology, category))
        for code, difficulty, level, technology, category in rows
    ]


def draw(
    found: Iterable[Candidate],
    minutes: int,
    number: int | None = None,
    seed: str = "",
    first: Callable[[str], int] = lambda code: 0,
) -> list[Item]:
    """Draw questions that fit the minutes, which they share; of equals those come first whose `first` is least."""
    chosen: list[Candidate] = []
    for candidate in _balanced(found, lambda it: (first(it.code), _rank(seed, it.code))):
        is_full = chosen and sum(it.weight for it in chosen) + candidate.weight > minutes
        if len(chosen) == min(number, minutes) if number else is_full:
            break
        chosen.append(candidate)
    positions = level_positions()
    chosen.sort(key=lambda it: (positions.get(it.cell[0], 0), it.difficulty, it.code))
    shares = share(minutes, [it.weight for it in chosen])
    return [Item(it.code, one) for it, one in zip(chosen, shares, strict=True)]


def share(minutes: int, weights: Collection[int]) -> list[int]:
    """Whole minutes in proportion to the weights, at least one each, that add up; none for nobody."""
    spare, total = minutes - len(weights), sum(weights) or 1
    exact = [spare * weight / total for weight in weights]
    shares = [1 + int(one) for one in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: int(exact[n]) - exact[n])
    for n in by_rest[: minutes - sum(shares)]:
        shares[n] += 1
    return shares


def _balanced(found: Iterable[Candidate], rank: Callable[[Candidate], object]) -> Iterator[Candidate]:
    """The candidates, always one of the cell next whose level, technology and category were drawn least."""
    cells: dict[Cell, list[Candidate]] = defaultdict(list)
    for candidate in sorted(found, key=rank, reverse=True):  # type: ignore[arg-type]
        cells[candidate.cell].append(candidate)
    drawn: list[Counter[int]] = [Counter(), Counter(), Counter()]
    while cells:
        cell = min(cells, key=lambda it: (*(n[value] for n, value in zip(drawn, it, strict=True)), rank(cells[it][-1])))
        yield cells[cell].pop()
        for counts, value in zip(drawn, cell, strict=True):
            counts[value] += 1
        if not cells[cell]:
            del cells[cell]


def _rank(seed: str, code: str) -> bytes:
    return sha256(f"{seed}\n{code}".encode()).digest()
