"""`manage.py forget_learners`: whoever has not practised for so long that their browser has forgotten them, too."""

from typing import Any

from django.core.management.base import BaseCommand

from questions.models import Learner


class Command(BaseCommand):
    help = "Delete learners without an account: after 30 days those without a review, after 400 idle days the others."

    def handle(self, **options: Any) -> None:
        number = Learner.objects.forgotten().count()
        Learner.objects.forgotten().delete()
        self.stdout.write(f"{number:,} learners forgotten.")
