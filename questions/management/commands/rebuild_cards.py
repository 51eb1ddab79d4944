"""`manage.py rebuild_cards`: every card again from the log, after an upgrade of the schedule."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from questions.models import Learner
from questions.practice.log import rebuild


class Command(BaseCommand):
    help = "Derive every learner's cards from the log of what they practised again."

    def handle(self, **options: Any) -> None:
        number = 0
        for learner in Learner.objects.order_by("pk").iterator():
            with transaction.atomic():
                number += rebuild(Learner.objects.select_for_update().get(pk=learner.pk))
        self.stdout.write(f"{number:,} cards rebuilt.")
