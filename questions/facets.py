"""How many questions each filter would leave, all from one grouped count over the bank."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Count

from questions.content import once_a_version
from questions.models import Question
from questions.querysets import QuestionQuerySet

DIMENSIONS = ("technology", "category", "level", "difficulty")

# The values wanted a dimension: ids of taxa, or difficulties. A dimension that is not there is not filtered.
Chosen = Mapping[str, Collection[int]]


class Cube(Counter[tuple[int, ...]]):
    """The number of questions in each cell, a cell being one value for each of DIMENSIONS.

    It has as many cells as there are different combinations in use, whatever the number of questions.
    """

    @classmethod
    def of(cls, questions: QuestionQuerySet) -> "Cube":
        """Count the questions, in one query."""
        rows = questions.order_by().values_list(*DIMENSIONS).annotate(n=Count("pk"))
        return cls({row[:-1]: row[-1] for row in rows})

    def count(self, chosen: Chosen) -> int:
        """The number of questions that fit every dimension chosen."""
        return self.within(chosen).total()

    def counts(self, dimension: str, chosen: Chosen) -> Counter[int]:
        """The number of questions for each value of a dimension, given what is chosen in the others."""
        others = {name: values for name, values in chosen.items() if name != dimension}
        axis = DIMENSIONS.index(dimension)
        counts: Counter[int] = Counter()
        for cell, n in self.within(others).items():
            counts[cell[axis]] += n
        return counts

    def within(self, chosen: Chosen) -> "Cube":
        """The cells that fit every dimension chosen."""
        axes = [(DIMENSIONS.index(name), values) for name, values in chosen.items()]
        return Cube({cell: n for cell, n in self.items() if all(cell[axis] in values for axis, values in axes)})


@once_a_version
def bank() -> Cube:
    """Every published question, counted once for each version of the content."""
    return Cube.of(Question.objects.published())
