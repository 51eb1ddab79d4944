"""How well it goes, in numbers: what is weak, what comes, what was done, and whether the schedule is right."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from questions.finding.taxa import levels, technologies
from questions.models import Card, Learner, PracticeEvent, Question, Rating, Taxon
from questions.models.practice import standing_by_question
from questions.practice.log import today_of
from questions.practice.schedule import chance, memory_of, moment, recalled, scheduler
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
    def events(self) -> list[PracticeEvent]:
        """The ratings that stand, in the order in which they were made."""
        fields = ("learner_id", "question_id", "rating", "day", "at", "mistakes")
        return list(self.learner.events.ratings().order_by("at", "pk").only(*fields))

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
        numbers = Counter(event.day for event in self.events)
        first = self.day - timedelta(days=BACK - 1)
        first -= timedelta(days=first.weekday())
        return [(day, numbers[day]) for day in (first + timedelta(days=n) for n in range((self.day - first).days + 1))]

    @cached_property
    def bands(self) -> list[Band]:
        """Predicted against measured recall: each review of another day, by what FSRS expected of it just before."""
        found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for events in standing_by_question(self.events).values():
            for predicted, was_recalled in _predictions(events):
                band = next(n for n, (low, high) in enumerate(BANDS) if low <= predicted < high)
                found[band].append((predicted, was_recalled))
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
        made = Counter((event.question_id, words) for event in self.events for words in event.mistakes)
        most = made.most_common(MOST)
        codes = dict(Question.objects.filter(pk__in=[pk for (pk, _), _ in most]).values_list("pk", "code"))
        return [Missed(words, codes.get(pk, ""), number) for (pk, words), number in most]


CARD_FIELDS = (
    *("learner_id", "stability", "difficulty", "rated_on", "due_on", "misses", "is_known", "count"),
    *("question__code", "question__title", "question__technology_id", "question__level_id"),
)


def _percent(part: float, reviews: list[tuple[float, bool]]) -> int:
    return round(100 * part / len(reviews))


def _predictions(events: list[PracticeEvent]) -> list[tuple[float, bool]]:
    """For each review on a later day than the one before, the expected recall and whether it was."""
    memory, last, found = memory_of(None), None, []
    for event in events:
        rating = event.rating or Rating.MISSED
        if last and event.day > last:
            found.append((scheduler(0.9).get_card_retrievability(memory, moment(event.day)), rating != Rating.MISSED))
        memory = recalled(memory, rating, event.day, 0.9)
        last = event.day
    return found
