"""What questions are sorted by."""

from typing import ClassVar, Self, TypeVar

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models

from questions.limits import LAST_TAXON

TaxonType = TypeVar("TaxonType", bound="Taxon")


class SlugManager(models.Manager[TaxonType]):
    def get_by_natural_key(self, slug: str) -> TaxonType:
        return self.get(slug=slug)


class Taxon(models.Model):
    """What questions are sorted by, in an order that editors decide."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="The name in addresses: lower case, with hyphens.")
    position = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(LAST_TAXON)],
        help_text="Lower positions come first.",
    )

    objects: ClassVar[SlugManager[Self]] = SlugManager()

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Technology(Taxon):
    code_prefix = models.CharField(
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2,4}\Z", "A code prefix has 2 to 4 capital letters, such as PY.")],
        help_text="What the codes of its questions begin with, such as PY.",
    )

    class Meta(Taxon.Meta):
        verbose_name_plural = "technologies"


class Level(Taxon):
    code_part = models.CharField(
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", "A code part has 3 capital letters, such as ADV.")],
        help_text="The usual middle part of codes, such as ADV.",
    )


class Category(Taxon):
    class Meta(Taxon.Meta):
        verbose_name_plural = "categories"
