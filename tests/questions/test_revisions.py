"""Revisions of questions: when they are written, what they hold, and what restoring them does."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from questions import revisions, version
from questions.models import Category, FollowUp, Question
from questions.question_set import fixtures
from tests.conftest import Bank
from tests.questions.editorial.conftest import filled_form, save

Revision = revisions.Revision


def reasons(question: Question) -> list[str]:
    """The reasons of a question's revisions, newest first."""
    return [it.history_change_reason or "" for it in revisions.of(question.pk)]


def stored_lines(question: Question) -> list[revisions.Line]:
    return revisions.lines(FollowUp.objects.filter(question=question).with_codes())


# Writing.


def test_one_save_in_the_admin_is_one_revision_by_who_saved(jane: Client, question: Question) -> None:
    before = revisions.of(question.pk).count()

    save(jane, question, filled_form(question, title="What is a list, then?"))

    newest = revisions.of(question.pk)[0]
    assert revisions.of(question.pk).count() == before + 1
    assert (newest.title, newest.history_user.username, newest.history_type) == ("What is a list, then?", "jane", "~")


def test_a_revision_holds_the_follow_ups_of_its_save(jane: Client, question: Question) -> None:
    save(jane, question, filled_form(question, **{"follow_ups-0-text": "Why?", "follow_ups-1-DELETE": "on"}))

    newest, before = revisions.of(question.pk)[:2]
    assert newest.follow_ups == [{"position": 1, "text": "Why?", "answer": "", "answered_by": None}]
    assert before.follow_ups == [
        {"position": 1, "text": "And a tuple?", "answer": "", "answered_by": None},
        {"position": 2, "text": "And a set?", "answer": "", "answered_by": "PY-BEG-002"},
    ]


def test_an_answer_to_a_follow_up_is_kept_compared_and_restored(jane: Client, question: Question) -> None:
    save(jane, question, filled_form(question, **{"follow_ups-0-answer": "It is\r\n\r\n*fixed*."}))
    with_answer, without = revisions.of(question.pk)[:2]

    shown = revisions.texts(with_answer)["follow_ups"]
    revisions.restore(without)
    assert question.follow_ups.get(position=1).answer_html == ""
    revisions.restore(with_answer)

    assert shown == "1. And a tuple?\n   It is\n\n   *fixed*.\n2. And a set? → PY-BEG-002"
    restored = question.follow_ups.get(position=1)
    assert (restored.answer, restored.answer_html) == ("It is\n\n*fixed*.", "<p>It is</p>\n<p><em>fixed</em>.</p>")


def test_a_revision_from_before_there_were_answers_can_be_read_and_restored(question: Question) -> None:
    old = revisions.of(question.pk)[0]
    for line in old.follow_ups:
        del line["answer"]
    old.save()

    revisions.restore(old)

    assert revisions.texts(old)["follow_ups"] == "1. And a tuple?\n2. And a set? → PY-BEG-002"
    assert question.follow_ups.count() == 2


def test_an_added_question_has_one_revision_with_its_follow_ups(editor: Client, bank: Bank) -> None:
    form = filled_form(bank.add("PY-BEG-007"), code="PY-BEG-008")
    form |= {"follow_ups-TOTAL_FORMS": 1, "follow_ups-0-position": 1, "follow_ups-0-text": "And then?"}

    editor.post("/admin/questions/question/add/", form)

    [only] = Revision.objects.filter(code="PY-BEG-008")
    assert (only.history_type, [it["text"] for it in only.follow_ups]) == ("+", ["And then?"])


def test_a_refused_save_writes_no_revision(editor: Client, question: Question) -> None:
    before = revisions.of(question.pk).count()

    save(editor, question, filled_form(question, difficulty=11))

    assert revisions.of(question.pk).count() == before


def test_a_save_in_code_is_a_revision_by_nobody(question: Question) -> None:
    question.title = "What is a list, in code?"

    question.save()

    newest = revisions.of(question.pk)[0]
    assert (newest.title, newest.history_user) == ("What is a list, in code?", None)
    assert len(newest.follow_ups) == 2


def test_a_change_in_bulk_is_recorded_with_its_reason(question: Question, bank: Bank) -> None:
    Question.objects.update(difficulty=9)

    number = revisions.record(Question.objects.all(), "Made harder")

    assert number == 2
    assert reasons(question)[0] == "Made harder"
    assert revisions.of(question.pk)[0].difficulty == 9


