"""What a list can be filtered by: each filter is one object, and everything else reads FILTERS.

Every filter is about one column of questions whose values are counted (`facets`), because a list knows its pages from
those counts. The search index carries the same columns, so a new one is indexed by `manage.py index_questions`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import django_filters
from django import forms
from django.db.models import Q

from questions.finding.former_slugs import current_slug
from questions.finding.taxa import categories, levels, technologies
from questions.models import Taxon

Pair = tuple[str, str]  # a parameter and its value, as they stand in an address
Counts = Mapping[int, int]  # the number of questions for each value of a column


class Option(NamedTuple):
    """A choice that a filter offers, with the number of questions it would leave, if that can be known."""

    value: str
    label: str
    number: int | None
    checked: bool


class Control(NamedTuple):
    """A parameter's options: check boxes, or with `prompt` a list to choose one from."""

    parameter: str
    options: list[Option]
    prompt: str = ""

    def uncounted(self) -> "Control":
        """The same where a search finds too many to count."""
        return self._replace(options=[option._replace(number=None) for option in self.options])


class Choice(NamedTuple):
    """One value of a column in words, and the parameters that ask for it."""

    label: str
    pairs: list[Pair]


@dataclass(frozen=True)
class ColumnFilter(ABC):
    """A filter on one column of questions.

    `pairs` are always those of this filter alone, understood already: parameters in force with their values.
    """

    column: str
    legend: str
    is_repeatable: ClassVar[bool] = False

    @property
    @abstractmethod
    def notices(self) -> Mapping[str, str]:
        """Each parameter's sentence on a value that is not understood."""

    @abstractmethod
    def fields(self) -> dict[str, django_filters.Filter]:
        """What django-filter is to check, by parameter."""

    @abstractmethod
    def pairs(self, cleaned: Mapping[str, Any]) -> list[Pair]:
        """The parameters in force, in one canonical order."""

    @abstractmethod
    def wanted(self, pairs: Sequence[Pair]) -> Collection[int]:
        """The column's values that fit."""

    @abstractmethod
    def label(self, pair: Pair) -> str:
        """A parameter in force, in words."""

    @abstractmethod
    def controls(self, pairs: Sequence[Pair], counts: Counts) -> list[Control]:
        """What the form offers."""

    @abstractmethod
    def choices(self) -> Mapping[int, Choice]:
        """What asks for one value alone, for each value that can be asked for, in order."""

    def condition(self, wanted: Collection[int]) -> Q:
        """The questions that fit."""
        return Q(**{f"{self.column}__in": wanted})


