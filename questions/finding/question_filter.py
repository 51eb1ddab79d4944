"""What a reader may ask of the list, checked by django-filter; nothing understood is lost to what is not."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

import django_filters
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.text import Truncator

from questions.finding.facets import Chosen, Cube, all_public
from questions.finding.filters import FILTERS, REPEATABLE, ColumnFilter, Control, IntegerFormFilter, Option, Pair
from questions.finding.paging import ORDERS, RELEVANCE, Order, buckets, page_ids
from questions.finding.search.marking import Wanted
from questions.finding.search.results import CAP, Search
from questions.finding.search.snippets import Match
from questions.finding.taxa import level_positions
from questions.models import Question
from questions.querysets import QuestionQuerySet

PAGE_SIZE = 15
NOTICES = {
    "q": "The search text “{}” cannot be used: at most 200 characters fit.",
    "sort": "There is no order “{}”.",
    "page": "There is no page “{}”.",
    "answers": "Answers are “on” or “off”, not “{}”.",
} | {parameter: notice for each in FILTERS for parameter, notice in each.notices.items()}


class Active(NamedTuple):
    """A filter in force: its words, the list without it, and how many questions that list has."""

    label: str
    url_without: str
    number_without: int


class QuestionFilter(django_filters.FilterSet):
    """The questions a reader asked for, page by page, and everything the list says about them."""

    q = django_filters.CharFilter(max_length=200)
    sort = django_filters.ChoiceFilter(choices=[(key, order.label) for key, order in {**RELEVANCE, **ORDERS}.items()])
    page = IntegerFormFilter()

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """The declared ones, and those of FILTERS."""
        return super().get_filters() | {name: field for each in FILTERS for name, field in each.fields().items()}

    def filter_queryset(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        """The questions that fit the text and every filter; sort and page filter nothing."""
        chosen = self.chosen()
        if self.search:
            questions = questions.filter(pk__in=self.search.ids(chosen))
        return questions.filter(*(each.condition(chosen[each.column]) for each in FILTERS if each.column in chosen))

    def value(self, name: str) -> Any:
        """What was understood of a parameter, or None."""
        return self._understood.get(name) or None

    @property
    def _understood(self) -> dict[str, Any]:
        self.form.is_valid()
        return self.form.cleaned_data

    @cached_property
    def sort_key(self) -> str:
        asked = self.value("sort")
        return asked if asked in self.known_orders else self.default_sort_key

    @property
    def default_sort_key(self) -> str:
        return next(iter(self.known_orders))

    @property
    def known_orders(self) -> dict[str, Order]:
        """The orders that a reader may choose from, the default first."""
        if not self.search:
            return ORDERS
        return RELEVANCE | ORDERS if self.search.is_complete else RELEVANCE

    def orders(self) -> list[tuple[str, str]]:
        """Each order's key and label."""
        return [(key, order.label) for key, order in self.known_orders.items()]

    @cached_property
    def search(self) -> Search | None:
        """The search for the text, if there is one."""
        text = self.value("q")
        return Search(text) if text else None

    @cached_property
    def notices(self) -> list[str]:
        """What is not as it was asked for: what was not understood, and what a search made of its text."""
        return [*self.misunderstood, *(self.search.notices if self.search else ())]

    @cached_property
    def misunderstood(self) -> list[str]:
        """A sentence for each thing that was asked and not understood."""
        self.form.is_valid()
        wrong = [(name, self.data.get(name, "")) for name in self.form.errors]
        wrong += [(name, slug) for name in REPEATABLE for slug in self.form.fields[name].unknown]
        return [NOTICES[name].format(Truncator(text.replace("\0", "�")).chars(40)) for name, text in wrong]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The filters in force as parameters, in one canonical order."""
        text = self.value("q")
        return [
            *([("q", text)] if text else ()),
            *(pair for each in FILTERS for pair in each.pairs(self._understood)),
        ]

    def _pairs_of(self, column_filter: ColumnFilter, without: Pair | None = None) -> list[Pair]:
        return [pair for pair in column_filter.pairs(self._understood) if pair != without]

    def chosen(self, without: Pair | None = None) -> Chosen:
        """The same as values for the cube, if need be without one of them; the search text is not among them."""
        pairs = {each: self._pairs_of(each, without) for each in FILTERS}
        return {each.column: each.wanted(its) for each, its in pairs.items() if its}

    def url(
        self, page: int = 1, without: Pair | None = None, name: str = "question_list", extra: Sequence[Pair] = ()
    ) -> str:
        """The canonical address of this list, of another of its pages or forms, or of the list without one filter."""
        pairs = [pair for pair in self.pairs if pair != without]
        pairs += [("sort", self.sort_key)] if self.sort_key != self.default_sort_key else []
        pairs += [("page", str(page))] if page > 1 else []
        pairs += extra
        return reverse(name) + (f"?{urlencode(pairs)}" if pairs else "")

    @property
    def total(self) -> int:
        """The number of all questions that readers see."""
        return all_public().total()

    @cached_property
    def found(self) -> Cube:
        """What the search text leaves, before the other filters."""
        return self.search.cube if self.search else all_public()

    @cached_property
    def count(self) -> int:
        """The number of questions found; of a search that finds too many to count, those that can be shown."""
        if self.search and not self.search.is_complete:
            return len(self.search.ids(self.chosen()))
        return self.found.count(self.chosen())

    @property
    def is_exact(self) -> bool:
        """Whether `count` is all there is."""
        return not self.search or self.search.is_complete or self.count < CAP

    def groups(self) -> Iterator[tuple[str, list[Control]]]:
        """Each filter's legend and what the form offers for it."""
        for each in FILTERS:
            counts = self.found.counts(each.column, self.chosen())
            controls = each.controls(self._pairs_of(each), counts)
            yield each.legend, controls if self.counts_all else [control.uncounted() for control in controls]

    def options(self) -> Iterator[tuple[str, Option]]:
        """Every option that the form offers, with its parameter."""
        for _, controls in self.groups():
            yield from ((control.parameter, option) for control in controls for option in control.options)

    @property
    def counts_all(self) -> bool:
        """Whether there is a number for each option."""
        return not self.search or self.search.is_complete

    @cached_property
    def active(self) -> list[Active]:
        """The filters in force, in words."""
        labels = {pair: each.label(pair) for each in FILTERS for pair in self._pairs_of(each)}
        return [
            Active(labels.get(pair, f"“{pair[1]}”"), self.url(without=pair), self._count_without(pair))
            for pair in self.pairs
        ]

    @property
    def scope(self) -> list[tuple[Pair, str]]:
        """The filters in which is searched, as parameters and in words."""
        return [(pair, item.label) for pair, item in zip(self.pairs, self.active, strict=True) if pair[0] != "q"]

    def everything_url(self) -> str:
        """The address where the same is searched for without filters."""
        return reverse("question_list") + (f"?{urlencode({'q': self.value('q')})}" if self.search else "")

    def _count_without(self, pair: Pair) -> int:
        return (all_public() if pair[0] == "q" else self.found).count(self.chosen(without=pair))

    def most_helpful_removal(self) -> Active | None:
        """Of the filters in force, the one without which most questions are left."""
        return max(self.active, key=lambda item: item.number_without, default=None)

    def ordered(self) -> QuestionQuerySet:
        """Every question found, in the order asked for."""
        return self.qs.order_by(*self.known_orders[self.sort_key].fields)

    def page_of(self, questions: QuestionQuerySet, size: int) -> Page[Question]:
        """The page asked for, or the nearest there is."""
        paginator = Paginator(range(self.count), size)
        number = min(max(self.value("page") or 1, 1), paginator.num_pages)
        ids = self.ids((number - 1) * size, min(number * size, self.count))
        by_id = questions.order_by().in_bulk(ids)
        return Page([by_id[pk] for pk in ids if pk in by_id], number, paginator)  # type: ignore[arg-type]

    def ids(self, start: int, stop: int) -> list[int]:
        """The ids of the questions at these positions, in the order asked for."""
        if self.search and self.sort_key in RELEVANCE:
            return self.search.ids(self.chosen())[start:stop]
        order, cube = self.known_orders[self.sort_key], self.found.within(self.chosen())
        return page_ids(self.qs, buckets(cube, order, level_positions()), order.fields, start, stop)

    def cards(self) -> list[tuple[Question, Match | None]]:
        """The questions of the page, each with where the search text stands in each."""
        wanted = Wanted(self.search.weighted.weights) if self.search else None
        return [(question, Match.of(question, wanted) if wanted else None) for question in self.results]

    @cached_property
    def results(self) -> Page[Question]:
        """The page of the list."""
        return self.page_of(self.queryset.for_list(), PAGE_SIZE)

    def page_links(self) -> list[tuple[int | None, str]]:
        """Page numbers with their addresses; None stands for pages left out."""
        numbers = self.results.paginator.get_elided_page_range(self.results.number, on_each_side=2, on_ends=1)
        return [(n, self.url(page=n)) if isinstance(n, int) else (None, "") for n in numbers]

    def canonical_url(self) -> str:
        """What search engines are to know this page by; what visitors search for is not theirs to keep."""
        return self.url_without_text() if self.search else self.url(page=self.results.number)

    def url_without_text(self) -> str:
        """The first page of the list in which was searched."""
        return self.url(without=("q", self.value("q")))
