"""What a reader may ask of the list, checked by django-filter; nothing understood is lost to what is not."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.text import Truncator

from questions import facets
from questions.facets import Chosen, Cube
from questions.models import Question, Taxon
from questions.paging import ORDERS, RELEVANCE, Order, buckets, page_ids
from questions.querysets import QuestionQuerySet
from questions.search.results import CAP, Search
from questions.search.snippets import Match, match_in
from questions.taxa import categories, level_positions, levels, technologies

PAGE_SIZE = 15
DIFFICULTIES = range(1, 11)
TAXA = ("technology", "level", "category")
BOUNDS = {"difficulty_min": "or more", "difficulty_max": "or less"}
FILTERS = ("q", *TAXA, *BOUNDS)
NOTICES = {
    "q": "The search text “{}” cannot be used: at most 200 characters fit.",
    "technology": "There is no technology “{}”.",
    "level": "There is no level “{}”.",
    "category": "There is no category “{}”.",
    "difficulty_min": "“{}” is not a difficulty from 1 to 10.",
    "difficulty_max": "“{}” is not a difficulty from 1 to 10.",
    "sort": "There is no order “{}”.",
    "page": "There is no page “{}”.",
    "answers": "Answers are “on” or “off”, not “{}”.",
}

Pair = tuple[str, str]


class TaxaField(forms.MultipleChoiceField):
    """Slugs in, taxa out. A slug that names none is kept in `unknown` instead of failing those that do."""

    def __init__(self, known: Callable[[], Sequence[Taxon]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known
        self.unknown: list[str] = []

    @property
    def taxa(self) -> Sequence[Taxon]:
        return self.known()

    def clean(self, value: Any) -> list[Taxon]:
        slugs = dict.fromkeys(value or ())
        self.unknown = [slug for slug in slugs if slug not in {taxon.slug for taxon in self.taxa}]
        return [taxon for taxon in self.taxa if taxon.slug in slugs]


class TaxaFilter(django_filters.Filter):
    field_class = TaxaField

    def filter(self, questions: QuestionQuerySet, taxa: list[Taxon]) -> QuestionQuerySet:
        return questions.filter(**{f"{self.field_name}__in": taxa}) if taxa else questions


class IntegerFilter(django_filters.Filter):
    field_class = forms.IntegerField


class Option(NamedTuple):
    """A choice that a filter offers, with the number of questions it would leave, if that can be known."""

    value: str
    label: str
    number: int | None
    checked: bool


class Active(NamedTuple):
    """A filter in force: its words, the list without it, and how many questions that list has."""

    label: str
    url_without: str
    number_without: int


class QuestionFilter(django_filters.FilterSet):
    """The questions a reader asked for, page by page, and everything the list says about them."""

    q = django_filters.CharFilter(method="found_by_text", max_length=200)
    technology = TaxaFilter(known=technologies)
    level = TaxaFilter(known=levels)
    category = TaxaFilter(known=categories)
    difficulty_min = IntegerFilter(field_name="difficulty", lookup_expr="gte", min_value=1, max_value=10)
    difficulty_max = IntegerFilter(field_name="difficulty", lookup_expr="lte", min_value=1, max_value=10)
    sort = django_filters.ChoiceFilter(
        choices=[(key, order.label) for key, order in {**RELEVANCE, **ORDERS}.items()], method="unchanged"
    )
    page = IntegerFilter(method="unchanged")

    def found_by_text(self, questions: QuestionQuerySet, name: str, text: str) -> QuestionQuerySet:
        return questions.filter(pk__in=self.search.ids(self.chosen())) if self.search else questions

    def unchanged(self, questions: QuestionQuerySet, name: str, value: object) -> QuestionQuerySet:
        return questions

    def value(self, name: str) -> Any:
        """What was understood of a parameter, or None."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name) or None

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
        """A sentence for each thing that was asked and not understood."""
        self.form.is_valid()
        wrong = [(name, self.data.get(name, "")) for name in self.form.errors]
        wrong += [(name, slug) for name in TAXA for slug in self.form.fields[name].unknown]
        return [NOTICES[name].format(Truncator(text.replace("\0", "�")).chars(40)) for name, text in wrong]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The filters in force as parameters, in one canonical order."""
        return [(name, text) for name in FILTERS for text in self._texts(name)]

    def _texts(self, name: str) -> list[str]:
        value = self.value(name)
        return [taxon.slug for taxon in value or ()] if name in TAXA else [str(value)] if value else []

    def chosen(self, without: Pair | None = None) -> Chosen:
        """The same as values for the cube, if need be without one of them; the search text is not among them."""
        chosen: dict[str, Any] = {}
        for name in TAXA:
            if taxa := [taxon.pk for taxon in self.value(name) or () if (name, taxon.slug) != without]:
                chosen[name] = set(taxa)
        pairs = dict(pair for pair in self.pairs if pair != without)
        if "difficulty_min" in pairs or "difficulty_max" in pairs:
            least, most = pairs.get("difficulty_min", DIFFICULTIES[0]), pairs.get("difficulty_max", DIFFICULTIES[-1])
            chosen["difficulty"] = range(int(least), int(most) + 1)
        return chosen

    def url(
        self, page: int = 1, without: Pair | None = None, name: str = "question_list", extra: Sequence[Pair] = ()
    ) -> str:
        """The canonical address of this list, of another of its pages or forms, or of the list without one filter."""
        pairs = [pair for pair in self.pairs if pair != without]
        pairs += [("sort", self.sort_key)] if self.sort_key != self.default_sort_key else []
        pairs += [("page", str(page))] if page > 1 else []
        pairs += extra
        return reverse(name) + (f"?{urlencode(pairs)}" if pairs else "")

    @cached_property
    def bank(self) -> Cube:
        """Everything published."""
        return facets.bank()

    @property
    def total(self) -> int:
        return self.bank.total()

    @cached_property
    def found(self) -> Cube:
        """What the search text leaves, before the other filters."""
        return self.search.cube if self.search else self.bank

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

    def _number(self, count: int) -> int | None:
        return count if not self.search or self.search.is_complete else None

    def taxonomies(self) -> Iterator[tuple[str, list[Option]]]:
        """Each taxonomy's parameter and options."""
        for name in TAXA:
            counts = self.found.counts(name, self.chosen())
            checked = self.value(name) or ()
            taxa = self.form.fields[name].taxa
            yield (
                name,
                [Option(taxon.slug, taxon.name, self._number(counts[taxon.pk]), taxon in checked) for taxon in taxa],
            )

    def difficulties(self) -> Iterator[tuple[str, list[Option]]]:
        """Each bound of the range of difficulty: its parameter and options."""
        counts = self.found.counts("difficulty", self.chosen())
        least, most = self.value("difficulty_min") or 1, self.value("difficulty_max") or 10
        for name, bound in BOUNDS.items():
            options = []
            for n in DIFFICULTIES:
                range_left = range(n, most + 1) if name == "difficulty_min" else range(least, n + 1)
                count = sum(counts[difficulty] for difficulty in range_left)
                options.append(Option(str(n), f"{n} {bound}", self._number(count), self.value(name) == n))
            yield name, options

    @cached_property
    def active(self) -> list[Active]:
        """The filters in force, in words."""
        names = {(name, taxon.slug): taxon.name for name in TAXA for taxon in self.value(name) or ()}
        names |= {("q", text): f"“{text}”" for text in [self.value("q")] if text}
        names |= {(name, str(n)): f"Difficulty {n} {BOUNDS[name]}" for name in BOUNDS if (n := self.value(name))}
        return [Active(names[pair], self.url(without=pair), self._count_without(pair)) for pair in self.pairs]

    def _count_without(self, pair: Pair) -> int:
        return (self.bank if pair[0] == "q" else self.found).count(self.chosen(without=pair))

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
        """The questions of the page, each with where the search text stands in it."""
        query = self.search.query if self.search else None
        return [(question, match_in(question, query) if query else None) for question in self.results]

    @cached_property
    def results(self) -> Page[Question]:
        """The page of the list."""
        return self.page_of(self.queryset.for_list(), PAGE_SIZE)

    def page_links(self) -> list[tuple[int | None, str]]:
        """Page numbers with their addresses; None stands for pages left out."""
        numbers = self.results.paginator.get_elided_page_range(self.results.number, on_each_side=2, on_ends=1)
        return [(n, self.url(page=n)) if isinstance(n, int) else (None, "") for n in numbers]

    def canonical_url(self) -> str:
        return self.url(page=self.results.number)
