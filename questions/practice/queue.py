"""What to ask today: what is nearest to being forgotten first, within the learner's minutes, subjects in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice, starmap
from typing import NamedTuple, Protocol, TypeVar

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from questions.finding.filters import TaxaField
from questions.finding.taxa import levels, technologies
from questions.models import Action, Learner, Rating
from questions.practice.log import today_of
from questions.practice.plan import Plan
from questions.practice.schedule import strain
from questions.practice.scope import scope_of
from questions.querysets import QuestionQuerySet

SECONDS = 60.0  # that a question takes somebody who has not been measured yet
MEASURED = 50  # the last ratings that tell how long one takes
OTHERS = 3  # that are asked before one that was missed comes again
LONGEST_DAY = timedelta(hours=50)  # of somebody who travels
MISSED_LATELY = timedelta(days=7)
MOST_CANDIDATES = 300  # of new questions, from which subjects are taken in turn
LOOK_AHEAD = 30  # questions, among which another subject is looked for


class Session(forms.Form):
    """What a learner asks for beyond today's queue."""

    only = forms.ChoiceField(choices=[("missed", "Only what I missed"), ("more", "More")], required=False)
    technology = TaxaField("technology", technologies, required=False)
    level = TaxaField("level", levels, required=False)

    @cached_property
    def chosen(self) -> dict[str, str | list[str]]:
        """What was understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same as parameters."""
        return [
            (name, text)
            for name, value in self.chosen.items()
            for text in ([value] if isinstance(value, str) else value)
        ]

    def narrow(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        """The questions of the session's subjects."""
        for name in ("technology", "level"):
            if slugs := self.chosen.get(name):
                questions = questions.filter(**{f"{name}__slug__in": slugs})
        return questions


class OfSubject(Protocol):
    @property
    def subject(self) -> int: ...


T = TypeVar("T", bound=OfSubject)


class Item(NamedTuple):
    """A question to ask."""

    code: str
    subject: int  # its technology


class Row(NamedTuple):
    """As much of a card as tells when it is asked: a learner may have thousands, too many for models."""

    code: str
    subject: int
    stability: float | None
    rating: int | None
    rated_on: date | None
    missed_on: date | None
    due_on: date | None
    skipped_on: date | None
    last_event: int


@dataclass
class Queue:
    """What a learner is asked today, worked out anew each time from what is stored."""

    learner: Learner | None
    session: Session

    @cached_property
    def day(self) -> date:
        return today_of(self.learner)

    @cached_property
    def scope(self) -> QuestionQuerySet:
        return self.session.narrow(scope_of(self.learner))

    @cached_property
    def plan(self) -> Plan | None:
        """The plan to a day that is still ahead."""
        learner = self.learner
        if learner is None or not learner.interview_on or learner.interview_on <= self.day:
            return None
        total = self.scope.count()
        new = total - learner.cards.filter(question__in=self.scope, count__gt=0).count()
        made_on = learner.planned_on or self.day
        return Plan(self.day, made_on, learner.interview_on, int(learner.minutes * 60 / self.seconds), total, new)

    @cached_property
    def cards(self) -> list[Row]:
        """The learner's cards of what they practise, without those they know and those put off."""
        if self.learner is None:
            return []
        cards = self.learner.cards.filter(question__in=self.scope, is_known=False).exclude(not_before__gt=self.day)
        if self.is_bounded and not self.plan:  # Of all others nothing is asked: a learner may have thousands.
            cards = cards.filter(Q(due_on__lte=self.day) | Q(missed_on=self.day) | Q(count=0))
        named = cards.annotate(code=F("question__code"), subject=F("question__technology"))
        return list(starmap(Row, named.values_list(*Row._fields)))

    @cached_property
    def due(self) -> list[Row]:
        """What is due and was not rated today: what is nearest to being forgotten first, skipped ones last."""
        due = [card for card in self.cards if card.rating and card.rated_on != self.day and self._is_due(card)]
        due.sort(key=lambda card: (-strain(card.stability, card.rated_on, self.day), card.code))
        skipped = [card for card in due if card.skipped_on == self.day]
        skipped.sort(key=lambda card: card.last_event)
        first = [card for card in due if card.skipped_on != self.day]
        return [*in_turn(first), *skipped]

    def _is_due(self, card: Row) -> bool:
        match self.session.chosen.get("only"):
            case "missed":
                return card.missed_on is not None and card.missed_on >= self.day - MISSED_LATELY
            case None if "technology" in self.session.chosen or "level" in self.session.chosen:
                return True
        due_on = self.plan.due_on(card, card.code) if self.plan else card.due_on
        return due_on is not None and due_on <= self.day

    @cached_property
    def missed(self) -> list[Row]:
        """What was missed today and has not been recalled since, the longest ago first."""
        missed = [card for card in self.cards if card.missed_on == self.day and card.rating == Rating.MISSED]
        return sorted(missed, key=lambda card: card.last_event)

    @cached_property
    def seconds(self) -> float:
        """How long the learner takes for a question, by their last ratings."""
        if self.learner is None:
            return SECONDS
        # Whatever was undone took its time as well, and to leave it out costs PostgreSQL a look at the whole log.
        last = self.learner.events.filter(action=Action.RATE, duration_ms__isnull=False).order_by("-at")
        measured = [took or 0 for took in last.values_list("duration_ms", flat=True)[:MEASURED]]
        return max(5.0, sum(measured) / len(measured) / 1000) if measured else SECONDS

    @cached_property
    def _ratings(self) -> list[tuple[int, int, int]]:
        """Today's ratings: their ids, the questions, and the state of each before it."""
        if self.learner is None:
            return []
        recent = self.learner.events.ratings().filter(at__gt=timezone.now() - LONGEST_DAY, day=self.day).order_by()
        return list(recent.values_list("pk", "question", "state"))

    @property
    def done(self) -> int:
        """The number of questions that were rated today."""
        return len({question for _, question, _ in self._ratings})

    @property
    def again(self) -> int:
        """The number of questions left for today that were asked before."""
        return len(self.codes) - len(self.new)

    @property
    def all_today(self) -> int:
        """The number of questions of the whole day, done or to come."""
        return self.done + len({*self.codes} - {card.code for card in self.missed})

    @property
    def is_bounded(self) -> bool:
        """Whether the learner's minutes are the limit, and not what they asked for."""
        return not self.session.chosen

    @cached_property
    def room(self) -> int:
        """The number of questions that still fit into today's minutes."""
        minutes = self._setting("minutes") / (2 if self.plan and self.plan.is_last_day else 1)
        return max(0, max(1, int(minutes * 60 / self.seconds)) - self.done)

    @cached_property
    def now(self) -> list[Row]:
        """What is due and fits into today's minutes."""
        return self.due[: self.room] if self.is_bounded else self.due

    @property
    def waiting(self) -> int:
        """The number of questions that are due and can wait."""
        return len(self.due) - len(self.now)

    @cached_property
    def new(self) -> list[Item]:
        """The new questions for today, easy ones first, subjects in turn."""
        if self.session.chosen.get("only") == "missed":
            return []
        number = min(self.new_left, self.room - len(self.now)) if self.is_bounded else self.new_left or 10
        return list(islice(in_turn(self.candidates), number)) if number > 0 else []

    @cached_property
    def new_left(self) -> int:
        """The number of new questions that today still brings."""
        wanted = self.plan.new_a_day if self.plan else self._setting("new_a_day")
        return max(0, wanted - len({question for _, question, state in self._ratings if state == 0}))

    def _setting(self, name: str) -> int:
        return int(getattr(self.learner or Learner(), name))

    @cached_property
    def candidates(self) -> list[Item]:
        """The new questions to choose from; what was skipped today comes last."""
        questions = self.scope
        skipped: list[Item] = []
        if self.learner:
            questions = questions.exclude(pk__in=self.learner.cards.values("question"))
            fresh = sorted((card for card in self.cards if not card.rating), key=lambda card: card.last_event)
            skipped = [Item(card.code, card.subject) for card in fresh]
        rows = questions.order_by("level__position", "difficulty", "code").values_list("code", "technology_id")
        return [*(Item(*row) for row in rows[:MOST_CANDIDATES]), *skipped]

    @cached_property
    def codes(self) -> list[str]:
        """The codes to ask, in order; what was missed comes again after some others, or where there are no others."""
        ahead = [card.code for card in self.missed if self._others_since(card) >= OTHERS]
        rest = [*(card.code for card in self.now), *(item.code for item in self.new)]
        last = [card.code for card in self.missed if card.code not in ahead]
        return [*ahead, *rest, *last]

    def _others_since(self, card: Row) -> int:
        return sum(event > card.last_event for event, _, _ in self._ratings)

    @property
    def minutes_left(self) -> int:
        """About how long what is left takes."""
        return max(1, round(len(self.codes) * self.seconds / 60)) if self.codes else 0

    def next_day(self) -> date | None:
        """The next day on which something is due."""
        if self.learner is None:
            return None
        later = self.learner.cards.filter(question__in=self.scope, is_known=False, due_on__gt=self.day)
        return later.order_by("due_on").values_list("due_on", flat=True).first()


def in_turn(items: Iterable[T]) -> Iterator[T]:
    """The same items with subjects taken in turn, none far from where it was."""
    left = list(items)
    last = None
    while left:
        near = enumerate(islice(left, LOOK_AHEAD))
        item = left.pop(next((index for index, item in near if item.subject != last), 0))
        last = item.subject
        yield item
