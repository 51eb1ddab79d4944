"""The pages of the history, and deleting."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from questions import revisions
from questions.editorial import history_pages
from questions.models import Question
from tests.conftest import Bank
from tests.questions.editorial.conftest import filled_form, save

LIST = "/admin/questions/question/"
DELETED = f"{LIST}deleted/"


def history_of(pk: int) -> str:
    return f"{LIST}{pk}/history/"


def client_who_may(*permissions: str) -> Client:
    user = User.objects.create_user("limited", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions, content_type__app_label="questions"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def changed(jane: Client, question: Question) -> Question:
    """The question after Jane has changed its answer and a follow-up."""
    save(jane, question, filled_form(question, answer="A list is <b>ordered</b>.", **{"follow_ups-0-text": "Why?"}))
    question.refresh_from_db()
    return question


def test_the_history_tells_who_when_and_what_newest_first(editor: Client, changed: Question) -> None:
    html = editor.get(history_of(changed.pk)).content.decode()

    newest, older = html.split('class="revision module"')[1:3]
    assert "Changed by Jane Doe" in newest
    assert "<time" in newest
    assert "<ins>" in newest
    assert "mutable" in newest
    assert "Follow-ups" in newest
    assert "Changed by a program or a former account" in older


def test_what_was_typed_is_escaped(editor: Client, changed: Question) -> None:
    html = editor.get(history_of(changed.pk)).content.decode()

    assert "<b>" not in html
    assert "&lt;" in html


def test_the_history_link_of_the_form_leads_to_the_history(editor: Client, question: Question) -> None:
    assert f'href="{history_of(question.pk)}"' in editor.get(f"{LIST}{question.pk}/change/").content.decode()


@pytest.mark.parametrize("page", ["2", "999", "nonsense", "-1"])
def test_the_history_is_paged(editor: Client, question: Question, page: str) -> None:
    for number in range(history_pages.REVISIONS_A_PAGE):
        question.title = f"Title {number}?"
        question.save()

    html = editor.get(history_of(question.pk), {"p": page}).content.decode()

    assert "of 2" in html


def test_a_page_of_history_takes_few_queries(
    editor: Client, question: Question, django_assert_max_num_queries: Any
) -> None:
    for number in range(history_pages.REVISIONS_A_PAGE):
        question.title = f"Title {number}?"
        question.save()

    with django_assert_max_num_queries(10):
        editor.get(history_of(question.pk))


def test_a_revision_shows_the_question_as_it_was_and_what_restoring_changes(editor: Client, changed: Question) -> None:
    number = revisions.of(changed.pk)[1].history_id

    html = editor.get(f"{history_of(changed.pk)}{number}/").content.decode()

    assert "A list is mutable." in html
    assert "1. And a tuple?\n2. And a set? → PY-BEG-002" in html
    assert "What restoring it would change" in html
    assert "The status stays as it is now: Published." in html


def test_one_click_restores(jane: Client, changed: Question) -> None:
    number = revisions.of(changed.pk)[1].history_id

    response = jane.post(f"{history_of(changed.pk)}{number}/restore/", follow=True)

    changed.refresh_from_db()
    assert changed.answer == "A list is mutable."
    assert "PY-BEG-001 What is a list? has been restored." in response.content.decode()
    assert revisions.of(changed.pk)[0].history_user.username == "jane"


def test_what_cannot_be_restored_is_told_in_a_sentence(editor: Client, question: Question, bank: Bank) -> None:
    question.delete()
    bank.add("PY-BEG-001")
    last = revisions.deletions().get()

    response = editor.post(f"{history_of(last.id)}{last.history_id}/restore/", follow=True)

    assert "PY-BEG-001 could not be restored, and nothing has changed." in response.content.decode()
    assert "already exists" in response.content.decode()


@pytest.mark.parametrize("path", ["{pk}/history/", "{pk}/history/{number}/", "deleted/"])
def test_a_stranger_is_sent_to_the_login(client: Client, question: Question, path: str) -> None:
    number = revisions.of(question.pk)[0].history_id

    response = client.get(LIST + path.format(pk=question.pk, number=number))

    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("path", ["{pk}/history/", "{pk}/history/{number}/", "deleted/"])
def test_pages_of_the_history_are_only_read(editor: Client, question: Question, path: str) -> None:
    number = revisions.of(question.pk)[0].history_id

    assert editor.post(LIST + path.format(pk=question.pk, number=number)).status_code == 405


@pytest.mark.parametrize(
    "path", ["999/history/", "nonsense/history/", f"{9**30}/history/", "999/history/1/", f"{9**30}/history/{9**30}/"]
)
def test_a_history_that_does_not_exist_is_missing(editor: Client, path: str) -> None:
    assert editor.get(LIST + path).status_code == 404


def test_restoring_is_asked_for_by_post(editor: Client, question: Question) -> None:
    number = revisions.of(question.pk)[0].history_id

    assert editor.get(f"{history_of(question.pk)}{number}/restore/").status_code == 405


def test_a_revision_of_another_question_is_missing(editor: Client, question: Question) -> None:
    other = revisions.Revision.objects.exclude(id=question.pk)[0]

    assert editor.post(f"{history_of(question.pk)}{other.history_id}/restore/").status_code == 404


def test_who_may_only_look_may_not_restore(question: Question) -> None:
    reader = client_who_may("view_question")
    number = revisions.of(question.pk)[0].history_id

    assert reader.post(f"{history_of(question.pk)}{number}/restore/").status_code == 403
    assert "Restore</" not in reader.get(history_of(question.pk)).content.decode()


def test_who_may_change_but_not_add_may_not_bring_back(question: Question) -> None:
    editor = client_who_may("view_question", "change_question")
    question.delete()
    last = revisions.deletions().get()

    assert editor.post(f"{history_of(last.id)}{last.history_id}/restore/").status_code == 403
    assert editor.get(DELETED).status_code == 200


@pytest.mark.parametrize("path", ["{pk}/history/", "{pk}/history/{number}/", "deleted/"])
def test_who_may_not_see_questions_sees_no_history(question: Question, path: str) -> None:
    outsider = client_who_may("view_technology")
    number = revisions.of(question.pk)[0].history_id

    assert outsider.get(LIST + path.format(pk=question.pk, number=number)).status_code == 403


# Deleting.


def test_deleting_asks_and_says_what_else_goes(editor: Client, question: Question) -> None:
    html = editor.get(f"{LIST}{question.pk}/delete/").content.decode()

    assert "And a tuple?" in html
    assert "It can be brought back" in html


def test_deleting_says_which_follow_ups_lose_their_answer(editor: Client, question: Question) -> None:
    answer = Question.objects.get(code="PY-BEG-002")

    html = editor.get(f"{LIST}{answer.pk}/delete/").content.decode()

    assert "PY-BEG-001 keeps its follow-up “And a set?” but loses the answer to it" in html


def test_deleting_several_says_it_too(editor: Client, question: Question) -> None:
    answer = Question.objects.get(code="PY-BEG-002")
    action = {"action": "delete_selected", "_selected_action": [answer.pk]}

    html = editor.post(LIST, action).content.decode()

    assert "PY-BEG-001 keeps its follow-up “And a set?” but loses the answer to it" in html
    assert "They can be brought back" in html


def test_deleted_questions_are_listed_and_come_back(editor: Client, jane: Client, question: Question) -> None:
    answer = Question.objects.get(code="PY-BEG-002")
    jane.post(LIST, {"action": "delete_selected", "_selected_action": [question.pk, answer.pk], "post": "yes"})

    html = editor.get(DELETED).content.decode()
    for last in revisions.deletions():
        editor.post(f"{history_of(last.id)}{last.history_id}/restore/")

    assert html.count("Deleted by Jane Doe") == 2
    assert "PY-BEG-001 What is a list?" in html
    assert question.follow_ups.get(position=2).answered_by == answer
    assert "No question has been deleted" in editor.get(DELETED).content.decode()


@pytest.mark.parametrize(("permissions", "status"), [([], "draft"), (["review_question"], "published")])
def test_who_may_not_publish_brings_a_question_back_as_a_draft(
    question: Question, permissions: list[str], status: str
) -> None:
    client, pk = client_who_may("view_question", "add_question", *permissions), question.pk
    question.delete()
    last = revisions.deletions().get()

    client.post(f"{history_of(pk)}{last.history_id}/restore/")

    assert Question.objects.get(pk=pk).status == status


def test_the_history_of_a_deleted_question_can_be_read(editor: Client, question: Question) -> None:
    pk = question.pk
    question.delete()
    number = revisions.of(pk)[0].history_id

    assert "This question is deleted." in editor.get(history_of(pk)).content.decode()
    assert "The question is deleted." in editor.get(f"{history_of(pk)}{number}/").content.decode()


def test_the_list_leads_to_the_deleted_questions(editor: Client, question: Question) -> None:
    assert f'href="{DELETED}"' in editor.get(LIST).content.decode()
