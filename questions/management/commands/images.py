"""`manage.py images`: which images there are, which nothing shows, and which are missing."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hub import image_storage
from questions.image_files import missing, without_image
from questions.models import Image
from questions.querysets import ImageQuerySet


class Command(BaseCommand):
    help = (
        "List the images that are missing; with --unused, those that neither a question nor its history shows, "
        "and with --delete remove them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unused", action="store_true", help="list what nothing shows")
        parser.add_argument("--delete", action="store_true", help="delete what --unused lists")
        parser.add_argument(
            "--older-than", type=int, default=0, metavar="DAYS", help="of --unused: only what was uploaded before"
        )

    def handle(self, *args: Any, unused: bool, delete: bool, older_than: int, **options: Any) -> None:
        if delete and not unused:
            raise CommandError("--delete removes what --unused lists: name both.")
        if unused:
            before = timezone.now() - timedelta(days=older_than)
            self.unused(Image.objects.unused().filter(uploaded_at__lte=before), delete)
        else:
            self.missing()

    def unused(self, images: ImageQuerySet, delete: bool) -> None:
        """List them, and the files without an image; delete both if that is asked for."""
        found, files = list(images.select_related("uploaded_by")), without_image()
        for image in found:
            by = f" by {image.uploaded_by}" if image.uploaded_by else ""
            self.stdout.write(f"{image.name}  {image.uploaded_at:%Y-%m-%d}{by}  {image.alternative_text}")
        for name in files:
            self.stdout.write(f"{name}  (a file without an image)")
        if delete:
            Image.objects.filter(pk__in=[image.pk for image in found]).unused().delete()
            for name in files:
                image_storage.images().delete(name)
        number = len(found) + len(files)
        self.stdout.write(f"{number:,} unused{', deleted' if delete and number else ''}.")

    def missing(self) -> None:
        """List them, as an error."""
        lost = missing()
        self.stdout.write(f"{Image.objects.count():,} images.")
        if lost:
            raise CommandError("\n".join(map(str, lost)))
