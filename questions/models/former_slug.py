"""What technologies, levels and categories were called in addresses before."""

from django.db import models


class FormerSlug(models.Model):
    """A slug that leads on to what has another one now; the triggers of `finding.former_slugs` write it."""

    taxonomy = models.CharField(max_length=10)  # technology, level or category
    slug = models.SlugField(max_length=60, db_index=False)
    taxon_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taxonomy", "slug"], name="former_slug_once")]

    def __str__(self) -> str:
        return f"{self.taxonomy} {self.slug}"
