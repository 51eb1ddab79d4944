"""`manage.py licences`: the licence of every dependency; fails if there is one that nobody may pass on."""

from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from hub.licences import dependencies


class Command(BaseCommand):
    help = "List the licences of all dependencies; fail for one that a self-hosted product could not ship."

    def handle(self, **options: Any) -> None:
        found = dependencies()
        for it in found:
            self.stdout.write(f"{it.name:<24} {it.version:<12} {it.licence or 'none is stated'}")
        if refused := [it.name for it in found if not it.is_accepted]:
            raise CommandError(f"Not under a licence that hub/licences.py accepts: {', '.join(refused)}.")
