"""What of the bank the map draws: the list's filters, at an address of their own."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import Q

from questions.finding.filters import Pair
from questions.finding.paging import ORDERS, Bucket, buckets
from questions.finding.question_filter import QuestionFilter
from questions.follow_ups.map import Drawing, draw
from questions.models import FollowUp, Question
from questions.querysets import QuestionQuerySet

MOST_NODES = 200


class MapFilter(QuestionFilter):
    """The questions a reader asked for, as a drawing; it has neither an order to choose nor pages."""

    sort = None
    page = None  # type: ignore[assignment]  # How django-filter takes a filter away.

    def url(self, page: int = 1, without: Pair | None = None, name: str = "map", extra: Sequence[Pair] = ()) -> str:
        """The canonical address of this map, or of the map without one filter."""
        return super().url(page, without, name, extra)

    def orders(self) -> list[tuple[str, str]]:
        return []

    @cached_property
    def drawing(self) -> Drawing:
        """The first 200 by level and difficulty, or the 200 that match a search best, and the follow-ups among them."""
        questions = self._best() if self.search else self._first()
        return draw(questions, FollowUp.objects.between(questions))

    def _best(self) -> list[Question]:
        return list(self.queryset.titles().filter(pk__in=self.ids(0, MOST_NODES)))

    def _first(self) -> list[Question]:
        positions = {level.pk: level.position for level in self.form.fields["level"].taxa}
        ordered = buckets(self.found.within(self.chosen()), ORDERS["level"], positions)
        return first_of(self.qs.titles(), ordered, MOST_NODES)


def first_of(questions: QuestionQuerySet, ordered: Iterable[Bucket], most: int) -> list[Question]:
    """The first of an order, in two queries: whole buckets while they fit, and of the next as many as are left."""
    fitting, rest = Q(pk=None), questions.none()
    for bucket in ordered:
        if bucket.number > most:
            rest = questions.filter(**bucket.values).order_by("code")[:most]
            break
        fitting |= Q(**bucket.values)
        most -= bucket.number
    return [*questions.filter(fitting), *rest]
