"""Searches that found nothing."""

from typing import ClassVar

from django.db import models


class MissedSearch(models.Model):
    """A search that found nothing: what editors could write next. It does not say who searched."""

    text = models.CharField(max_length=100, unique=True)
    count = models.PositiveIntegerField(default=1)
    last_seen = models.DateTimeField(auto_now=True)
    # A digest of the only visitor who has asked, too short to tell who it was; empty once there were two.
    visitor = models.CharField(max_length=4, blank=True)

    class Meta:
        verbose_name_plural = "missed searches"
        ordering: ClassVar = ["-count", "-last_seen"]
        indexes: ClassVar = [
            # The oldest are forgotten first.
            models.Index(fields=["last_seen"], name="missed_search_oldest"),
        ]

    def __str__(self) -> str:
        return self.text
