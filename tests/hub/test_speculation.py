"""The rules by which browsers fetch pages before a link is followed."""

import json
from fnmatch import fnmatch
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from hub.environment import BASE_DIR
from hub.speculation import RULES
from tests.conftest import Bank

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@pytest.fixture(scope="module")
def rule() -> Any:
    """The one rule."""
    (rule,) = json.loads((BASE_DIR / "static" / RULES).read_text())["prefetch"]
    return rule


def is_prefetched(rule: Any, path: str) -> bool:
    wanted, unwanted, _ = rule["where"]["and"]
    return any(fnmatch(path, it) for it in wanted["href_matches"]) and path != unwanted["not"]["href_matches"]


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/PY-BEG-001/", "/questions/recall/", "/nowhere/"])
def test_public_pages_name_the_rules(bank: Bank, client: Client, path: str) -> None:
    bank.add()

    assert client.get(path)["Speculation-Rules"] == f'"/static/{RULES}"'


@pytest.mark.parametrize("path", ["/admin/", "/admin/questions/question/"])
def test_editors_pages_name_none(editor: Client, path: str) -> None:
    assert "Speculation-Rules" not in editor.get(path)


@pytest.mark.parametrize("path", ["/questions/PY-BEG-001.json", "/questions.csv", "/feed.atom", "/sw.js", "/healthz"])
def test_what_is_no_page_names_none(bank: Bank, client: Client, path: str) -> None:
    bank.add()

    assert "Speculation-Rules" not in client.get(path)


def test_rules_are_served_as_what_they_are() -> None:
    assert settings.WHITENOISE_MIMETYPES[f".{RULES.rpartition('.')[2]}"] == "application/speculationrules+json"


@pytest.mark.parametrize(
    "path", ["/", "/questions/", "/questions/PY-BEG-001/", "/questions/PY-BEG-001/recall/", "/map/"]
)
def test_pages_are_fetched_ahead(rule: Any, path: str) -> None:
    assert is_prefetched(rule, path)


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/logout/", "/random/", "/questions.apkg", "/questions/PY-BEG-001.md", "/questions/print/"],
)
def test_what_costs_or_changes_something_is_not(rule: Any, path: str) -> None:
    assert not is_prefetched(rule, path)


def test_pages_are_fetched_only_when_the_reader_points_at_a_link(rule: Any) -> None:
    assert rule["eagerness"] == "moderate"
