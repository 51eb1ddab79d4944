"""Triggers, full-text indexes and the like, which no model knows: they are there after every `migrate`."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions import version
from questions.after_migrate import complete, wanted
from questions.database_objects import DatabaseObject, install, missing
from questions.finding.search.results import Search
from questions.models import FollowUp, Question, SearchDocument, Word
from tests.conftest import Bank

# Columns that may not be NULL and changed constraints make SQLite build a table again.
REBUILDING = """
from django.db import migrations, models

TABLES = ("question", "followup", "technology", "level", "category", "searchdocument", "word")

class Migration(migrations.Migration):
    dependencies = [("questions", "{newest}")]
    operations = [
        *(migrations.AddField(it, "remark", models.TextField(default="", db_default="")) for it in TABLES),
        migrations.RemoveConstraint("question", "question_difficulty_from_1_to_10"),
    ]
"""
MORE_MIGRATIONS = """
from questions import migrations

__path__ += migrations.__path__
"""


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def current_version() -> int:
    version.forget()
    return version.version()


def found(text: str) -> list[int]:
    return Search(text).ids({})


def warnings() -> list[str]:
    return [it.msg for it in run_checks(tags=[Tags.database], databases=["default"]) if it.id == "questions.W001"]


def newest() -> str:
    ((_, name),) = MigrationLoader(connection).graph.leaf_nodes("questions")
    return name


@pytest.fixture
def rebuilt(
    transactional_db: None, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A database whose tables a real migration has built again; it is taken back in the end."""
    before = newest()
    package = tmp_path / "more_migrations"
    package.mkdir()
    (package / "__init__.py").write_text(MORE_MIGRATIONS)
    (package / "9999_rebuilding.py").write_text(REBUILDING.format(newest=before))
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"questions": "more_migrations"}
    call_command("migrate", verbosity=0)
    yield
    call_command("migrate", "questions", before, verbosity=0)


@pytest.mark.usefixtures("rebuilt")
def test_nothing_is_missing_after_a_migration_that_rebuilds_tables(client: Client) -> None:
    assert missing(wanted()) == []
    assert (warnings(), client.get("/readyz").content) == ([], b"ready\n")


@pytest.mark.usefixtures("rebuilt")
def test_version_and_search_follow_after_a_migration_that_rebuilds_tables(bank: Bank) -> None:
    versions = [current_version()]

    question = bank.add(answer="Zebra.")
    versions.append(current_version())
    assert found("zebra") == [question.pk]

    question.answer = "Giraffe."
    question.save()
    versions.append(current_version())
    assert (found("zebra"), found("giraffe")) == ([], [question.pk])

    FollowUp.objects.create(question=question, position=1, text="And a lion?")
    versions.append(current_version())
    assert found("lion") == [question.pk]

    question.delete()
    versions.append(current_version())
    assert (found("giraffe"), found("lion")) == ([], [])
    assert len(set(versions)) == len(versions)


@pytest.mark.django_db(transaction=True)
def test_migrations_lead_back_to_nothing_and_forth_again() -> None:
    call_command("migrate", "questions", "zero", verbosity=0)
    left = [it for it in connection.introspection.table_names() if it.startswith("questions_")]

    call_command("migrate", verbosity=0)

    assert left == []
    assert missing(wanted()) == []


@pytest.mark.django_db
def test_databases_of_tests_have_every_object() -> None:
    assert len(wanted()) > 10
    assert missing(wanted()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("lost", wanted(), ids=str)
def test_lost_object_is_named_and_comes_back(lost: DatabaseObject, client: Client) -> None:
    execute(lost.removal)

    sentence = f"The database lacks {lost}, or has it in another version."
    response = client.get("/readyz")
    assert response.status_code == 503
    assert sentence in response.content.decode().splitlines()
    assert sentence in warnings()

    complete("default")
    assert (warnings(), client.get("/readyz").content) == ([], b"ready\n")


@pytest.mark.django_db
def test_any_migrate_brings_lost_objects_back() -> None:
    execute(*(it.removal for it in wanted()))

    call_command("migrate", "sessions", verbosity=0)

    assert missing(wanted()) == []


def test_object_that_is_defined_otherwise_is_replaced(bank: Bank) -> None:
    bank.add()
    names = ("content_question_update", "content_question ON questions_question")
    trigger = next(it for it in wanted() if it.name in names)
    earlier = replace(trigger, definition=trigger.definition.replace(" UPDATE ", " UPDATE OF code ", 1))
    install([earlier])
    before = current_version()
    Question.objects.update(title="New?")
    assert current_version() == before
    assert warnings() == [f"The database lacks {trigger}, or has it in another version."]

    complete("default")

    before = current_version()
    Question.objects.update(title="Newer?")
    assert current_version() != before


def test_what_changed_while_triggers_were_missing_is_made_good(bank: Bank) -> None:
    question = bank.add(answer="Zebra.")
    before = current_version()
    connection.check_constraints()  # PostgreSQL alters no table before.
    execute(*(it.removal for it in wanted()))
    SearchDocument.objects.update(answer="giraff")
    connection.check_constraints()

    complete("default")

    assert current_version() != before
    assert (found("zebra"), found("giraffe")) == ([], [question.pk])


def test_questions_without_a_document_are_indexed(bank: Bank) -> None:
    questions = [bank.add(f"PY-BEG-00{number}", answer="Zebra.").pk for number in (1, 2, 3)]
    words = list(Word.objects.order_by("word").values())
    SearchDocument.objects.all().delete()
    Word.objects.all().delete()

    complete("default")

    assert sorted(found("zebra")) == questions
    assert list(Word.objects.order_by("word").values()) == words


@pytest.mark.django_db
def test_nothing_is_created_before_all_migrations_are_applied() -> None:
    execute(*(it.removal for it in wanted()))
    MigrationRecorder(connection).record_unapplied("questions", newest())

    complete("default")

    assert missing(wanted()) == wanted()
    assert warnings() == []  # Migrations come first.


def test_nothing_to_do_takes_four_queries(bank: Bank, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    bank.add()

    with django_assert_num_queries(4):
        complete("default")


@pytest.mark.django_db
def test_checks_ask_no_database_unless_told_to(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        run_checks(tags=[Tags.database])


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has neither")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE questions_question DISABLE TRIGGER content_question",
        """CREATE OR REPLACE FUNCTION new_content_version() RETURNS trigger LANGUAGE plpgsql
           AS $$ BEGIN RETURN NULL; END $$""",
    ],
    ids=["disabled", "replaced"],
)
def test_object_that_does_nothing_counts_as_missing(statement: str) -> None:
    execute(statement)
    assert len(warnings()) == 1

    complete("default")

    assert warnings() == []
