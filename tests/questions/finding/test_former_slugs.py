"""Addresses with a slug that has changed since."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from questions.exchange.taxa import MODELS
from questions.models import FormerSlug, Level, Question, Technology
from tests.conftest import Bank

Change = Callable[[type, str, str], object]


def saved(model: type[Technology], old: str, new: str) -> None:
    taxon = model.objects.get(slug=old)
    taxon.slug = new
    taxon.save()


def updated(model: type[Technology], old: str, new: str) -> None:
    model.objects.filter(slug=old).update(slug=new)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue().decode()


@pytest.mark.parametrize("change", [saved, updated])
@pytest.mark.parametrize(("taxonomy", "slug"), [("technology", "python"), ("level", "beginner"), ("category", "core")])
def test_old_slug_leads_to_the_same_list(
    bank: Bank, client: Client, sql: Technology, advanced: Level, change: Change, taxonomy: str, slug: str
) -> None:
    bank.add("PY-BEG-001")
    bank.add("SQL-ADV-001", technology=sql, level=advanced)
    change(MODELS[taxonomy], slug, "renamed")

    html = page(client, f"/questions/?{taxonomy}={slug}&difficulty_max=5")

    assert f'href="http://127.0.0.1:8000/questions/?{taxonomy}=renamed&amp;difficulty_max=5"' in html
    assert "There is no" not in html
    if taxonomy != "category":
        assert "SQL-ADV-001" not in html


def test_change_in_the_admin_is_remembered(bank: Bank, client: Client, editor: Client, python: Technology) -> None:
    bank.add()
    form = {"name": "Python", "slug": "py", "code_prefix": "PY", "position": 1}

    assert editor.post(f"/admin/questions/technology/{python.pk}/change/", form).status_code == 302

    assert "technology=py&amp;" in page(client, "/questions/?technology=python&level=beginner")


@pytest.mark.parametrize("path", ["/questions.json", "/questions/recall/", "/map/", "/questions/print/"])
def test_every_address_that_takes_filters_understands_it(bank: Bank, client: Client, path: str) -> None:
    bank.add()
    updated(Technology, "python", "py")

    assert "There is no technology" not in page(client, f"{path}?technology=python")


def test_slug_that_changes_again_and_back_still_leads_there(bank: Bank, client: Client) -> None:
    bank.add()
    for old, new in (("python", "py"), ("py", "snake"), ("snake", "python")):
        updated(Technology, old, new)

    for slug in ("python", "py", "snake"):
        assert "Showing <strong>1</strong> question · Python" in page(client, f"/questions/?technology={slug}")


def test_old_slug_that_another_has_now_is_the_others(bank: Bank, client: Client, sql: Technology) -> None:
    bank.add()
    updated(Technology, "python", "py")
    updated(Technology, "sql", "python")

    assert "question" in page(client, "/questions/?technology=python")
    assert "Showing <strong>0</strong> questions · SQL" in page(client, "/questions/?technology=python")


def test_old_slug_of_what_is_gone_is_named_as_unknown(bank: Bank, client: Client, sql: Technology) -> None:
    updated(Technology, "sql", "database")
    sql.delete()

    assert "There is no technology “sql”." in page(client, "/questions/?technology=sql")


def test_change_of_a_name_alone_remembers_nothing(bank: Bank) -> None:
    Technology.objects.update(name="Snake", slug="python")

    assert not FormerSlug.objects.exists()


def test_slugs_can_be_changed_after_the_migration_is_taken_back(bank: Bank) -> None:
    import_module("questions.migrations.0018_former_slug").drop_triggers(apps, connection.schema_editor())

    updated(Technology, "python", "py")

    assert not FormerSlug.objects.exists()
    assert Question.objects.count() == 0
