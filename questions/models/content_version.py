"""Which content this is: a number that triggers replace."""

from django.db import models


class ContentVersion(models.Model):
    """One row, whose number triggers replace with every change to what readers see; `questions.version` reads it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
