"""What a question must have before it can be published."""

from typing import Any

import pytest
from django.conf import LazySettings

from questions.models import FollowUp, Question
from questions.readiness import missing, ready, sentences, with_lacks
from tests.conftest import Bank


def test_complete_question_lacks_nothing(bank: Bank) -> None:
    assert missing(bank.add_complete()) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"explanation": ""}, "The section “Deep Explanation” has no text."),
        ({"mistakes": " \n "}, "The section “Common Mistakes” has no text."),
        ({"scenario": "<!-- to do -->"}, "The section “Production Scenario” has no text."),
        ({"references": ""}, "It names no references."),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(bank: Bank, fields: dict[str, Any], sentence: str) -> None:
    assert missing(bank.add_complete(**fields)) == [sentence]


def test_two_follow_ups_are_too_few(bank: Bank) -> None:
    question = bank.add_complete()
    FollowUp.objects.filter(question=question, position=3).delete()

    assert missing(question) == ["It has fewer than 3 follow-up questions."]


def test_everything_missing_is_said_in_the_order_of_the_page(bank: Bank) -> None:
    sentences = missing(bank.add())

    assert len(sentences) == 6
    assert sentences[0] == "The section “Deep Explanation” has no text."
    assert sentences[-1] == "It names no references."


def test_whole_bank_is_judged_in_one_query(bank: Bank, django_assert_num_queries: Any) -> None:
    for number in range(5):
        bank.add(f"PY-BEG-00{number}")

    with django_assert_num_queries(1):
        lacks = [list(sentences(vars(question))) for question in with_lacks(Question.objects.all())]

    assert [len(found) for found in lacks] == [6] * 5


def test_questions_that_lack_nothing_can_be_found(bank: Bank) -> None:
    bank.add("PY-BEG-001")
    complete = bank.add_complete("PY-BEG-002")

    assert list(ready(Question.objects.all())) == [complete]


def test_an_answer_is_enough_where_the_operator_says_so(bank: Bank, settings: LazySettings) -> None:
    settings.PUBLISH_NEEDS = "answer"
    bare, empty = bank.add("PY-BEG-001"), bank.add("PY-BEG-002", status="draft", answer="")

    assert missing(bare) == []
    assert missing(empty) == ["The section “Answer” has no text."]
    assert list(ready(Question.objects.all())) == [bare]
