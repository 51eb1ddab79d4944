"""`manage.py export_questions PATH`: all questions, whatever their status, in a form that `import_questions` reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.exchange.files import WRITERS, write
from questions.exchange.loading import whole
from questions.exchange.registry import FORMATS
from questions.exchange.rows import FileError
from questions.models import Question


class Command(BaseCommand):
    help = (
        "Write every question, and what they are sorted by, to a file in the format that its name ends in: "
        f"{', '.join(f'{it.ending} for {it.label}' for it in FORMATS if it.export)}; or to a folder of Markdown if the "
        "name has no ending."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if path.suffix and path.suffix.lower() not in WRITERS:
            raise CommandError(f"{path.name} ends in none of {', '.join(WRITERS)}.")
        ids = list(Question.objects.order_by("code").values_list("pk", flat=True))
        try:
            write(path, whole(ids))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        except FileError as error:
            raise CommandError(f"{error} Nothing was written.") from None
        self.stdout.write(f"{len(ids):,} questions written to {path}.")
