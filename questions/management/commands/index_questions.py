"""`manage.py index_questions`: search made again, after a change of how texts are analysed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from questions.finding.search.documents import rebuild


class Command(BaseCommand):
    help = "Index every published question again."

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{rebuild():,} questions indexed.")
