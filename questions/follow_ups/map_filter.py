"""What of the bank the map draws: the list's filters, at an address of their own."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

from questions.finding.filters import FILTERS, ColumnFilter, Pair
from questions.finding.question_filter import QuestionFilter
from questions.follow_ups.map import Drawing, draw
from questions.follow_ups.topics import Overview, Topic, draw_topics
from questions.models import FollowUp, Question

MOST_NODES = 200
MOST_COLUMNS = 12
DIVISIONS = [
    next(each for each in FILTERS if each.column == it) for it in ("technology", "category", "level", "difficulty")
]


class Siblings(NamedTuple):
    """The topics beside the one that is shown, which is the one without an address, and the map of all of them."""

    legend: str
    topics: list[Topic]
    url_of_all: str


class MapFilter(QuestionFilter):
    """The questions a reader asked for, as a drawing: of themselves or, where they are too many, of their topics.

    It has no order to choose. It has pages only where too many questions have everything in common.
    """

    sort = None

    def url(self, page: int = 1, without: Pair | None = None, name: str = "map", extra: Sequence[Pair] = ()) -> str:
        """The canonical address of this map, or of the map without one filter."""
        return super().url(page, without, name, extra)

    def orders(self) -> list[tuple[str, str]]:
        return []

    @cached_property
    def division(self) -> ColumnFilter | None:
        """What topics the questions are divided by, if they are too many for one drawing and have different ones."""
        columns = len(self._numbers("technology"))
        if self.count <= MOST_NODES and columns <= MOST_COLUMNS:
            return None
        divided = (each for each in DIVISIONS if len(self._numbers(each.column)) > 1)
        return next(divided, None) if self.counts_all else None

    def _numbers(self, column: str) -> dict[int, int]:
        found = self.found.within(self.chosen()).along(column)
        return {value: number for (value,), number in found.items()}

    @cached_property
    def overview(self) -> Overview | None:
        """The topics, where the questions are divided."""
        if not self.division:
            return None
        column = self.division.column
        topics = list(self._topics(self.division, self._numbers(column)))
        links = FollowUp.objects.across(dict(self.qs.order_by().values_list("pk", column)))
        return draw_topics(topics, {(str(source), str(target)): n for (source, target), n in links.items()})

    def _topics(self, each: ColumnFilter, numbers: dict[int, int]) -> Iterator[Topic]:
        for value, (label, pairs) in each.choices().items():
            if value in numbers:
                yield Topic(str(value), label, numbers[value], self._url_with(each, pairs))

    def _url_with(self, each: ColumnFilter, pairs: Sequence[Pair]) -> str:
        """The map with other parameters of one filter."""
        others = [pair for pair in self.pairs if pair[0] == "q"]
        for column_filter in FILTERS:
            others += pairs if column_filter is each else self._pairs_of(column_filter)
        return reverse("map") + (f"?{urlencode(others)}" if others else "")

    @cached_property
    def siblings(self) -> Siblings | None:
        """The topics beside the narrowest that the reader has chosen."""
        chosen = self.chosen()
        for each in reversed(DIVISIONS):
            numbers = self.found.counts(each.column, chosen)
            if len(chosen.get(each.column, ())) == 1 and len(numbers) > 1:
                [own] = chosen[each.column]
                topics = [it._replace(url="") if it.key == str(own) else it for it in self._topics(each, numbers)]
                return Siblings(each.legend, topics, self._url_with(each, []))
        return None

    @cached_property
    def drawing(self) -> Drawing:
        """All questions, or those of the page, with the follow-ups among them."""
        questions = list(self.results if self.is_paged else self.qs.titles())
        return draw(questions, FollowUp.objects.between(questions))

    @property
    def is_paged(self) -> bool:
        return self.count > MOST_NODES

    @cached_property
    def results(self) -> Page[Question]:
        return self.page_of(self.queryset.titles(), MOST_NODES)

    def canonical_url(self) -> str:
        return super().canonical_url() if self.is_paged and not self.division else self.url_without_text()
