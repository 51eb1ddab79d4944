"""What the editors' desk remembers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class WorkflowStep(models.Model):
    """A step that somebody took with a question; see `questions.desk.workflow`."""

    class Name(models.TextChoices):
        SUBMIT = "submit", "Submitted for review"
        TAKE_BACK = "take_back", "Taken back"
        SEND_BACK = "send_back", "Sent back"
        PUBLISH = "publish", "Published"
        ARCHIVE = "archive", "Archived"

    question = models.ForeignKey("questions.Question", models.CASCADE, related_name="workflow_steps")
    name = models.CharField(max_length=10, choices=Name)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    username = models.CharField(max_length=150)  # Outlives the account.
    taken_at = models.DateTimeField(default=timezone.now)
    comment = models.TextField(blank=True)

    class Meta:
        app_label = "questions"
        default_permissions = ()  # The workflow alone writes it.
        ordering: ClassVar = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_name_display()} by {self.username}"
