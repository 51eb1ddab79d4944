"""What a revision is made of: django-simple-history's record of a question's fields, and beside them its follow-ups.

The library writes a record before the admin saves what stands inline, and knows no way to keep the two together; so the
follow-ups are part of the question's own record, with the codes of their answers, which outlive what they name.
"""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class WithFollowUps(models.Model):
    """What a revision has beside the question's fields."""

    # A list of {"position": 1, "text": "And why?", "answer": "…", "answered_by": "PY-ADV-004" or None}.
    follow_ups = models.JSONField(default=list, editable=False)
    # Of a deletion: the follow-ups of other questions that lost their answer, [{"code": …, "position": …, "text": …}].
    lost_links = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    @property
    def author(self) -> str:
        """Who made the revision, by name."""
        user = self.history_user  # type: ignore[attr-defined]
        return user.get_full_name() or user.get_username() if user else "a program or a former account"


class Revisions(HistoricalRecords):
    """Keeps the revisions of questions, newest first."""

    def __init__(self, excluded_fields: list[str]) -> None:
        super().__init__(
            verbose_name="revision",
            verbose_name_plural="revisions",
            custom_model_name="Revision",
            bases=[WithFollowUps],
            excluded_fields=excluded_fields,
            history_id_field=models.BigAutoField(),
            # Nothing asks for revisions by these; what is asked for has an index of its own.
            no_db_index=["id", "code", "technology", "category", "level"],
        )

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """The library's options, with the indexes that the pages of revisions need."""
        indexes = [
            # The revisions of one question, and the latest one.
            models.Index(fields=["id", "-history_id"], name="revision_of_question"),
            # What was deleted, the latest first.
            models.Index(fields=["-history_id"], condition=models.Q(history_type="-"), name="revision_deletions"),
        ]
        return super().get_meta_options(model) | {"ordering": ["-history_id"], "indexes": indexes}
