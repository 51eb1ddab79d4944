"""From draft to published: who may take which step, what it needs, and what is remembered of it."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.models import Question, WorkflowStep
from questions.states import BY_VALUE, REVIEW, STEPS, SUBMIT, TARGETS
from tests.conftest import Bank

LIST = "/admin/questions/question/"
STATUSES = list(BY_VALUE)
WAYS = {name: dict.fromkeys(step.sources, TARGETS[name].value) for name, step in STEPS.items()}


def change_page(question: Question) -> str:
    return f"{LIST}{question.pk}/change/"


def press(client: Client, question: Question, step: str, comment: str = "", **fields: Any) -> str:
    """Press a button on the question's page; returns the text of the page that comes."""
    address = f"{LIST}{question.pk}/step/{step}/"
    return client.post(address, {"comment": comment, **fields}, follow=True).content.decode()


def act(client: Client, step: str, *questions: Question, **fields: Any) -> str:
    """Take a step with the questions chosen on the list; returns the text of the page that comes."""
    chosen = {"action": step, "_selected_action": [question.pk for question in questions]}
    return client.post(LIST, chosen | fields, follow=True).content.decode()


def status(question: Question) -> str:
    question.refresh_from_db()
    return question.status


def buttons(client: Client, question: Question) -> list[str]:
    """The steps that the question's page offers."""
    html = client.get(change_page(question)).content.decode()
    return [name for name in STEPS if f"/step/{name}/" in html]


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("step", WAYS)
def test_step_leads_only_where_it_should(reviewer: Client, bank: Bank, step: str, before: str) -> None:
    question = bank.add_complete(status=before)

    press(reviewer, question, step, "Because.")

    assert status(question) == WAYS[step].get(before, before)
    assert WorkflowStep.objects.count() == (before in WAYS[step])


@pytest.mark.parametrize("before", STATUSES)
def test_editor_may_submit_and_take_back_and_nothing_else(writer: Client, bank: Bank, before: str) -> None:
    question = bank.add_complete(status=before)

    for step in (name for name, step in STEPS.items() if step.permission == REVIEW):
        response = writer.post(f"{LIST}{question.pk}/step/{step}/", {"comment": "Because."})

        assert response.status_code == 403

    assert status(question) == before


@pytest.mark.parametrize("before", STATUSES)
def test_page_offers_the_steps_that_its_reader_may_take_now(
    writer: Client, reviewer: Client, bank: Bank, before: str
) -> None:
    question = bank.add_complete(status=before)

    possible = [name for name in STEPS if before in WAYS[name]]
    assert buttons(writer, question) == [name for name in possible if STEPS[name].permission == SUBMIT]
    assert buttons(reviewer, question) == possible


def test_a_draft_is_submitted_reviewed_published_and_archived() -> None:
    assert WAYS == {
        "submit": {"draft": "in_review"},
        "take_back": {"in_review": "draft"},
        "send_back": {"in_review": "draft"},
        "publish": {"in_review": "published", "archived": "published"},
        "archive": {"published": "archived"},
    }


