"""`manage.py copy_database URL`: the whole hub in another database, as from SQLite to PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from hub.environment import BASE_DIR


class Command(BaseCommand):
    help = "Copy everything into an empty database, compare every row, and make search there anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="As in DATABASE_URL.")

    def handle(self, url: str, **options: Any) -> None:
        with TemporaryDirectory(dir=settings.ENVIRONMENT.data_dir, prefix=".copy-") as folder:
            path = Path(folder) / "copy.backup.zip"
            call_command("backup", path, stdout=self.stdout)
            self.stdout.flush()
            command: list[str | Path] = [sys.executable, BASE_DIR / "manage.py", "restore", path]
            if subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode:
                raise CommandError("Nothing was copied; the sentence above says why.")
        self.stdout.write("Set DATABASE_URL to that address and start the hub.")
