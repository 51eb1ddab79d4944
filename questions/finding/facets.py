"""How many questions each filter would leave, all from one grouped count over the bank."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Count

from questions.finding.filters import COLUMNS
from questions.models import Question
from questions.querysets import QuestionQuerySet
from questions.version import once_a_version

MOST_SUMS = 2_000  # that a cube keeps, each of some values

Cell = tuple[int, ...]  # one value for each of COLUMNS: an id of a taxon, a difficulty, a truth value
Chosen = Mapping[str, Collection[int]]  # the values wanted of a column; one that is not there is not filtered


def values_of(cell: Cell) -> dict[str, int]:
    """A cell's values by column."""
    return dict(zip(COLUMNS, cell, strict=True))


class Cube(Counter[Cell]):
    """The number of questions in each cell.

    It has as many cells as there are different combinations in use, whatever the number of questions; there can be
    thousands, so what was added up once is kept. A cube does not change after it is made.
    """

    def __init__(self, cells: Any = ()) -> None:
        super().__init__(cells)
        self._sums: dict[Any, Counter[Cell]] = {}

    @classmethod
    def of(cls, questions: QuestionQuerySet) -> "Cube":
        """Count the questions, in one query."""
        rows = questions.order_by().values_list(*COLUMNS).annotate(n=Count("pk"))
        return cls({row[:-1]: row[-1] for row in rows})

    def count(self, chosen: Chosen) -> int:
        """The number of questions that fit every column chosen."""
        return self._sum((), chosen)[()]

    def counts(self, column: str, chosen: Chosen) -> dict[int, int]:
        """The number of questions for each value of a column, given what is chosen in the others."""
        others = {name: values for name, values in chosen.items() if name != column}
        return {value: number for (value,), number in self._sum((column,), others).items()}

    def within(self, chosen: Chosen) -> "Cube":
        """The cells that fit every column chosen."""
        if not chosen:
            return self
        axes = [(COLUMNS.index(name), values) for name, values in chosen.items()]
        return Cube({cell: n for cell, n in self.items() if all(cell[axis] in values for axis, values in axes)})

    def along(self, *columns: str) -> Counter[Cell]:
        """The number of questions for each combination of the values of some columns."""
        return self._sum(columns, {})

    def _sum(self, columns: Sequence[str], chosen: Chosen) -> Counter[Cell]:
        key = (tuple(columns), tuple((name, tuple(sorted(values))) for name, values in sorted(chosen.items())))
        if key not in self._sums:
            if len(self._sums) >= MOST_SUMS:
                self._sums.clear()
            self._sums[key] = self.within(chosen)._add_up(columns)
        return self._sums[key]

    def _add_up(self, columns: Sequence[str]) -> Counter[Cell]:
        if not columns:
            return Counter({(): self.total()})
        parts = zip(*(map(itemgetter(COLUMNS.index(name)), self) for name in columns), strict=True)
        sums = defaultdict[Cell, int](int)  # A counter's own way to add takes three times as long.
        for part, number in zip(parts, self.values(), strict=True):
            sums[part] += number
        return Counter(sums)


@once_a_version
def all_public() -> Cube:
    """Every question that readers see, counted once for each version of the content."""
    return Cube.of(Question.objects.public())
