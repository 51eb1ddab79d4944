"""`manage.py licences`: the licence of every dependency; fails if there is one that nobody may pass on."""

from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from hub.licences import dependencies


class Command(BaseCommand):
    help = "List the licences of all dependencies; fail for one that a self-hosted product could not ship."

    def handle(self, **options: Any) -> None:
        found = dependencies()
        for dependency in found:
            self.stdout.write(
                f"{dependency.name:<24} {dependency.version:<12} {dependency.licence or 'none is stated'}"
            )
        if refused := [dependency.name for dependency in found if not dependency.is_accepted]:
            raise CommandError(f"Not under a licence that hub/licences.py accepts: {', '.join(refused)}.")
