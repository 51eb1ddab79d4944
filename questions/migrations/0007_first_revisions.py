"""A revision of every question as it stands, so that the first change to it can be undone."""

from itertools import islice
from typing import Any

from django.db import migrations
from django.utils import timezone

BATCH = 500
NOT_COPIED = {
    "history_id",
    "history_date",
    "history_type",
    "history_change_reason",
    "history_user",
    "follow_ups",
    "lost_links",
}


def record(apps: Any, schema_editor: Any) -> None:
    question_model, revision_model = apps.get_model("questions", "Question"), apps.get_model("questions", "Revision")
    fields = [field.attname for field in revision_model._meta.fields if field.name not in NOT_COPIED]
    questions = question_model.objects.prefetch_related("follow_ups__answered_by").iterator(chunk_size=BATCH)
    while batch := list(islice(questions, BATCH)):
        revision_model.objects.bulk_create(
            revision_model(
                history_date=timezone.now(),
                history_type="+",
                history_change_reason="As it was when the history began",
                follow_ups=[
                    {"position": it.position, "text": it.text, "answered_by": it.answered_by and it.answered_by.code}
                    for it in sorted(question.follow_ups.all(), key=lambda it: it.position)
                ],
                **{field: getattr(question, field) for field in fields},
            )
            for question in batch
        )


class Migration(migrations.Migration):
    dependencies = [("questions", "0006_revisions")]

    operations = [migrations.RunPython(record, migrations.RunPython.noop)]
