"""What readers say of a question."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from questions.models.question import Question
from questions.querysets import VoteQuerySet

LONGEST_REASON = 500  # characters


class Vote(models.Model):
    """Whether a question helped a reader, and why; it changes no page."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes", db_index=False)
    voter = models.CharField(max_length=64, editable=False)  # A digest, different for each question.
    helpful = models.BooleanField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    cast_at = models.DateTimeField(default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-cast_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "voter"], name="vote_once_a_browser"),
        ]
        indexes: ClassVar = [
            # The list of votes, newest first.
            models.Index(fields=["-cast_at"], name="vote_newest"),
            # The questions that most readers found not helpful.
            models.Index(fields=["question", "cast_at"], name="vote_against", condition=models.Q(helpful=False)),
        ]

    def __str__(self) -> str:
        return "Helpful" if self.helpful else "Not helpful"
