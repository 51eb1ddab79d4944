"""The domain as an app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from hub.health import IMAGES, READINESS, SEARCH


class QuestionsConfig(AppConfig):
    name = "questions"

    def ready(self) -> None:
        """Connect what keeps search, history, and what is derived from the content, to the questions."""
        from questions import (
            after_migrate,
            image_files,
            revisions,  # noqa: F401
            version,  # noqa: F401
        )
        from questions.finding.search import (
            checking,
            documents,  # noqa: F401
        )

        post_migrate.connect(after_migrate.complete, sender=self)
        register(after_migrate.check_objects, Tags.database, READINESS)
        register(after_migrate.check_rendered, Tags.database)
        register(image_files.check_images, Tags.database, IMAGES)
        register(checking.check_documents, SEARCH, deploy=True)  # For `check_hub`, and no start.
