"""Which version of the renderer has made the HTML that is stored."""

from django.db import models

from questions.text.markdown import RENDERER


class RenderingManager(models.Manager["Rendering"]):
    def note(self) -> None:
        """Note that this version of the renderer has made the HTML of all texts."""
        self.update_or_create(pk=1, defaults={"renderer": RENDERER})

    def is_current(self) -> bool:
        """Whether no text is shown as another version made it."""
        return self.filter(renderer=RENDERER).exists()


class Rendering(models.Model):
    """One row, which backups keep with the HTML."""

    renderer = models.PositiveSmallIntegerField()

    objects = RenderingManager()

    def __str__(self) -> str:
        return str(self.renderer)