class TaxaField(forms.MultipleChoiceField):
    """Slugs in, slugs out: of a former slug the current one.

    One that names nothing is kept in `unknown` instead of failing those that do.
    """

    def __init__(self, taxonomy: str, known: Callable[[], Sequence[Taxon]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.taxonomy = taxonomy
        self.known = known
        self.unknown: list[str] = []

    @property
    def taxa(self) -> Sequence[Taxon]:
        return self.known()

    def clean(self, value: Any) -> list[str]:
        known = {taxon.slug for taxon in self.taxa}
        asked = [
            slug if slug in known else current_slug(self.taxonomy, slug, self.taxa)
            for slug in dict.fromkeys(value or ())
        ]
        self.unknown = [slug for slug in asked if slug not in known]
        return [taxon.slug for taxon in self.taxa if taxon.slug in asked]


class TaxaFormFilter(django_filters.Filter):
    field_class = TaxaField


class IntegerFormFilter(django_filters.Filter):
    field_class = forms.IntegerField


@dataclass(frozen=True)
class TaxonFilter(ColumnFilter):
    """Any of some technologies, levels or categories."""

    known: Callable[[], Sequence[Taxon]]
    is_repeatable: ClassVar[bool] = True

    @property
    def notices(self) -> Mapping[str, str]:
        return {self.column: f"There is no {self.column} “{{}}”."}

    def fields(self) -> dict[str, django_filters.Filter]:
        return {self.column: TaxaFormFilter(taxonomy=self.column, known=self.known)}

    def pairs(self, cleaned: Mapping[str, Any]) -> list[Pair]:
        return [(self.column, slug) for slug in cleaned.get(self.column) or ()]

    def wanted(self, pairs: Sequence[Pair]) -> Collection[int]:
        slugs = {slug for _, slug in pairs}
        return {taxon.pk for taxon in self.known() if taxon.slug in slugs}

    def label(self, pair: Pair) -> str:
        return next(taxon.name for taxon in self.known() if taxon.slug == pair[1])

    def controls(self, pairs: Sequence[Pair], counts: Counts) -> list[Control]:
        checked = {slug for _, slug in pairs}
        options = [
            Option(taxon.slug, taxon.name, counts.get(taxon.pk, 0), taxon.slug in checked) for taxon in self.known()
        ]
        return [Control(self.column, options)]

    def choices(self) -> Mapping[int, Choice]:
        return {taxon.pk: Choice(taxon.name, [(self.column, taxon.slug)]) for taxon in self.known()}


@dataclass(frozen=True)
class RangeFilter(ColumnFilter):
    """A least and a most."""

    values: range

    @property
    def words(self) -> Mapping[str, str]:
        return {f"{self.column}_min": "or more", f"{self.column}_max": "or less"}

    @property
    def notices(self) -> Mapping[str, str]:
        sentence = f"“{{}}” is not a {self.column} from {self.values[0]} to {self.values[-1]}."
        return dict.fromkeys(self.words, sentence)

    def fields(self) -> dict[str, django_filters.Filter]:
        limits = {"min_value": self.values[0], "max_value": self.values[-1]}
        return {parameter: IntegerFormFilter(**limits) for parameter in self.words}

    def pairs(self, cleaned: Mapping[str, Any]) -> list[Pair]:
        return [(parameter, str(number)) for parameter in self.words if (number := cleaned.get(parameter))]

    def wanted(self, pairs: Sequence[Pair]) -> Collection[int]:
        given = {parameter: int(text) for parameter, text in pairs}
        least, most = (given.get(parameter) for parameter in self.words)
        return range(least or self.values[0], (most or self.values[-1]) + 1)

    def label(self, pair: Pair) -> str:
        return f"{self.legend} {pair[1]} {self.words[pair[0]]}"

    def controls(self, pairs: Sequence[Pair], counts: Counts) -> list[Control]:
        given = dict(pairs)
        return [
            Control(parameter, [self._option(parameter, str(n), given, counts) for n in self.values], prompt)
            for parameter, prompt in zip(self.words, ("at least …", "at most …"), strict=True)
        ]

    def _option(self, parameter: str, bound: str, given: Mapping[str, str], counts: Counts) -> Option:
        """A bound, with the number of questions that it and the other bound would leave."""
        left = self.wanted(list({**given, parameter: bound}.items()))
        number = sum(counts.get(value, 0) for value in left)
        return Option(bound, f"{bound} {self.words[parameter]}", number, given.get(parameter) == bound)

    def choices(self) -> Mapping[int, Choice]:
        return {n: Choice(f"{self.legend} {n}", [(it, str(n)) for it in self.words]) for n in self.values}

    def condition(self, wanted: Collection[int]) -> Q:
        return Q(**{f"{self.column}__range": (min(wanted, default=1), max(wanted, default=0))})


@dataclass(frozen=True)
class FlagFilter(ColumnFilter):
    """Only questions of which something is true."""

    words: str

    @property
    def notices(self) -> Mapping[str, str]:
        return {self.column: f"{self.words}: “{{}}” is not “yes”."}

    def fields(self) -> dict[str, django_filters.Filter]:
        return {self.column: django_filters.ChoiceFilter(choices=[("yes", "yes")])}

    def pairs(self, cleaned: Mapping[str, Any]) -> list[Pair]:
        return [(self.column, "yes")] if cleaned.get(self.column) else []

    def wanted(self, pairs: Sequence[Pair]) -> Collection[int]:
        return {True}

    def label(self, pair: Pair) -> str:
        return self.words

    def controls(self, pairs: Sequence[Pair], counts: Counts) -> list[Control]:
        return [Control(self.column, [Option("yes", self.words, counts.get(True, 0), bool(pairs))])]

    def choices(self) -> Mapping[int, Choice]:
        return {True: Choice(self.words, [(self.column, "yes")])}


FILTERS: tuple[ColumnFilter, ...] = (
    TaxonFilter("technology", "Technology", technologies),
    TaxonFilter("level", "Level", levels),
    TaxonFilter("category", "Category", categories),
    RangeFilter("difficulty", "Difficulty", range(1, 11)),
    FlagFilter("has_code", "Content", "With code examples"),
)
COLUMNS = tuple(column_filter.column for column_filter in FILTERS)
REPEATABLE = tuple(column_filter.column for column_filter in FILTERS if column_filter.is_repeatable)
