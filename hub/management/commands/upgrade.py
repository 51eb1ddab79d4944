"""`manage.py upgrade`: everything that a newer version needs, before it is started."""

from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.db.migrations.exceptions import MigrationSchemaMissing

from hub.operations.errors import OperationError, told
from hub.operations.set_up import set_up


class Command(BaseCommand):
    help = "Save the database if it is of an older version, migrate it, and collect the static files."

    def handle(self, **options: Any) -> None:
        try:
            set_up(self.stdout)
        except (OSError, OperationalError, MigrationSchemaMissing, OperationError) as error:
            raise CommandError(f"The hub was not upgraded: {told(error)}") from None
        self.stdout.write("The hub is ready to be started.")
