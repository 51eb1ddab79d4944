"""What every test may use."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from questions import version
from questions.models import Category, FollowUp, Level, Question, Technology
from questions.sections import SECTIONS
from tests.browser.running_hub import RestingHub, own_database
from tests.hub.programs import manage

# `make fuzz` tries more.
hypothesis_settings.register_profile("fuzz", max_examples=5_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Playwright keeps an event loop in the thread that runs the tests; no coroutine of it ever calls the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_configure() -> None:
    """Have SQLite in memory in every process; pytest-django does so for Django's own engine alone."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = ":memory:"


@pytest.fixture(autouse=True)
def _static_files_without_manifest(settings: LazySettings) -> None:
    """The manifest is made by collectstatic, which the browser tests run."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


@pytest.fixture(autouse=True)
def _passwords_hashed_at_once(settings: LazySettings) -> None:
    """A million rounds of a hash for each test's editor would be a tenth of the whole run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def image_folder(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the test's images are kept."""
    folder = tmp_path_factory.getbasetemp() / f"images-{uuid4().hex}"  # Made with the first image.
    images = {"BACKEND": "hub.image_storage.ImageFolder", "OPTIONS": {"location": folder}}
    settings.STORAGES = settings.STORAGES | {"images": images}
    return folder


@pytest.fixture(autouse=True)
def _content_read_anew() -> None:
    """A test that is rolled back leaves no version behind that the next one could mistake for its own."""
    version.forget_everything()


@pytest.fixture(scope="session")
def resting_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RestingHub]:
    """What the hubs that tests run are copies of, because a first start takes long."""
    with own_database("hub_resting") as database:
        folder = tmp_path_factory.mktemp("resting")
        done = manage(folder, "upgrade", **database)
        assert done.returncode == 0, done.stderr
        yield RestingHub(folder, database)


@pytest.fixture
def editor(admin_client: Client) -> Client:
    """A client logged in as somebody who may edit everything."""
    return admin_client


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what fixtures of a module write, from the first test on that asks for them to the module's last.

    Each test's own transaction is within the one that ends here.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def groups(db: None) -> None:
    """The groups that a migration makes; tests with transactions of their own leave none behind."""
    if Group.objects.exists():
        return
    import_module("questions.migrations.0011_groups").make_groups(apps, connection.schema_editor())
    for name in ("0022_groups_add_images", "0026_search_made_anew"):
        import_module(f"questions.migrations.{name}").permit(apps, connection.schema_editor())


@pytest.fixture
def writer(groups: None) -> Client:
    """A client logged in as wanda, one of the Editors."""
    return client_of("wanda", "Editors")


@pytest.fixture
def reviewer(groups: None) -> Client:
    """A client logged in as rita, one of the Reviewers."""
    return client_of("rita", "Reviewers")


def client_of(name: str, *groups: str) -> Client:
    """A client logged in as a new member of staff in these groups."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def python(db: None) -> Technology:
    return make_python()


@pytest.fixture
def sql(db: None) -> Technology:
    return make_sql()


@pytest.fixture
def beginner(db: None) -> Level:
    return make_beginner()


@pytest.fixture
def advanced(db: None) -> Level:
    return make_advanced()


@pytest.fixture
def core(db: None) -> Category:
    return make_core()


def make_python() -> Technology:
    return Technology.objects.create(name="Python", slug="python", code_prefix="PY", position=1)


def make_sql() -> Technology:
    return Technology.objects.create(name="SQL", slug="sql", code_prefix="SQL", position=2)


def make_beginner() -> Level:
    return Level.objects.create(name="Beginner", slug="beginner", code_part="BEG", position=1)


def make_advanced() -> Level:
    return Level.objects.create(name="Advanced", slug="advanced", code_part="ADV", position=2)


def make_core() -> Category:
    return Category.objects.create(name="Core", slug="core", position=1)


class Bank:
    """Makes questions; what a test does not name has a default."""

    def __init__(self, **defaults: Any) -> None:
        self.defaults = defaults

    def add(self, code: str = "PY-BEG-001", **fields: Any) -> Question:
        """Save a published question of that code."""
        values = {"title": f"What is {code}?", "difficulty": 3, "answer": "It depends.", "status": "published"}
        return Question.objects.create(code=code, **(self.defaults | values | fields))

    def add_complete(self, code: str = "PY-BEG-001", **fields: Any) -> Question:
        """Save a question that lacks nothing."""
        texts = {section.field: "Text." for section in SECTIONS} | {"references": "- [Docs](https://example.org)"}
        question = self.add(code, **(texts | fields))
        FollowUp.objects.bulk_create(FollowUp(question=question, position=n, text=f"And {n}?") for n in (1, 2, 3))
        return question


@pytest.fixture
def bank(python: Technology, beginner: Level, core: Category) -> Bank:
    return Bank(technology=python, level=beginner, category=core)


@pytest.fixture(scope="module")
def kept_bank(kept_rows: None) -> Bank:
    """The bank for modules whose tests all find the same questions, which are made once."""
    return Bank(technology=make_python(), level=make_beginner(), category=make_core())
