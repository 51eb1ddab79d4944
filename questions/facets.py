"""How many questions each filter would leave, all from one grouped count over the bank."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db.models import Count

from questions.content import once_a_version
from questions.models import Question
from questions.querysets import QuestionQuerySet

DIMENSIONS = ("technology", "category", "level", "difficulty")

MOST_SUMS = 2_000  # that a cube keeps, each of some values

# The values wanted a dimension: ids of taxa, or difficulties. A dimension that is not there is not filtered.
Chosen = Mapping[str, Collection[int]]


class Cube(Counter[tuple[int, ...]]):
    """The number of questions in each cell, a cell being one value for each of DIMENSIONS.

    It has as many cells as there are different combinations in use, whatever the number of questions; there can be
    thousands, so what was added up once is kept. A cube does not change after it is made.
    """

    def __init__(self, cells: Any = ()) -> None:
        super().__init__(cells)
        self._sums: dict[Any, Counter[Any]] = {}

    @classmethod
    def of(cls, questions: QuestionQuerySet) -> "Cube":
        """Count the questions, in one query."""
        rows = questions.order_by().values_list(*DIMENSIONS).annotate(n=Count("pk"))
        return cls({row[:-1]: row[-1] for row in rows})

    def count(self, chosen: Chosen) -> int:
        """The number of questions that fit every dimension chosen."""
        return self._sum((), chosen)[()]

    def counts(self, dimension: str, chosen: Chosen) -> Counter[Any]:
        """The number of questions for each value of a dimension, given what is chosen in the others."""
        others = {name: values for name, values in chosen.items() if name != dimension}
        return self._sum((dimension,), others)

    def within(self, chosen: Chosen) -> "Cube":
        """The cells that fit every dimension chosen."""
        if not chosen:
            return self
        axes = [(DIMENSIONS.index(name), values) for name, values in chosen.items()]
        return Cube({cell: n for cell, n in self.items() if all(cell[axis] in values for axis, values in axes)})

    def along(self, *dimensions: str) -> Counter[Any]:
        """The number of questions for each value of a dimension, or combination of values of several."""
        return self._sum(dimensions, {})

    def _sum(self, dimensions: Sequence[str], chosen: Chosen) -> Counter[Any]:
        key = (tuple(dimensions), tuple((name, tuple(sorted(values))) for name, values in sorted(chosen.items())))
        if key not in self._sums:
            if len(self._sums) >= MOST_SUMS:
                self._sums.clear()
            self._sums[key] = self.within(chosen)._add_up(dimensions)
        return self._sums[key]

    def _add_up(self, dimensions: Sequence[str]) -> Counter[Any]:
        wanted = itemgetter(*map(DIMENSIONS.index, dimensions)) if dimensions else lambda cell: ()
        sums: Counter[Any] = Counter()
        for cell, n in self.items():
            sums[wanted(cell)] += n
        return sums


@once_a_version
def bank() -> Cube:
    """Every published question, counted once for each version of the content."""
    return Cube.of(Question.objects.published())
