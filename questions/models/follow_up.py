"""What an interviewer asks next."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models

from questions.limits import LAST_POSITION
from questions.models.question import Question
from questions.querysets import FollowUpQuerySet


class FollowUp(models.Model):
    """What an interviewer asks next; another question may answer it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="follow_ups")
    position = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LAST_POSITION)])
    text = models.CharField(max_length=300)
    answered_by = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="answered_follow_ups"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "follow-up question"
        ordering: ClassVar = ["question", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "position"], name="follow_up_position_once_a_question"),
        ]
        indexes: ClassVar = [
            # Those that lead nowhere, counted a question.
            models.Index(fields=["question"], name="follow_up_unanswered", condition=models.Q(answered_by=None)),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def public_answer(self) -> Question | None:
        """The question that answers it, if readers may see that."""
        return self.answered_by if self.answered_by and self.answered_by.is_public else None

    def natural_key(self) -> tuple[str, int]:
        return (self.question.code, self.position)

    natural_key.dependencies = ["questions.question"]  # type: ignore[attr-defined]
