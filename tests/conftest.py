"""What every test may use."""

import os
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from questions import content
from questions.models import Category, Level, Question, Technology

# Playwright keeps an event loop in the thread that runs the tests; no coroutine of it ever calls the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(autouse=True)
def _static_files_without_manifest(settings: LazySettings) -> None:
    """The manifest is made by collectstatic, which the browser tests run."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


@pytest.fixture(autouse=True)
def _content_read_anew() -> None:
    """A test that is rolled back leaves no version behind that the next one could mistake for its own."""
    content.forget_everything()


@pytest.fixture
def editor(admin_client: Client) -> Client:
    """A client logged in as somebody who may edit everything."""
    return admin_client


@pytest.fixture
def python(db: None) -> Technology:
    return Technology.objects.create(name="Python", slug="python", code_prefix="PY", position=1)


@pytest.fixture
def sql(db: None) -> Technology:
    return Technology.objects.create(name="SQL", slug="sql", code_prefix="SQL", position=2)


@pytest.fixture
def beginner(db: None) -> Level:
    return Level.objects.create(name="Beginner", slug="beginner", code_part="BEG", position=1)


@pytest.fixture
def advanced(db: None) -> Level:
    return Level.objects.create(name="Advanced", slug="advanced", code_part="ADV", position=2)


@pytest.fixture
def core(db: None) -> Category:
    return Category.objects.create(name="Core", slug="core", position=1)


class Bank:
    """Makes questions; what a test does not name has a default."""

    def __init__(self, **defaults: Any) -> None:
        self.defaults = defaults

    def add(self, code: str = "PY-BEG-001", **fields: Any) -> Question:
        """Save a published question of that code."""
        values = {"title": f"What is {code}?", "difficulty": 3, "answer": "It depends.", "status": "published"}
        return Question.objects.create(code=code, **(self.defaults | values | fields))


@pytest.fixture
def bank(python: Technology, beginner: Level, core: Category) -> Bank:
    return Bank(technology=python, level=beginner, category=core)
