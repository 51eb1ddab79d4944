"""`manage.py backup [PATH]`: one file with everything that the hub holds."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from hub.operations import backup
from hub.operations.errors import OperationError, told


class Command(BaseCommand):
    help = "Write database and images into one file, consistent while people write; the secret key is not in it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="The file; by default a new one in the data folder.")
        parser.add_argument("--keep", type=int, metavar="N", help="Delete all but the newest N in its folder.")

    def handle(self, path: Path | None, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number from 1 on.")
        try:
            target = path or backup.default_target()
            manifest = backup.write(target, self.stdout.write)
            older = backup.remove_older(target.parent, keep) if keep else []
        except (OSError, Error, OperationError) as error:
            raise CommandError(f"No backup was written: {told(error)}") from None
        rows = sum(tally.rows for tally in manifest.tables.values())
        size = target.stat().st_size
        self.stdout.write(f"{target}: {rows:,} rows, {len(manifest.files):,} files, {size / 2**20:,.1f} MB.")
        if older:
            self.stdout.write(f"{len(older)} older went.")
