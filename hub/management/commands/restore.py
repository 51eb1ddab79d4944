"""`manage.py restore FILE`: what a backup holds becomes the hub's database and images."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from hub.operations.errors import OperationError, told
from hub.operations.restore import restore


class Command(BaseCommand):
    help = "Read a backup into an empty data folder or database, of either vendor; stop the hub before you replace one."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--replace", action="store_true", help="Take the place of the data that are there.")

    def handle(self, path: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(path, self.stdout.write, replace)
        except (OperationError, OSError, Error) as error:
            raise CommandError(f"Nothing was restored: {told(error)}") from None
        rows, files = sum(tally.rows for tally in manifest.tables.values()), len(manifest.files)
        saved = f"saved at {manifest.made_at} by version {manifest.version}"
        self.stdout.write(f"{rows:,} rows and {files:,} files are as they were when {saved}.")
