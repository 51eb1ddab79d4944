"""The version of the content, and what is kept for it."""

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from questions import version
from questions.models import FollowUp, Question, Technology
from tests.conftest import Bank


def read_anew() -> int:
    version.forget()
    return version.version()


@pytest.mark.parametrize(
    "change",
    [
        lambda question: question.save(),
        lambda question: question.delete(),
        lambda question: Question.objects.update(difficulty=9),
        lambda question: Question.objects.bulk_update([question], ["title"]),
        lambda question: FollowUp.objects.bulk_create([FollowUp(question=question, position=7, text="And?")]),
        lambda question: Technology.objects.update(name="Snake"),
    ],
    ids=["save", "delete", "update", "bulk_update", "bulk_create", "taxon"],
)
def test_every_change_makes_a_new_version(bank: Bank, change: Callable[[Question], Any]) -> None:
    question = bank.add()
    before = read_anew()

    change(question)

    assert read_anew() != before


def test_reading_makes_no_new_version(bank: Bank) -> None:
    bank.add()
    before = read_anew()

    list(Question.objects.all())

    assert read_anew() == before


def test_own_change_is_seen_at_once(bank: Bank) -> None:
    before = version.version()

    bank.add()

    assert version.version() != before


def test_kept_until_the_content_changes(bank: Bank) -> None:
    counting = count(1)
    counted = version.once_a_version(lambda: next(counting))

    assert [counted(), counted()] == [1, 1]
    bank.add()
    assert counted() == 2


def test_new_day_is_a_new_version(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = read_anew()

    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    assert read_anew() > before


@pytest.mark.django_db(transaction=True)
def test_change_of_another_connection_is_seen_within_half_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    def change() -> None:
        Technology.objects.bulk_create([Technology(name="SQL", slug="sql", code_prefix="SQL")])
        connection.close()

    before = version.version()
    thread = Thread(target=change)
    thread.start()
    thread.join()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + version.SECONDS)

    assert version.version() != before
