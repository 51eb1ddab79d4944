"""`manage.py load_question_set`: the questions that come with the hub, into a database that has none."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from hub import image_storage
from questions.models import Image, Question
from questions.question_set import fixtures, images
from questions.revisions import CREATED, record


class Command(BaseCommand):
    help = "Load the question set that comes with the hub, unless there are questions already."

    def handle(self, **options: Any) -> None:
        if Question.objects.exists():
            return
        self.stdout.write("Loading the question set …")
        for file in images():
            image_storage.save(file.name, file.read_bytes())
            Image.objects.record(file.name, "", None)
        call_command("loaddata", *fixtures())
        record(Question.objects.all(), "The question set", CREATED)  # What comes in that way writes no history.
