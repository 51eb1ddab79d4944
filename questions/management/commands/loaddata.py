"""`manage.py loaddata`, which indexes each question once, and not again with each of its follow-ups."""

from typing import Any

from django.core.management.commands import loaddata

from questions.finding.search import documents


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        with documents.at_the_end():
            super().loaddata(fixture_labels)
