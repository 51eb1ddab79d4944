"""A search that finds nothing is answered whether or not the database takes a write, and remembered when it does."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from questions.finding.search import missed
from questions.models import MissedSearch
from tests.read_only import execute, read_only_database


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    missed.forget()


@pytest.mark.django_db(transaction=True)
def test_search_is_answered_by_a_database_that_is_read_only_and_remembered_later(client: Client) -> None:
    with read_only_database():
        statuses = {client.get("/questions/", {"q": "zebra"}).status_code for _ in range(2)}
    assert (statuses, MissedSearch.objects.count()) == ({200}, 0)

    missed._failed_at = float("-inf")  # As if the pause were over.
    missed.write()

    assert MissedSearch.objects.values_list("text", "count").get() == ("zebra", 2)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Nothing but SQLite can be told how large it may become.")
@pytest.mark.django_db(transaction=True)
def test_search_is_answered_by_a_database_that_is_full_and_remembered_later(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missed, "PAUSE", timedelta(0))
    text = "zebra" * 20
    execute("PRAGMA max_page_count = 1")  # It becomes the number of pages that there are.
    try:
        with pytest.raises(OperationalError, match="full"):
            fill()
        full_with = MissedSearch.objects.count()
        status = client.get("/questions/", {"q": text}).status_code
        assert (status, MissedSearch.objects.count()) == (200, full_with)
        assert missed._failed_at > float("-inf")
    finally:
        execute("PRAGMA max_page_count = 1000000")

    missed._failed_at = float("-inf")  # As if the pauses were over.
    MissedSearch.objects.all().delete()
    missed.write()

    assert MissedSearch.objects.values_list("text", "count").get() == (text, 1)


def fill() -> None:
    for number in range(100_000):
        MissedSearch.objects.create(text=f"{number:0100}")


def test_what_waits_is_bounded() -> None:
    for number in range(missed.MOST_WAITING + 10):
        missed.remember(f"zebra {number}")

    assert len(missed._waiting) == missed.MOST_WAITING
    missed.forget()
