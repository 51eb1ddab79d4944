"""What a question accepts, and what saving it does."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from questions.models import FollowUp, Question, Technology
from tests.conftest import Bank


def refused(question: Question) -> dict[str, list[str]]:
    """The sentences with which a question is refused, by field."""
    with pytest.raises(ValidationError) as raised:
        question.full_clean()
    return raised.value.message_dict


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"code": "py-beg-001"}, "code", "A code looks like PY-ADV-004."),
        ({"code": "PY-BEG-1"}, "code", "A code looks like PY-ADV-004."),
        ({"code": "PY-BEG-001\n"}, "code", "A code looks like PY-ADV-004."),
        ({"code": "JS-BEG-001"}, "code", "JS-BEG-001 does not begin with PY-, as the codes of Python do."),
        ({"difficulty": 0}, "difficulty", "Ensure this value is greater than or equal to 1."),
        ({"difficulty": 11}, "difficulty", "Ensure this value is less than or equal to 10."),
        ({"answer": ""}, "answer", "Only a draft may be without an answer."),
        ({"title": "x" * 201}, "title", "Ensure this value has at most 200 characters (it has 201)."),
        ({"mistakes": ">" * 300}, "mistakes", "This text is nested more than 100 deep; simplify its Markdown."),
        ({"references": "x" * 60_000}, "references", "This text has 60,000 characters; at most 50,000 fit."),
    ],
)
def test_bad_values_are_refused_with_a_sentence(bank: Bank, fields: dict[str, Any], field: str, sentence: str) -> None:
    question = bank.add()
    for name, value in fields.items():
        setattr(question, name, value)

    assert sentence in refused(question)[field]


def test_code_need_not_name_the_level(bank: Bank) -> None:
    question = bank.add("PY-MLO-001")

    question.full_clean()

    assert question.level.code_part == "BEG"


def test_codes_are_unique(bank: Bank) -> None:
    bank.add("PY-BEG-001")

    with pytest.raises(IntegrityError), transaction.atomic():
        bank.add("PY-BEG-001")


def test_database_itself_refuses_a_difficulty_out_of_range(bank: Bank) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bank.add(difficulty=11)


def test_saving_renders_every_section_and_the_references(bank: Bank) -> None:
    question = bank.add(answer="*a*", explanation="*b*", mistakes="- c", references="- [d](https://example.org)")

    question.refresh_from_db()

    assert question.answer_html == "<p><em>a</em></p>"
    assert question.explanation_html == "<p><em>b</em></p>"
    assert question.mistakes_html == "<ul>\n<li>c</li>\n</ul>"
    assert 'href="https://example.org"' in question.references_html
    assert question.scenario_html == ""


def test_saving_again_renders_again_and_moves_the_date(bank: Bank) -> None:
    question = bank.add(answer="before")
    updated_at = question.updated_at

    question.answer = "after"
    question.save()

    assert question.answer_html == "<p>after</p>"
    assert question.updated_at > updated_at


def test_saving_some_fields_saves_their_html_too(bank: Bank) -> None:
    question = bank.add(answer="before")

    question.answer = "after"
    question.save(update_fields=["answer"])

    question.refresh_from_db()
    assert question.answer_html == "<p>after</p>"


def test_publication_is_dated_once(bank: Bank) -> None:
    question = bank.add(status="draft")
    assert question.published_at is None

    question.status = "published"
    question.save()
    first = question.published_at
    question.save()

    assert first is not None
    assert question.published_at == first


def test_technology_with_questions_cannot_be_deleted(bank: Bank, python: Technology) -> None:
    bank.add()

    with pytest.raises(ProtectedError):
        python.delete()


def test_deleting_a_question_leaves_the_follow_ups_it_answered(bank: Bank) -> None:
    asking, answering = bank.add("PY-BEG-001"), bank.add("PY-BEG-002")
    follow_up = FollowUp.objects.create(question=asking, position=1, text="And then?", answered_by=answering)

    answering.delete()

    follow_up.refresh_from_db()
    assert follow_up.answered_by is None


def test_two_follow_ups_of_a_question_cannot_share_a_position(bank: Bank) -> None:
    question = bank.add()
    FollowUp.objects.create(question=question, position=1, text="And then?")

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(question=question, position=1, text="Why?")


def test_save_that_changes_nothing_is_no_update(bank: Bank) -> None:
    question = bank.add(answer="One\nTwo")
    before = question.updated_at
    question.answer = "One\r\nTwo\r\n"

    question.save()

    question.refresh_from_db()
    assert question.updated_at == before


@pytest.mark.parametrize("change", [{"title": "Another?"}, {"difficulty": 7}, {"status": "archived"}])
@pytest.mark.parametrize("is_partial", [False, True])
def test_save_that_changes_something_is_an_update(bank: Bank, change: dict[str, Any], is_partial: bool) -> None:
    question = bank.add()
    before = question.updated_at
    vars(question).update(change)

    question.save(update_fields=[*change] if is_partial else None)

    question.refresh_from_db()
    assert question.updated_at > before
