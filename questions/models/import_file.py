"""A file that somebody is about to import."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(days=1)
LONGEST_RUN = timedelta(minutes=15)  # After that, whoever was importing the file has ended without a word.


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    def forget_old(self) -> int:
        """Drop what nobody has confirmed, and the reports of what was imported; return how many went."""
        return self.filter(created_at__lt=timezone.now() - KEPT).delete()[0]

    def running(self) -> Self:
        """The imports that are under way."""
        return self.filter(report="", started_at__gt=timezone.now() - LONGEST_RUN)


class ImportFile(models.Model):
    """A file between its upload and its import, for whoever brought it; in the database, which all machines share."""

    token = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    content = models.BinaryField()  # None of it once it is imported.
    plan = models.TextField(blank=True)  # As `questions.exchange.plan.Plan` writes itself.
    report = models.TextField(blank=True)  # What it came to, once it is imported.
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def claim(self) -> bool:
        """Begin the import, unless somebody else is at it; of two confirmations at once, one gets the file."""
        now = timezone.now()
        is_free = models.Q(started_at=None) | models.Q(started_at__lt=now - LONGEST_RUN)
        return bool(ImportFile.objects.filter(is_free, pk=self.pk, report="").update(started_at=now))

    def release(self) -> None:
        """Let the import be begun again."""
        ImportFile.objects.filter(pk=self.pk, report="").update(started_at=None)

    def finish(self, report: str) -> None:
        """Keep what it came to instead of the content."""
        ImportFile.objects.filter(pk=self.pk).update(report=report, content=b"")
