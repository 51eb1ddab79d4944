"""What the hub tells Prometheus of its questions."""

from collections.abc import Iterator

from questions.models import ImportFile, Question

Figure = tuple[str, str, int]  # name, description, value


def figures() -> Iterator[Figure]:
    """What there is, and what waits for somebody."""
    yield "questions", "Questions that readers see.", Question.objects.public().count()
    yield "reviews_due", "Questions that were to be reviewed by now.", Question.objects.due_for_review().count()
    yield "imports_running", "Imports that are under way.", ImportFile.objects.running().count()
