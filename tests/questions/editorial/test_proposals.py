"""Codes that are proposed for new questions."""

from typing import Any

import pytest
from django.test import Client

from questions.exchange import numbering
from questions.exchange.numbering import next_code
from questions.models import Level, Question, Technology
from tests.conftest import Bank

ASK = "/admin/questions/question/proposed-code/"
ADD = "/admin/questions/question/add/"


def take_all_codes(bank: Bank) -> None:
    """Add a question for every number."""
    values = {"title": "?", "difficulty": 1, "answer": "!"} | bank.defaults
    Question.objects.bulk_create(Question(code=f"PY-BEG-{number:03}", **values) for number in range(1, 1000))


def test_first_code_of_a_cell_is_one(python: Technology, advanced: Level) -> None:
    assert next_code(python, advanced) == "PY-ADV-001"


def test_next_code_follows_the_highest_whatever_its_level(python: Technology, advanced: Level, bank: Bank) -> None:
    bank.add("PY-ADV-005", status="draft")
    bank.add("PY-BEG-007")

    assert next_code(python, advanced) == "PY-ADV-006"


def test_gap_is_filled_only_when_numbers_have_run_out(python: Technology, beginner: Level, bank: Bank) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-99999")

    assert next_code(python, beginner) == "PY-BEG-002"


def test_codes_go_past_999(python: Technology, beginner: Level, bank: Bank) -> None:
    bank.add("PY-BEG-999")

    assert next_code(python, beginner) == "PY-BEG-1000"


def test_no_code_is_proposed_where_all_are_taken(
    python: Technology, beginner: Level, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "LAST", 999)
    taken = [
        Question(code=f"PY-BEG-{n:03}", title="?", difficulty=1, answer="!", **bank.defaults) for n in range(1, 1000)
    ]
    Question.objects.bulk_create(taken)

    assert next_code(python, beginner) is None


def test_code_is_proposed_for_technology_and_level(editor: Client, python: Technology, advanced: Level) -> None:
    asked = {"technology": str(python.pk), "level": str(advanced.pk)}

    assert editor.get(ASK, asked).json() == {"code": "PY-ADV-001"}


def test_nothing_is_proposed_for_less(editor: Client, python: Technology) -> None:
    asked = {"technology": str(python.pk), "level": "x"}

    assert editor.get(ASK, asked).json() == {"code": None}


def test_strangers_and_onlookers_are_refused_and_posts_too(editor: Client, onlooker: Client) -> None:
    assert Client().get(ASK)["Location"].startswith("/admin/login/")
    assert onlooker.get(ASK).status_code == 403
    assert editor.post(ASK).status_code == 405


def test_question_without_a_code_gets_the_next(editor: Client, form: dict[str, Any], bank: Bank) -> None:
    bank.add("PY-BEG-004")

    editor.post(ADD, form | {"code": ""})

    assert Question.objects.filter(code="PY-BEG-005", title="What is a list?").exists()


def test_question_without_code_and_technology_is_told_of_the_technology(editor: Client, form: dict[str, Any]) -> None:
    response = editor.post(ADD, form | {"code": "", "technology": ""})

    assert list(response.context["adminform"].form.errors) == ["technology"]


def test_form_says_that_all_codes_are_taken(
    editor: Client, form: dict[str, Any], bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "LAST", 999)
    taken = [
        Question(code=f"PY-BEG-{n:03}", title="?", difficulty=1, answer="!", **bank.defaults) for n in range(1, 1000)
    ]
    Question.objects.bulk_create(taken)

    response = editor.post(ADD, form | {"code": ""})

    assert response.context["adminform"].form.errors["code"] == [
        "All codes of this technology and level are taken; give it another middle part."
    ]
