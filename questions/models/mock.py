"""A mock interview: what was drawn, how far it has come, and how each answer was scored."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from questions.models.learner import Learner
from questions.models.question import Question


class Mock(models.Model):
    """A learner's interview with themselves; `post` is the id of the form that began it."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="mocks", db_index=False)
    post = models.UUIDField()
    minutes = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=1000)  # the query string it was drawn with
    begun_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "post"], name="mock_once_a_form")]

    def __str__(self) -> str:
        return f"Mock interview of {self.begun_at:%Y-%m-%d %H:%M}"


class MockAnswer(models.Model):
    """A question of a mock interview, and what became of it. Asked, shown and scored, each when the server says."""

    mock = models.ForeignKey(Mock, models.CASCADE, related_name="answers", db_index=False)
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)
    scored_at = models.DateTimeField(null=True)
    notes = models.TextField(blank=True)
    scores = models.JSONField(default=dict)  # by criterion, 1 to 4
    mistakes = models.JSONField(default=list)  # the words of those made

    class Meta:
        ordering: ClassVar = ["mock", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mock", "position"], name="mock_answer_once_a_position"),
        ]

    def __str__(self) -> str:
        return f"{self.mock_id}: {self.position}"

    @property
    def taken(self) -> timedelta:
        """How long the answer took; nothing before it was shown."""
        return self.shown_at - self.asked_at if self.shown_at and self.asked_at else timedelta()

    @property
    def seconds(self) -> int:
        return round(self.taken.total_seconds())

    @property
    def clock(self) -> str:
        """The same in minutes and seconds."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"

    @property
    def average(self) -> float:
        """The average of its scores, or 0."""
        return sum(self.scores.values()) / len(self.scores) if self.scores else 0.0