def test_a_state_that_nothing_recorded_is_recorded_before_it_is_changed(jane: Client, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(title="Loaded from a file?")

    save(jane, question, filled_form(question, title="Typed by Jane?"))

    newest, found = revisions.of(question.pk)[:2]
    assert (newest.title, newest.history_user.username) == ("Typed by Jane?", "jane")
    assert (found.title, found.history_user, found.history_change_reason) == (
        "Loaded from a file?",
        None,
        "As it was found",
    )


def test_rendered_html_is_no_part_of_the_history() -> None:
    assert [it.name for it in Revision._meta.get_fields() if it.name.endswith("_html")] == []


def test_writing_history_leaves_the_public_pages_as_they_are(question: Question) -> None:
    version.forget()
    before = version.version()

    revisions.record(Question.objects.all(), "Nothing but history")

    version.forget()
    assert version.version() == before


def test_rendering_everything_anew_writes_no_history(question: Question) -> None:
    Question.objects.update(answer_html="old")
    before = Revision.objects.count()

    call_command("render_questions", verbosity=0)

    question.refresh_from_db()
    assert "mutable" in question.answer_html
    assert Revision.objects.count() == before


def test_loading_the_question_set_writes_no_history(db: None) -> None:
    call_command("loaddata", *fixtures(), verbosity=0)

    assert Revision.objects.count() == 0


def test_recording_the_question_set_takes_a_handful_of_queries(db: None, django_assert_max_num_queries: Any) -> None:
    call_command("loaddata", *fixtures(), verbosity=0)

    with django_assert_max_num_queries(10):
        number = revisions.record(Question.objects.all(), "The question set", revisions.CREATED)

    assert number == 54


# Restoring.


def test_restoring_brings_back_fields_html_and_follow_ups_as_a_new_revision(question: Question) -> None:
    then = revisions.of(question.pk)[0]
    lines = stored_lines(question)
    question.title, question.answer = "Ruined?", "*Ruined.*"
    question.save()
    question.follow_ups.all().delete()
    revisions.record(Question.objects.filter(pk=question.pk), "Ruined")

    revisions.restore(then)

    question.refresh_from_db()
    assert (question.title, question.answer) == ("What is a list?", "A list is mutable.")
    assert question.answer_html == "<p>A list is mutable.</p>"
    assert stored_lines(question) == lines
    assert reasons(question)[:2] == [f"Restored from revision {then.history_id}", "Ruined"]


def test_restoring_keeps_the_status(question: Question) -> None:
    published = revisions.of(question.pk)[0]
    question.status = "draft"
    question.save()

    revisions.restore(published)

    question.refresh_from_db()
    assert question.status == "draft"


def test_a_follow_up_whose_answer_is_gone_comes_back_without_it(question: Question) -> None:
    then = revisions.of(question.pk)[0]
    Question.objects.get(code="PY-BEG-002").delete()

    revisions.restore(then)

    assert [(it["text"], it["answered_by"]) for it in stored_lines(question)] == [
        ("And a tuple?", None),
        ("And a set?", None),
    ]


def test_a_revision_whose_category_is_gone_is_not_restored(question: Question, core: Category) -> None:
    then = revisions.of(question.pk)[0]
    other = Category.objects.create(name="Other", slug="other")
    Question.objects.update(category=other)
    core.delete()

    with pytest.raises(ValidationError, match="category instance with id"):
        revisions.restore(then)

    oldest = revisions.of(question.pk).last()
    assert revisions.texts(oldest)["category"] == "(deleted)"


def test_a_revision_whose_markdown_can_no_longer_be_rendered_changes_nothing(question: Question) -> None:
    then = revisions.of(question.pk)[0]
    then.title, then.answer = "Hostile?", ">" * 300

    with pytest.raises(ValidationError, match="nested more than 100 deep"):
        revisions.restore(then)

    question.refresh_from_db()
    assert question.title == "What is a list?"


# Deleting.


def test_a_deleted_question_comes_back_with_its_follow_ups_and_its_history(question: Question) -> None:
    before, lines, pk = revisions.of(question.pk).count(), stored_lines(question), question.pk
    question.delete()

    revisions.restore(revisions.deletions().get())

    back = Question.objects.get(pk=pk)
    assert (back.code, back.answer_html) == ("PY-BEG-001", "<p>A list is mutable.</p>")
    assert stored_lines(back) == lines
    assert revisions.of(pk).count() == before + 2
    assert not revisions.deletions().exists()


def test_an_earlier_revision_of_a_deleted_question_has_the_status_of_the_last(question: Question) -> None:
    published, pk = revisions.of(question.pk)[0], question.pk
    question.title, question.status = "Withdrawn?", "draft"
    question.save()
    question.delete()

    back = revisions.restore(published)

    assert (back.pk, back.title, back.status) == (pk, "What is a list?", "draft")


def test_links_that_were_lost_lead_to_the_restored_question_again(question: Question) -> None:
    answer = Question.objects.get(code="PY-BEG-002")
    answer.delete()
    assert stored_lines(question)[1]["answered_by"] is None

    revisions.restore(revisions.deletions().get())

    assert stored_lines(question)[1]["answered_by"] == "PY-BEG-002"
    assert reasons(question)[:2] == [
        "PY-BEG-002, which answers it, was restored",
        "PY-BEG-002, which answered it, was deleted",
    ]


def test_a_link_is_left_alone_where_its_follow_up_has_changed_since(question: Question) -> None:
    Question.objects.get(code="PY-BEG-002").delete()
    question.follow_ups.filter(position=2).update(text="Something else?")

    revisions.restore(revisions.deletions().get())

    assert stored_lines(question)[1]["answered_by"] is None


def test_questions_deleted_together_find_each_other_again_in_either_order(question: Question) -> None:
    Question.objects.all().delete()
    first, second = revisions.deletions()

    revisions.restore(first)
    revisions.restore(second)

    assert stored_lines(Question.objects.get(code="PY-BEG-001"))[1]["answered_by"] == "PY-BEG-002"


def test_a_question_deleted_twice_is_listed_once(question: Question) -> None:
    question.delete()
    revisions.restore(revisions.deletions().get()).delete()

    assert [it.code for it in revisions.deletions()] == ["PY-BEG-001"]


def test_a_deleted_question_whose_code_is_taken_is_not_restored(question: Question, bank: Bank) -> None:
    question.delete()
    bank.add("PY-BEG-001", title="Newcomer?")

    with pytest.raises(ValidationError, match="already exists"):
        revisions.restore(revisions.deletions().get())

    assert Question.objects.get(code="PY-BEG-001").title == "Newcomer?"
