"""The files of images beside what the database says of them: which are missing, and which belong to nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from hub import image_storage
from hub.health import pending_migrations
from questions.models import Image, ImageUse
from questions.text.images import is_name

APP = "questions"


class Missing(NamedTuple):
    """An image whose file is not there, and the codes of the questions that show it."""

    name: str
    codes: list[str]

    def __str__(self) -> str:
        shown = f", shown by {', '.join(self.codes)}," if self.codes else ""
        return f"The image {self.name}{shown} is missing."


def missing() -> list[Missing]:
    """What readers, or editors, would look for in vain."""
    codes: dict[str, list[str]] = {name: [] for name in Image.objects.names()}
    uses = ImageUse.objects.current().order_by("name", "question__code")
    for name, code in uses.values_list("name", "question__code"):
        codes.setdefault(name, []).append(code)
    there = image_storage.names()
    return [Missing(name, codes[name]) for name in sorted(codes.keys() - there)]


def without_image() -> list[str]:
    """The files that no image in the database stands for, and that are no import's or upload's that still runs."""
    storage, old = image_storage.images(), timezone.now() - timedelta(days=1)
    return [
        name
        for name in sorted(image_storage.names() - Image.objects.names())
        if is_name(name) and storage.get_modified_time(name) < old
    ]


def check_images(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Name each image that is missing; a warning, since the hub can serve everything else."""
    if DEFAULT_DB_ALIAS not in (databases or ()) or pending_migrations(APP):
        return []
    try:
        lost = missing()
    except OSError as error:
        return [checks.Warning(f"The images cannot be reached: {error}", id="questions.W002")]
    hint = "Copy it back from a backup, upload it again, or take it out of the text."
    return [checks.Warning(str(it), hint=hint, id="questions.W003") for it in lost]
