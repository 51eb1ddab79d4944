"""Images, and which questions show them."""

from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from hub import image_storage
from questions.limits import ALTERNATIVE_TEXT
from questions.models.question import Question
from questions.querysets import ImageQuerySet, ImageUseQuerySet
from questions.text.images import markdown_of


class Image(models.Model):
    """An image that texts may show; the same content is there once, and never changes."""

    digest = models.CharField(max_length=32, unique=True, editable=False)
    file = models.FileField(storage=image_storage.images, max_length=60, unique=True, editable=False)
    alternative_text = models.CharField(
        max_length=ALTERNATIVE_TEXT,
        blank=True,  # Of one that came along with a bank that says nothing of it.
        help_text="What the image shows, for whoever cannot see it.",
    )
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.alternative_text or self.name

    def natural_key(self) -> tuple[str]:
        return (self.digest,)

    @property
    def name(self) -> str:
        """The last part of its address."""
        return str(self.file.name)

    def get_absolute_url(self) -> str:
        return reverse("image", args=[self.name])

    @property
    def markdown(self) -> str:
        """What shows it in a text."""
        return markdown_of(self.alternative_text, self.name)


class ImageUse(models.Model):
    """That a question shows an image, or has shown it in a revision that can be restored.

    It names what may be gone, as texts do: an image that is missing, or a question that is deleted and may come back.
    """

    name = models.CharField(max_length=60)
    question = models.ForeignKey(Question, models.DO_NOTHING, related_name="image_uses", db_constraint=False)
    is_current = models.BooleanField(default=True)

    objects = ImageUseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "question"], name="image_use_once_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.question_id}"


@receiver(post_save, sender=Question)
def note_images(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    """What changes questions in bulk calls `ImageUse.objects.note` itself."""
    ImageUse.objects.note([instance])


@receiver(post_delete, sender=Image)
def remove_file(sender: type[Image], instance: Image, **kwargs: Any) -> None:
    transaction.on_commit(partial(image_storage.images().delete, instance.name), robust=True)
