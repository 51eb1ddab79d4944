"""Questions as JSON."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from questions.exchange.images import absolute
from questions.models import Level, Question
from questions.question_set import fixtures
from questions.sections import SECTIONS
from tests.conftest import Bank
from tests.questions.exchange.reading import add_many, text

SITE = "http://127.0.0.1:8000"


def read(client: Client, path: str) -> dict[str, Any]:
    document = json.loads(text(client, path))
    assert isinstance(document, dict)
    return document


def expected(question: Question) -> dict[str, Any]:
    """What the database holds of a question."""
    follow_ups = question.follow_ups.order_by("position").select_related("answered_by")
    taxa = {name: getattr(question, name) for name in ("technology", "category", "level")}
    return {
        "code": question.code,
        "url": f"{SITE}/questions/{question.code}/",
        "title": question.title,
        **{name: {"slug": taxon.slug, "name": taxon.name} for name, taxon in taxa.items()},
        "difficulty": question.difficulty,
        **{section.field: absolute(getattr(question, section.field)) for section in SECTIONS},
        "follow_ups": [
            {
                "text": it.text,
                "answer": it.answer,
                "answered_by": it.answered_by.code if it.answered_by and it.answered_by.status == "published" else None,
            }
            for it in follow_ups
        ],
        "also_asked": question.also_asked,
        "references": question.references,
        "verified_for": question.verified_for,
        "review_by": question.review_by and question.review_by.isoformat(),
    }


def without_dates(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in ("published_at", "updated_at")}


def test_question_reads_back_equal(hostile: Question, client: Client) -> None:
    document = read(client, "/questions/PY-BEG-001.json")

    assert without_dates(document) == expected(hostile)


def test_dates_read_back_to_the_microsecond(hostile: Question, client: Client) -> None:
    document = read(client, "/questions/PY-BEG-001.json")

    assert datetime.fromisoformat(document["published_at"]) == hostile.published_at
    assert datetime.fromisoformat(document["updated_at"]) == hostile.updated_at


@pytest.mark.django_db
def test_the_whole_question_set_reads_back_equal(client: Client) -> None:
    call_command("loaddata", *fixtures(), verbosity=0)

    document = read(client, "/questions.json")

    questions = Question.objects.public().order_by("level__position", "difficulty", "code")
    assert [without_dates(item) for item in document["questions"]] == [expected(question) for question in questions]


def test_draft_that_answers_a_follow_up_is_not_named(hostile: Question, client: Client) -> None:
    follow_ups = read(client, "/questions/PY-BEG-001.json")["follow_ups"]

    assert [item["answered_by"] for item in follow_ups] == ["PY-BEG-002", None, None]


def test_list_keeps_filters_and_order(bank: Bank, client: Client, advanced: Level) -> None:
    bank.add("PY-BEG-001", difficulty=2)
    bank.add("PY-ADV-002", level=advanced, difficulty=5)
    bank.add("PY-ADV-001", level=advanced, difficulty=9)

    document = read(client, "/questions.json?level=advanced&sort=code")

    assert [item["code"] for item in document["questions"]] == ["PY-ADV-001", "PY-ADV-002"]
    assert document["count"] == 2
    assert document["url"] == f"{SITE}/questions.json?level=advanced&sort=code"


def test_pages_lead_from_one_to_the_next_and_show_every_question_once(bank: Bank, client: Client) -> None:
    add_many(bank, 201)
    document = read(client, "/questions.json?technology=python&sort=code")
    codes = [item["code"] for item in document["questions"]]

    while document["next"]:
        document = read(client, document["next"].removeprefix(SITE))
        codes += [item["code"] for item in document["questions"]]

    assert codes == [f"PY-BEG-{n:03}" for n in range(201)]
    assert (document["page"], document["pages"], document["count"]) == (3, 3, 201)
    assert document["previous"] == f"{SITE}/questions.json?technology=python&sort=code&page=2"


def test_bad_input_is_named_in_the_document(bank: Bank, client: Client) -> None:
    bank.add()

    document = read(client, "/questions.json?level=nope&page=abc&technology=python")

    assert document["notices"] == ["There is no page “abc”.", "There is no level “nope”."]
    assert document["count"] == 1


def test_empty_list_is_a_document_too(client: Client, db: None) -> None:
    document = read(client, "/questions.json")

    assert (document["count"], document["questions"], document["next"], document["previous"]) == (0, [], None, None)


def test_more_than_ten_thousand_questions_have_pages(bank: Bank, client: Client) -> None:
    add_many(bank, 10_001)

    document = read(client, "/questions.json?page=101&sort=code")

    assert document["count"] == 10_001
    assert len(document["questions"]) == 1
