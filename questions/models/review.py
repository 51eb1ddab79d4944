"""The log of a question's way from draft to published."""

from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from questions.models.question import Question
from questions.states import STEPS, Step

OPERATOR = "an operator"  # who needs no account


class WorkflowStepManager(models.Manager["WorkflowStep"]):
    def log(self, step: Step, questions: Iterable[Question], user: User | None, comment: str = "") -> None:
        """Write down that somebody has taken a step with these questions; nobody means an operator."""
        username = user.get_username() if user else OPERATOR
        self.bulk_create(
            WorkflowStep(question=question, name=step.name, taken_by=user, username=username, comment=comment)
            for question in questions
        )

    def log_arrivals(self, questions: Iterable[Question], user: User | None, comment: str) -> None:
        """Write down that questions have come to the status that they have without a step, as by an import."""
        for question in questions:
            self.log(question.state.steps[-1], [question], user, comment)


class WorkflowStep(models.Model):
    """A step of `questions.states` that somebody took with a question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="workflow_steps")
    name = models.CharField(max_length=20)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    username = models.CharField(max_length=150)  # Outlives the account.
    taken_at = models.DateTimeField(default=timezone.now)
    comment = models.TextField(blank=True)

    objects = WorkflowStepManager()

    class Meta:
        default_permissions = ()  # The workflow alone writes it.
        ordering: ClassVar = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        done = STEPS[self.name].done if self.name in STEPS else self.name
        return f"{done} by {self.username}"
