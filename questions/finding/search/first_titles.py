"""The titles of the first questions, kept in memory: where many questions have what is looked for, some of these do.

PostgreSQL's index gives all that fit, a million for a common word, before the first of them is read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from questions.finding.search.query import Query
from questions.models import SearchDocument
from questions.version import once_a_version

NUMBER = 4_000  # of titles; they take up to 5 MB


class FirstTitles:
    """The first titles and facets, and which of them have which words."""

    def __init__(self, documents: Iterable[tuple[int, str, str]]) -> None:
        self.texts: dict[int, tuple[str, str]] = {}
        self.having = defaultdict[str, list[int]](list)  # Sets would take three times the memory.
        for pk, title, facets in documents:
            self.texts[pk] = f" {title} ", f" {facets} "
            for word in title.split():
                self.having[word].append(pk)

    def find(self, query: Query, facets: Collection[Sequence[str]], limit: int) -> dict[int, str]:
        """The facets of those that have a phrase of each positive clause and a facet of each group, by their ids."""
        found = set.intersection(*(set().union(*map(self._with, clause.phrases)) for clause in query.positive))
        fitting = (pk for pk in sorted(found) if all(_has_any(self.texts[pk][1], group) for group in facets))
        return {pk: self.texts[pk][1].strip() for pk in islice(fitting, limit)}

    def _with(self, phrase: Sequence[str]) -> set[int]:
        having = set.intersection(*(set(self.having.get(word, ())) for word in phrase))
        return having if len(phrase) == 1 else {pk for pk in having if _has_any(self.texts[pk][0], [" ".join(phrase)])}


def _has_any(text: str, parts: Iterable[str]) -> bool:
    return any(f" {part} " in text for part in parts)


@once_a_version
def first_titles() -> FirstTitles:
    """Those of the content as it is now."""
    return FirstTitles(SearchDocument.objects.order_by("pk").values_list("pk", "title", "facets")[:NUMBER])
