"""Similar questions, shown while a title is typed."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.editorial.similar import similar
from questions.models import Question
from tests.conftest import Bank

ASK = "/admin/questions/question/similar/"


def found(title: str, other_than: int | None = None) -> list[str]:
    """The codes of the questions that are like a title."""
    return [question.code for question, _ in similar(title, other_than)]


def test_question_in_other_words_is_found_with_its_likeness(bank: Bank) -> None:
    bank.add("PY-BEG-001", title="How do generators save memory?")
    bank.add("PY-BEG-002", title="What does a metaclass do?")

    ((question, percent),) = similar("How can generators save memory?")

    assert question.code == "PY-BEG-001"
    assert 80 < percent < 100


def test_same_title_is_wholly_alike_in_any_case_and_order(bank: Bank) -> None:
    bank.add(title="How do generators save memory?")

    assert [percent for _, percent in similar("memory: how DO generators save")] == [100]


def test_mistyped_word_does_not_hide_a_question(bank: Bank) -> None:
    bank.add("PY-BEG-001", title="How do generators save memory?")

    assert found("How do genertors save memory?") == ["PY-BEG-001"]


def test_drafts_are_found_as_well(bank: Bank) -> None:
    bank.add("PY-BEG-003", status="draft", title="How do generators save memory?")

    assert found("How do generators save memory?") == ["PY-BEG-003"]


def test_question_is_not_like_itself(bank: Bank) -> None:
    question = bank.add(title="How do generators save memory?")

    assert found("How do generators save memory?", question.pk) == []


@pytest.mark.parametrize("title", ["", " ", "?", "Quantum chromodynamics", '"', "-", "a" * 200, "the"])
def test_nothing_is_like_nothing(bank: Bank, title: str) -> None:
    bank.add(title="How do generators save memory?")

    assert found(title) == []


def test_likest_come_first_and_no_more_than_five(bank: Bank) -> None:
    for number in range(8):
        bank.add(f"PY-BEG-00{number}", title="How do generators save memory" + "?" + " Really" * number)

    codes = found("How do generators save memory?")

    assert codes[0] == "PY-BEG-000"
    assert len(codes) == 5


def test_number_of_queries_does_not_grow_with_the_bank(
    bank: Bank, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        bank.add(f"PY-BEG-0{number:02}", title=f"How do generators save memory in Python in case {number}?")

    with django_assert_max_num_queries(22):
        assert found("How do generators save the memory of Python?")


def test_published_questions_link_to_their_page_and_drafts_to_their_form(editor: Client, bank: Bank) -> None:
    bank.add("PY-BEG-001", title="How do generators save memory?")
    draft = bank.add("PY-BEG-002", status="draft", title="How do generators save memory?")

    listed = editor.get(ASK, {"title": "How do generators save memory?"}).json()["similar"]

    assert {it["code"]: (it["url"], it["percent"]) for it in listed} == {
        "PY-BEG-001": ("/questions/PY-BEG-001/", 100),
        "PY-BEG-002": (f"/admin/questions/question/{draft.pk}/change/", 100),
    }


def test_bad_input_finds_nothing(editor: Client, db: None) -> None:
    assert editor.get(ASK, {"title": "x" * 201}).json() == {"similar": []}
    assert editor.get(ASK, {"title": "x", "other_than": "y"}).json() == {"similar": []}
    assert not Question.objects.exists()


def test_strangers_and_onlookers_are_refused_and_posts_too(editor: Client, onlooker: Client) -> None:
    assert Client().get(ASK)["Location"].startswith("/admin/login/")
    assert onlooker.get(ASK).status_code == 403
    assert editor.post(ASK).status_code == 405
