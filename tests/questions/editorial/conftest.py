"""What tests of the editors' desk share."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.forms.models import model_to_dict
from django.test import Client

from questions import revisions
from questions.editorial import conflicts
from questions.models import Question

CHANGE = "/admin/questions/question/{}/change/"


@pytest.fixture
def onlooker(db: None) -> Client:
    """A client logged in as staff without any permission."""
    client = Client()
    client.force_login(User.objects.create_user("onlooker", is_staff=True))
    return client


def filled_form(question: Question, **typed: Any) -> dict[str, Any]:
    """What the form sends for a question as it is stored, with what was typed instead of some of it."""
    question = revisions.current(question.pk) or question
    rows = list(question.follow_ups.all())
    form = {name: value for name, value in model_to_dict(question).items() if value is not None}
    form |= conflicts.seen_field(question)
    form |= {"follow_ups-TOTAL_FORMS": len(rows), "follow_ups-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        for name, value in model_to_dict(row).items():
            form[f"follow_ups-{number}-{name}"] = "" if value is None else value
    return form | typed


def save(client: Client, question: Question, form: dict[str, Any]) -> Any:
    return client.post(CHANGE.format(question.pk), form)
