"""The domain as an app."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "questions"

    def ready(self) -> None:
        """Connect what keeps search, history, and what is derived from the content, to the questions."""
        from questions import (
            revisions,  # noqa: F401
            version,  # noqa: F401
        )
        from questions.finding.search import documents  # noqa: F401
