"""How well it goes, in numbers: what is weak, what comes, what was done, and whether the schedule is right."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import starmap
from typing import NamedTuple

from django.db.models import Avg, Case, Count, F, Q, Value, When

from questions.finding.taxa import levels, technologies
from questions.models import Learner, Question, Rating, Taxon
from questions.practice.log import today_of
from questions.practice.schedule import chance
from questions.practice.scope import scope_of
from questions.querysets import QuestionQuerySet

AHEAD = 30  # days
BACK = 371  # days: a year in whole weeks
MOST = 10  # lines of a table of what is missed most
BOUNDS = (0.7, 0.8, 0.85, 0.9, 0.95)  # of predicted recall, between which reviews are compared
ENOUGH = 10  # reviews that make a rate worth showing


class Cell(NamedTuple):
    """The expected recall of the questions of a technology and a level, those never asked counting as not known."""

    technology: Taxon
    level: Taxon
    percent: int
    asked: int
    total: int


class Row(NamedTuple):
    """As much of a card as progress shows: a learner may have thousands, too many for models."""

    code: str
    technology: int
    level: int
    stability: float | None
    difficulty: float | None
    rated_on: date | None
    due_on: date | None
    misses: int
    is_known: bool


class Band(NamedTuple):
    """Reviews whose predicted recall lay between two bounds, and how many of them were recalled."""

    predicted: int  # percent, their mean
    measured: int  # percent
    number: int


class Missed(NamedTuple):
    """What was missed, and how often."""

    words: str
    code: str
    number: int


@dataclass
class Progress:
    """What the pictures of a learner's progress show; each is a table, too."""

    learner: Learner

    @cached_property
    def day(self) -> date:
        return today_of(self.learner)

    @cached_property
    def scope(self) -> QuestionQuerySet:
        return scope_of(self.learner).order_by()

    @cached_property
    def cards(self) -> list[Row]:
        """What was rated of all that the learner practises."""
        cards = self.learner.cards.filter(count__gt=0, question__in=self.scope)
        named = {name: F(f"question__{name}") for name in ("code", "technology", "level")}
        return list(starmap(Row, cards.annotate(**named).values_list(*Row._fields)))

    @cached_property
    def by_day(self) -> Counter[date]:
        """The number of ratings that stand, on each day."""
        return Counter(dict(self.learner.events.ratings().order_by().values_list("day").annotate(Count("pk"))))

    @property
    def number(self) -> int:
        """The number of ratings that stand."""
        return self.by_day.total()

    @cached_property
    def cells(self) -> list[Cell]:
        """Expected recall by technology and level, weakest first."""
        counted = self.scope.values_list("technology", "level").annotate(Count("pk"))
        totals = Counter({(technology, level): number for technology, level, number in counted})
        chances: dict[tuple[int, int], list[float]] = defaultdict(list)
        for card in self.cards:
            chances[card.technology, card.level].append(chance(card, self.day))
        found = [
            Cell(
                technology, level, round(100 * sum(chances[key]) / max(totals[key], 1)), len(chances[key]), totals[key]
            )
            for technology in technologies()
            for level in levels()
            if totals[key := (technology.pk, level.pk)]
        ]
        return sorted(found, key=lambda cell: cell.percent)

    @cached_property
    def due(self) -> list[tuple[date, int]]:
        """The number of reviews due on each of the next days; what is overdue is due today."""
        numbers = Counter(max(card.due_on, self.day) for card in self.cards if card.due_on and not card.is_known)
        days = [self.day + timedelta(days=number) for number in range(AHEAD)]
        return [(day, numbers[day]) for day in days]

    @cached_property
    def year(self) -> list[tuple[date, int]]:
        """The number of ratings on each day of the past year, from a Monday on."""
        first = self.day - timedelta(days=BACK - 1)
        first -= timedelta(days=first.weekday())
        days = (first + timedelta(days=n) for n in range((self.day - first).days + 1))
        return [(day, self.by_day[day]) for day in days]

    @cached_property
    def bands(self) -> list[Band]:
        """Predicted against measured recall: each review, by what FSRS expected of it just before."""
        band = Case(*(When(predicted__lt=bound, then=Value(bound)) for bound in BOUNDS), default=Value(1.0))
        reviews = self.learner.events.ratings().filter(predicted__isnull=False).order_by().values(band=band)
        recalled = Count("pk", filter=Q(rating__gt=Rating.MISSED))
        found = reviews.annotate(expected=Avg("predicted"), recalled=recalled, number=Count("pk")).order_by("band")
        rows = found.filter(number__gte=ENOUGH).values_list("expected", "recalled", "number")
        return [Band(round(100 * expected), round(100 * right / number), number) for expected, right, number in rows]

    @cached_property
    def missed_questions(self) -> list[Missed]:
        """The questions that were missed most often."""
        cards = sorted((card for card in self.cards if card.misses), key=lambda card: -card.misses)[:MOST]
        titles = dict(Question.objects.filter(code__in=[it.code for it in cards]).values_list("code", "title"))
        return [Missed(titles[card.code], card.code, card.misses) for card in cards]

    @cached_property
    def mistakes(self) -> list[Missed]:
        """The mistakes that were ticked most often."""
        ticked = self.learner.events.ratings().exclude(mistakes=[]).order_by().values_list("question", "mistakes")
        made = Counter((question, words) for question, mistakes in ticked for words in mistakes)
        most = made.most_common(MOST)
        codes = dict(Question.objects.filter(pk__in=[pk for (pk, _), _ in most]).values_list("pk", "code"))
        return [Missed(words, codes.get(pk, ""), number) for (pk, words), number in most]
