"""How well it goes, in numbers: what is weak, what comes, what was done, and whether the schedule is right."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count

from questions.finding.taxa import levels, technologies
from questions.models import Card, Learner, Question, Rating, Taxon
from questions.practice.log import today_of
from questions.practice.schedule import chance
from questions.practice.scope import scope_of

AHEAD = 30  # days
BACK = 371  # days: a year in whole weeks
MOST = 10  # lines of a table of what is missed most
BANDS = ((0.0, 0.7), (0.7, 0.8), (0.8, 0.85), (0.85, 0.9), (0.9, 0.95), (0.95, 1.01))
ENOUGH = 10  # reviews that make a rate worth showing


class Cell(NamedTuple):
    """The expected recall of the questions of a technology and a level, those never asked counting as not known."""

    technology: Taxon
    level: Taxon
    percent: int
    asked: int
    total: int


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
    def cards(self) -> list[Card]:
        cards = self.learner.cards.filter(count__gt=0).select_related("question")
        return list(cards.only(*CARD_FIELDS))

    @cached_property
    def number(self) -> int:
        """The number of ratings that stand."""
        return self.learner.events.ratings().count()

    @cached_property
    def cells(self) -> list[Cell]:
        """Expected recall by technology and level, weakest first."""
        totals = Counter(scope_of(self.learner).order_by().values_list("technology", "level"))
        chances: dict[tuple[int, int], list[float]] = defaultdict(list)
        for card in self.cards:
            chances[card.question.technology_id, card.question.level_id].append(chance(card, self.day))
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
        by_day = self.learner.events.ratings().order_by().values_list("day").annotate(Count("pk"))
        numbers = Counter(dict(by_day))
        first = self.day - timedelta(days=BACK - 1)
        first -= timedelta(days=first.weekday())
        return [(day, numbers[day]) for day in (first + timedelta(days=n) for n in range((self.day - first).days + 1))]

    @cached_property
    def bands(self) -> list[Band]:
        """Predicted against measured recall: each review, by what FSRS expected of it just before."""
        found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        reviews = self.learner.events.ratings().filter(predicted__isnull=False).order_by()
        for expected, rating in reviews.values_list("predicted", "rating"):
            predicted = expected or 0.0
            band = next(n for n, (low, high) in enumerate(BANDS) if low <= predicted < high)
            found[band].append((predicted, rating != Rating.MISSED))
        return [
            Band(
                _percent(sum(p for p, _ in reviews), reviews),
                _percent(sum(r for _, r in reviews), reviews),
                len(reviews),
            )
            for _, reviews in sorted(found.items())
            if len(reviews) >= ENOUGH
        ]

    @cached_property
    def missed_questions(self) -> list[Missed]:
        """The questions that were missed most often."""
        cards = sorted((card for card in self.cards if card.misses), key=lambda card: -card.misses)[:MOST]
        return [Missed(card.question.title, card.question.code, card.misses) for card in cards]

    @cached_property
    def mistakes(self) -> list[Missed]:
        """The mistakes that were ticked most often."""
        ticked = self.learner.events.ratings().exclude(mistakes=[]).order_by().values_list("question", "mistakes")
        made = Counter((question, words) for question, mistakes in ticked for words in mistakes)
        most = made.most_common(MOST)
        codes = dict(Question.objects.filter(pk__in=[pk for (pk, _), _ in most]).values_list("pk", "code"))
        return [Missed(words, codes.get(pk, ""), number) for (pk, words), number in most]


CARD_FIELDS = (
    *("learner_id", "stability", "difficulty", "rated_on", "due_on", "misses", "is_known", "count"),
    *("question__code", "question__title", "question__technology_id", "question__level_id"),
)


def _percent(part: float, reviews: list[tuple[float, bool]]) -> int:
    return round(100 * part / len(reviews))
