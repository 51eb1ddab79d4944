"""Words that say the same, as a hub's editors have learnt from what readers look for."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models


class Synonym(models.Model):
    """A phrase that is the same as another: a search for either finds both."""

    phrase = models.CharField(max_length=100, help_text="What readers type, such as “k8s”.")
    same_as = models.CharField("is the same as", max_length=100, help_text="What questions say, such as “Kubernetes”.")

    class Meta:
        ordering: ClassVar = ["phrase", "same_as"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["phrase", "same_as"], name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.phrase} is the same as {self.same_as}"

    def clean(self) -> None:
        """Refuse a phrase without letters and digits, and one that is the same as itself."""
        wordless = {name: "Write at least one letter or digit." for name, text in self._texts() if not _has_words(text)}
        if wordless:
            raise ValidationError(wordless)
        if self.phrase.casefold() == self.same_as.casefold():
            raise ValidationError({"same_as": "Write something other than the phrase itself."})

    def _texts(self) -> list[tuple[str, Any]]:
        return [("phrase", self.phrase), ("same_as", self.same_as)]


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))
