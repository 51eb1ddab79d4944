"""Whether the programs in a question still print what it shows."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from questions.models.question import Question


class ExampleRun(models.Model):
    """What came of a question's programs when an operator last ran them; it changes no page."""

    question = models.OneToOneField(Question, models.CASCADE, primary_key=True, related_name="example_run")
    section = models.CharField(max_length=20, blank=True)  # Or `follow_ups-2-answer`: where the first that failed is.
    fault = models.CharField(max_length=300, blank=True)  # A sentence, or nothing.
    ran_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-ran_at"], name="example_run_failed", condition=~models.Q(fault="")),
        ]

    def __str__(self) -> str:
        return self.fault or "Runs"
