"""What the tests of the questions app share."""

import gc
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from questions import revisions
from questions.models import Category, FollowUp, Level, Question, Technology
from questions.question_set import fixtures
from tests.conftest import Bank


@pytest.fixture(scope="module")
def question_set(kept_rows: None) -> None:
    """The question set, loaded once for all tests of a module from the first on that asks for it."""
    gc.collect()
    gc.freeze()  # Else collecting what thousands of tests have left would count as the time that a text takes.
    call_command("loaddata", *fixtures(), verbosity=0)


@pytest.fixture
def form(python: Technology, beginner: Level, core: Category) -> dict[str, Any]:
    """What the form for a new question sends."""
    return {
        "code": "PY-BEG-001",
        "title": "What is a list?",
        "technology": python.pk,
        "category": core.pk,
        "level": beginner.pk,
        "difficulty": 3,
        "answer": "*Mutable.*",
        "follow_ups-TOTAL_FORMS": 1,
        "follow_ups-INITIAL_FORMS": 0,
        "follow_ups-0-position": 1,
        "follow_ups-0-text": "And a tuple?",
    }


@pytest.fixture
def question(bank: Bank) -> Question:
    """A question with two follow-ups, of which another question answers the second."""
    question = bank.add("PY-BEG-001", title="What is a list?", answer="A list is mutable.")
    FollowUp.objects.create(question=question, position=1, text="And a tuple?")
    FollowUp.objects.create(question=question, position=2, text="And a set?", answered_by=bank.add("PY-BEG-002"))
    revisions.record(Question.objects.filter(pk=question.pk))
    return question


@pytest.fixture
def jane(db: None) -> Client:
    """Another editor."""
    client = Client()
    client.force_login(User.objects.create_superuser("jane", first_name="Jane", last_name="Doe"))
    return client
