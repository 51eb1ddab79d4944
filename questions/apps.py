"""The domain as an app."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "questions"

    def ready(self) -> None:
        """Connect what keeps search, history, and what is derived from the content, to the questions."""
        from questions import content  # noqa: F401
        from questions.desk import revisions  # noqa: F401
        from questions.search import documents  # noqa: F401
