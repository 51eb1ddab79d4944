"""What a learner does with a question: the log, which is the truth, and the cards, which follow from it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from questions.models.learner import Learner
from questions.models.question import Question

DAY_BEGINS = timedelta(hours=4)  # Whoever practises past midnight has not begun the next day.
LONGEST_LIST_NAME = 80  # characters


class Action(models.TextChoices):
    """What a learner may do with a question."""

    RATE = "rate"
    SKIP = "skip"
    LATER = "later", "not today"
    KNOW = "know", "known already"
    RESET = "reset"
    UNDO = "undo"


class Rating(models.IntegerChoices):
    """How well it was recalled, as FSRS counts: 1 is failure, all others are success."""

    MISSED = 1, "Missed"
    SHAKY = 2, "Shaky"
    SOLID = 3, "Solid"
    EFFORTLESS = 4, "Effortless"


class PracticeEventQuerySet(models.QuerySet["PracticeEvent"]):
    def standing(self) -> Self:
        """What has not been undone, in the order in which it was done."""
        return self.exclude(action=Action.UNDO).filter(undone_by=None).order_by("pk")

    def ratings(self) -> Self:
        return self.standing().filter(action=Action.RATE)


class PracticeEvent(models.Model):
    """A line of the log, which only grows: to undo something is a line of its own."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="events", db_index=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="practice_events", db_index=False)
    action = models.CharField(max_length=5, choices=Action.choices, default=Action.RATE)
    rating = models.PositiveSmallIntegerField(null=True, choices=Rating.choices)
    state = models.PositiveSmallIntegerField(default=0)  # before it, as FSRS counts: 0 new, 2 in review
    duration_ms = models.PositiveIntegerField(null=True)
    offset_minutes = models.SmallIntegerField(default=0)  # of the learner's clock from UTC
    day = models.DateField()  # the learner's, which begins at DAY_BEGINS
    at = models.DateTimeField(default=timezone.now)
    predicted = models.FloatField(null=True)  # the recall that FSRS expected of a review, just before it
    post = models.UUIDField()  # of the form that was sent
    mistakes = models.JSONField(default=list)  # the words of those made
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    objects = PracticeEventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "post", "question"], name="practice_event_once_a_form"),
            models.CheckConstraint(
                name="practice_event_rating_where_rated",
                condition=models.Q(action=Action.RATE, rating__range=(1, 4))
                | ~models.Q(action=Action.RATE) & models.Q(rating=None),
            ),
        ]
        indexes: ClassVar = [
            # A card's own log.
            models.Index(fields=["learner", "question", "id"], name="practice_event_card"),
            # What was done today, in the last minute, in the last year.
            models.Index(fields=["learner", "at"], name="practice_event_time"),
            # A question's events go with it.
            models.Index(fields=["question"], name="practice_event_question"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.question_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change a line."""
        if not self._state.adding:
            raise TypeError("The log of what was practised only grows.")
        super().save(*args, **kwargs)


def day_of(at: datetime, offset_minutes: int) -> date:
    """The learner's day, which begins at 04:00."""
    return (at + timedelta(minutes=offset_minutes) - DAY_BEGINS).date()


class Card(models.Model):
    """Where a learner stands with a question: what follows from their log, kept so that nothing is worked out twice."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="cards", db_index=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="cards")
    stability = models.FloatField(null=True)  # days until recall is expected in 9 of 10 cases
    difficulty = models.FloatField(null=True)  # 1–10, FSRS's own
    count = models.PositiveIntegerField(default=0)  # of ratings
    misses = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)  # the last one
    rated_on = models.DateField(null=True)
    rated_at = models.DateTimeField(null=True)
    missed_on = models.DateField(null=True)  # the last day with a miss
    due_on = models.DateField(null=True)
    not_before = models.DateField(null=True)
    skipped_on = models.DateField(null=True)
    is_known = models.BooleanField(default=False)
    last_event = models.BigIntegerField(default=0)  # the last line of its log, undone or not

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "question"], name="card_once_a_learner"),
        ]
        indexes: ClassVar = [
            # What is due.
            models.Index(fields=["learner", "due_on"], name="card_due"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: due {self.due_on}"


class PracticeListQuerySet(models.QuerySet["PracticeList"]):
    def chosen(self) -> Self:
        return self.filter(is_chosen=True)


class PracticeList(models.Model):
    """Questions that a learner practises: those that fit filters, whatever they are that day, or those put on it."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="lists", db_index=False)
    name = models.CharField(max_length=LONGEST_LIST_NAME)
    query = models.CharField(max_length=1000, null=True)  # noqa: DJ001 (empty: all questions; none: its own)
    is_chosen = models.BooleanField(default=True)
    questions = models.ManyToManyField(Question, related_name="+")

    objects = PracticeListQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "name"], name="practice_list_once_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


def standing_by_question(events: Iterable[PracticeEvent]) -> dict[int, list[PracticeEvent]]:
    """Events, a list for each question."""
    found: dict[int, list[PracticeEvent]] = {}
    for event in events:
        found.setdefault(event.question_id, []).append(event)
    return found
