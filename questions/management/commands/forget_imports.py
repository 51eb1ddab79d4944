"""`manage.py forget_imports`: files that were brought to be imported, a day after nobody has confirmed them."""

from typing import Any

from django.core.management.base import BaseCommand

from questions.models import ImportFile


class Command(BaseCommand):
    help = "Delete uploaded files that nobody has imported within a day, and the reports of those that were."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{ImportFile.objects.forget_old():,} files forgotten.")