def test_step_is_logged_with_who_when_and_the_comment(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")

    press(reviewer, question, "send_back", "Name the <version>.")

    entry = question.workflow_steps.get()
    assert (entry.name, entry.username, entry.taken_by) == ("send_back", "rita", User.objects.get(username="rita"))
    html = reviewer.get(change_page(question)).content.decode()
    assert "Sent back by rita" in html
    assert "Name the &lt;version&gt;." in html


def test_step_stands_in_the_log_of_the_admin(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")

    press(reviewer, question, "publish")

    assert LogEntry.objects.get(object_id=question.pk).get_change_message() == "Published."


def test_log_shows_the_newest_step_first(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="draft")

    press(reviewer, question, "submit")
    html = press(reviewer, question, "publish")

    assert html.index("Published by rita") < html.index("Submitted for review by rita")


def test_log_outlives_the_account(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="draft")
    press(reviewer, question, "submit")

    User.objects.get(username="rita").delete()

    assert str(question.workflow_steps.get()) == "Submitted for review by rita"


def test_sending_back_needs_a_comment(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")

    html = press(reviewer, question, "send_back", "  ")

    assert "Say in the comment what is to be changed." in html
    assert status(question) == "in_review"


def test_question_that_lacks_something_is_not_published(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review", references="")

    html = press(reviewer, question, "publish")

    assert f"{question.code} cannot be published yet. It names no references." in html
    assert status(question) == "in_review"


def test_page_says_what_is_missing(writer: Client, bank: Bank) -> None:
    question = bank.add(status="draft")

    html = writer.get(change_page(question)).content.decode()

    assert "Missing before it can be published:" in html
    assert "It has fewer than 3 follow-up questions." in html


def test_second_click_says_that_it_is_done(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")
    press(reviewer, question, "publish")

    html = press(reviewer, question, "publish")

    assert "PY-BEG-001 is already published." in html
    assert WorkflowStep.objects.count() == 1


def test_nobody_publishes_what_was_changed_after_they_read_it(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")
    seen = question.updated_at.isoformat()
    question.save()

    html = press(reviewer, question, "publish", seen_at=seen)

    assert "PY-BEG-001 was changed after you opened its page." in html
    assert status(question) == "in_review"


def test_page_that_is_fresh_publishes(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")
    html = reviewer.get(change_page(question)).content.decode()
    seen = html.partition('name="seen_at" value="')[2].partition('"')[0]

    press(reviewer, question, "publish", seen_at=seen)

    assert status(question) == "published"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"comment": "x" * 2001}, "at most 2000 characters"),
        ({"comment": "null\0"}, "Null characters are not allowed."),
        ({"comment": "typed", "seen_at": "yesterday"}, "Enter a valid date/time."),
    ],
)
def test_bad_input_is_told_and_the_comment_comes_back(
    reviewer: Client, bank: Bank, fields: dict[str, str], sentence: str
) -> None:
    question = bank.add_complete(status="in_review")

    html = press(reviewer, question, "publish", **fields)

    assert sentence in html
    assert fields["comment"].rstrip("\0") in html
    assert status(question) == "in_review"


def test_comment_comes_back_where_the_step_is_refused(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="published")

    html = press(reviewer, question, "send_back", "A long comment.")

    assert "PY-BEG-001 cannot be sent back: it is published." in html
    assert "A long comment.</textarea>" in html


@pytest.mark.parametrize("address", ["999/step/publish/", "{pk}/step/nonsense/", "x/step/publish/"])
def test_unknown_question_or_step_is_not_found(reviewer: Client, bank: Bank, address: str) -> None:
    question = bank.add_complete(status="in_review")

    response = reviewer.post(LIST + address.format(pk=question.pk), follow=True)

    assert status(question) == "in_review"
    assert response.status_code == 404 or "doesn’t exist" in response.content.decode()


def test_steps_are_taken_by_post_alone(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")

    assert reviewer.get(f"{LIST}{question.pk}/step/publish/").status_code == 405


def test_stranger_is_sent_to_the_login(client: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")

    response = client.post(f"{LIST}{question.pk}/step/publish/")

    assert response["Location"].startswith("/admin/login/")
    assert status(question) == "in_review"


def test_forged_request_of_another_site_is_refused(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = reviewer.cookies

    assert strict.post(f"{LIST}{question.pk}/step/publish/").status_code == 403
    assert status(question) == "in_review"


def test_action_says_how_many_were_done_and_why_others_were_not(reviewer: Client, bank: Bank) -> None:
    ready, also = (
        bank.add_complete("PY-BEG-001", status="in_review"),
        bank.add_complete("PY-BEG-002", status="archived"),
    )
    draft, thin = bank.add_complete("PY-BEG-003", status="draft"), bank.add("PY-BEG-004", status="in_review")

    html = act(reviewer, "publish", ready, also, draft, thin)

    assert "2 questions were published." in html
    assert "PY-BEG-003 cannot be published: it is a draft." in html
    assert "PY-BEG-004 cannot be published yet." in html
    assert [status(it) for it in (ready, also, draft, thin)] == ["published", "published", "draft", "in_review"]


def test_action_names_ten_refusals_and_counts_the_others(reviewer: Client, bank: Bank) -> None:
    drafts = [bank.add(f"PY-BEG-{number:03}", status="draft") for number in range(13)]

    html = act(reviewer, "publish", *drafts)

    assert html.count("it is a draft.") == 10
    assert "And 3 more could not be published." in html


def test_editors_submit_from_the_list(writer: Client, bank: Bank) -> None:
    question = bank.add(status="draft")

    html = act(writer, "submit", question)

    assert "1 question was submitted for review." in html
    assert status(question) == "in_review"


@pytest.mark.parametrize("step", ["publish", "archive", "send_back", "delete_selected"])
def test_editors_have_no_action_beyond_submitting(writer: Client, bank: Bank, step: str) -> None:
    question = bank.add_complete(status="in_review")

    html = act(writer, step, question, comment="Because.", post="yes")

    assert "No action selected." in html
    assert f'value="{step}"' not in html
    assert status(question) == "in_review"


def test_sending_back_from_the_list_asks_for_the_comment(reviewer: Client, bank: Bank) -> None:
    first, second = bank.add("PY-BEG-001", status="in_review"), bank.add("PY-BEG-002", status="in_review")

    asked = act(reviewer, "send_back", first, second)
    done = act(reviewer, "send_back", first, second, comment="Both need sources.")

    assert '<textarea name="comment"' in asked
    assert "errorlist" not in asked
    assert "2 questions were sent back." in done
    assert [entry.comment for entry in WorkflowStep.objects.all()] == ["Both need sources."] * 2


def test_sending_back_from_the_list_without_a_comment_asks_again(reviewer: Client, bank: Bank) -> None:
    question = bank.add(status="in_review")

    html = act(reviewer, "send_back", question, comment=" ")

    assert "Say in the comment what is to be changed." in html
    assert status(question) == "in_review"


def test_action_on_more_than_it_can_take_is_refused_whole(
    reviewer: Client, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("questions.editorial.workflow_pages.MAX_AT_ONCE", 1)
    questions = [bank.add_complete(f"PY-BEG-00{number}", status="in_review") for number in (1, 2)]

    html = act(reviewer, "publish", *questions)

    assert "Nothing was done: an action takes at most 1 questions at once." in html
    assert [status(question) for question in questions] == ["in_review", "in_review"]


@pytest.mark.parametrize("client", ["writer", "reviewer", "editor"])
@pytest.mark.parametrize("wanted", STATUSES)
def test_no_form_sets_the_status(
    request: pytest.FixtureRequest, bank: Bank, form: dict[str, Any], client: str, wanted: str
) -> None:
    question = bank.add(status="draft")

    request.getfixturevalue(client).post(change_page(question), form | {"title": "Changed?", "status": wanted})

    question.refresh_from_db()
    assert (question.title, question.status) == ("Changed?", "draft")


def test_new_question_is_a_draft_whatever_is_posted(writer: Client, form: dict[str, Any]) -> None:
    writer.post(f"{LIST}add/", form | {"status": "published"})

    assert Question.objects.get().status == "draft"


def test_status_cannot_be_edited_in_the_list(writer: Client, bank: Bank) -> None:
    question = bank.add(status="draft")
    crafted = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": question.pk, "form-0-status": "published"}

    writer.post(LIST, crafted | {"_save": "Save"})

    assert site.get_model_admin(Question).list_editable == ()
    assert status(question) == "draft"


@pytest.mark.parametrize("before", ["in_review", "published", "archived"])
def test_only_reviewers_change_what_is_no_draft(
    writer: Client, reviewer: Client, bank: Bank, form: dict[str, Any], before: str
) -> None:
    question = bank.add(status=before)

    refused = writer.post(change_page(question), form | {"title": "By an editor?"})
    allowed = reviewer.post(change_page(question), form | {"title": "By a reviewer?"})

    assert (refused.status_code, allowed.status_code) == (409, 302)
    question.refresh_from_db()
    assert question.title == "By a reviewer?"


def test_change_page_costs_few_queries(
    reviewer: Client, bank: Bank, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    question = bank.add_complete(status="draft")
    for step in ("submit", "take_back") * 5:
        press(reviewer, question, step)

    with django_assert_max_num_queries(20):
        reviewer.get(change_page(question))


def test_published_by_a_step_it_is_dated_and_dated_once(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete(status="in_review")
    press(reviewer, question, "publish")
    question.refresh_from_db()
    first = question.published_at

    press(reviewer, question, "archive")
    press(reviewer, question, "publish")

    question.refresh_from_db()
    assert first is not None
    assert question.published_at == first
