"""Two people who edit the same question."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from questions import revisions
from questions.models import FollowUp, Question
from tests.conftest import client_of
from tests.questions.editorial.conftest import CHANGE, filled_form, save

HELD_BACK = "Somebody else has saved this question since you opened it"


def seen_in(html: str) -> str:
    """What the form in the page remembers, as a browser would send it."""
    return unescape(html.split('name="seen" value="', 1)[1].split('"', 1)[0])


def texts(question: Question) -> list[str]:
    return list(FollowUp.objects.filter(question=question).order_by("position").values_list("text", flat=True))


def test_the_form_remembers_the_version_that_it_shows(editor: Client, question: Question) -> None:
    html = editor.get(CHANGE.format(question.pk)).content.decode()

    response = save(editor, question, filled_form(question, title="Changed?") | {"seen": seen_in(html)})

    assert response.status_code == 302


def test_the_second_save_is_held_back_and_shows_both_versions(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, title="What is my list?", answer="All that I have typed.")
    save(jane, question, filled_form(question, title="What is a good list?"))

    html = save(editor, question, mine).content.decode()

    question.refresh_from_db()
    assert (question.title, question.answer) == ("What is a good list?", "A list is mutable.")
    assert HELD_BACK in html
    assert "It was Jane Doe, on" in html
    assert "good" in html.split("Theirs, saved")[1].split("Yours, not saved")[0]
    assert 'value="What is my list?"' in html
    assert "All that I have typed." in html


def test_what_only_i_have_changed_is_no_difference(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, answer="All that I have typed.")
    save(jane, question, filled_form(question, title="What is a good list?"))

    html = save(editor, question, mine).content.decode()

    assert 'name="theirs" value="title" checked' in html
    assert 'name="theirs" value="answer"' not in html


def test_what_both_have_changed_is_not_chosen_for_me(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, title="What is my list?")
    save(jane, question, filled_form(question, title="What is a good list?"))

    html = save(editor, question, mine).content.decode()

    assert 'name="theirs" value="title">' in html


def test_having_seen_theirs_i_may_save_mine(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, title="What is my list?")
    save(jane, question, filled_form(question, title="What is a good list?"))
    html = save(editor, question, mine).content.decode()

    response = save(editor, question, mine | {"seen": seen_in(html)})

    question.refresh_from_db()
    assert response.status_code == 302
    assert question.title == "What is my list?"
    assert [it.title for it in revisions.of(question.pk)[:2]] == ["What is my list?", "What is a good list?"]


def test_theirs_may_stay_field_by_field(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, title="What is my list?", answer="My answer.", difficulty=9)
    save(jane, question, filled_form(question, title="What is a good list?", answer="Her answer.", difficulty=2))
    html = save(editor, question, mine).content.decode()

    save(editor, question, mine | {"seen": seen_in(html), "theirs": ["title", "difficulty"]})

    question.refresh_from_db()
    assert (question.title, question.answer, question.difficulty) == ("What is a good list?", "My answer.", 2)


def test_a_third_save_is_seen_too(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, title="What is my list?")
    save(jane, question, filled_form(question, title="What is a good list?"))
    html = save(editor, question, mine).content.decode()
    save(jane, question, filled_form(question, title="What is the best list?"))

    html = save(editor, question, mine | {"seen": seen_in(html)}).content.decode()

    assert HELD_BACK in html
    assert Question.objects.get(pk=question.pk).title == "What is the best list?"


def test_a_refused_form_remembers_what_it_was_filled_from(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, title="What is my list?", difficulty=11)
    html = save(editor, question, mine).content.decode()
    save(jane, question, filled_form(question, title="What is a good list?"))

    html = save(editor, question, mine | {"difficulty": 4, "seen": seen_in(html)}).content.decode()

    assert HELD_BACK in html


def test_two_who_have_typed_the_same_are_in_no_conflict(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, answer="The same.\r\n")
    save(jane, question, filled_form(question, answer="The same."))

    assert save(editor, question, mine).status_code == 302


@pytest.mark.parametrize("seen", ["", "nonsense", "[]", "17", '{"title": 5}', '{"unknown": "field"}', "\0"])
def test_a_form_that_remembers_nonsense_is_no_error(editor: Client, question: Question, seen: str) -> None:
    assert save(editor, question, filled_form(question, seen=seen)).status_code in (200, 302)


def test_a_chosen_field_that_does_not_exist_is_no_error(editor: Client, question: Question) -> None:
    assert save(editor, question, filled_form(question, theirs=["nonsense", "code", "id"])).status_code == 302


# Follow-ups.


def test_a_follow_up_changed_meanwhile_is_a_conflict(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, **{"follow_ups-0-text": "And my tuple?"})
    save(jane, question, filled_form(question, **{"follow_ups-0-text": "And her tuple?"}))

    html = save(editor, question, mine).content.decode()

    assert HELD_BACK in html
    assert 'value="And my tuple?"' in html
    assert texts(question) == ["And her tuple?", "And a set?"]


def test_a_follow_up_deleted_meanwhile_can_be_saved_again(editor: Client, jane: Client, question: Question) -> None:
    mine = filled_form(question, **{"follow_ups-1-text": "And my set?"})
    save(jane, question, filled_form(question, **{"follow_ups-1-DELETE": "on"}))
    html = save(editor, question, mine).content.decode()
    assert "And my set?" in html

    response = save(editor, question, mine | {"seen": seen_in(html)})

    assert response.status_code == 302
    assert texts(question) == ["And a tuple?", "And my set?"]


def test_a_follow_up_added_meanwhile_gives_way_if_mine_is_saved(
    editor: Client, jane: Client, question: Question
) -> None:
    third = {"follow_ups-TOTAL_FORMS": 3, "follow_ups-2-position": 3}
    mine = filled_form(question, **third, **{"follow_ups-2-text": "Mine?"})
    save(jane, question, filled_form(question, **third, **{"follow_ups-2-text": "Hers?"}))
    html = save(editor, question, mine).content.decode()

    response = save(editor, question, mine | {"seen": seen_in(html)})

    assert response.status_code == 302
    assert texts(question) == ["And a tuple?", "And a set?", "Mine?"]


def test_their_follow_ups_may_stay(editor: Client, jane: Client, question: Question) -> None:
    third = {"follow_ups-TOTAL_FORMS": 3, "follow_ups-2-position": 3}
    mine = filled_form(question, title="My title?", **third, **{"follow_ups-2-text": "Mine?"})
    save(jane, question, filled_form(question, **third, **{"follow_ups-2-text": "Hers?"}))
    html = save(editor, question, mine).content.decode()

    save(editor, question, mine | {"seen": seen_in(html), "theirs": ["follow_ups"]})

    question.refresh_from_db()
    assert question.title == "My title?"
    assert texts(question) == ["And a tuple?", "And a set?", "Hers?"]


def test_restoring_meanwhile_is_a_conflict(editor: Client, question: Question) -> None:
    first = revisions.of(question.pk)[0]
    save(editor, question, filled_form(question, title="Second version?"))
    mine = filled_form(question, title="Third version?")
    revisions.restore(first)

    html = save(editor, question, mine).content.decode()

    assert HELD_BACK in html


# Deleted meanwhile.


def test_what_was_typed_outlives_the_question(editor: Client, jane: Client, question: Question) -> None:
    mine, pk = filled_form(question, answer="\nAll that I have typed."), question.pk
    jane.post(f"/admin/questions/question/{pk}/delete/", {"post": "yes"})

    html = editor.post(CHANGE.format(pk), mine).content.decode()

    assert "PY-BEG-001 was deleted while you were editing it" in html
    assert "Jane Doe deleted it" in html
    assert '<textarea name="answer" hidden>\n\nAll that I have typed.</textarea>' in html


def test_what_was_typed_is_saved_once_the_question_is_restored(
    editor: Client, jane: Client, question: Question
) -> None:
    mine, pk = filled_form(question, answer="All that I have typed."), question.pk
    jane.post(f"/admin/questions/question/{pk}/delete/", {"post": "yes"})
    revisions.restore(revisions.deletions().get())

    response = editor.post(CHANGE.format(pk), mine)

    question = Question.objects.get(pk=pk)
    assert response.status_code == 302
    assert question.answer == "All that I have typed."
    assert texts(question) == ["And a tuple?", "And a set?"]


@pytest.mark.parametrize("pk", ["999", "nonsense"])
def test_a_question_that_never_was_is_told_as_before(editor: Client, pk: str) -> None:
    response = editor.post(CHANGE.format(pk), {})

    assert response["Location"] == "/admin/"


# No draft any more.


def test_what_was_typed_outlives_a_step_that_takes_the_question_away(
    writer: Client, reviewer: Client, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(status="draft")
    mine = filled_form(question, answer="All that I have typed.")
    reviewer.post(f"/admin/questions/question/{question.pk}/step/submit/")

    html = save(writer, question, mine).content.decode()

    question.refresh_from_db()
    assert question.answer == "A list is mutable."
    assert "PY-BEG-001 is in review" in html
    assert "rita took this step with it" in html
    assert '<textarea name="answer" hidden>\nAll that I have typed.</textarea>' in html
    assert re.findall("<dt>(.*?)</dt>", html) == ["Title", "Answer", "Follow-up", "Follow-up"]


def test_what_was_typed_is_saved_once_the_question_is_a_draft_again(
    writer: Client, reviewer: Client, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(status="draft")
    mine = filled_form(question, answer="All that I have typed.")
    for step in ("submit", "take_back"):
        reviewer.post(f"/admin/questions/question/{question.pk}/step/{step}/")

    response = save(writer, question, mine)

    question.refresh_from_db()
    assert response.status_code == 302
    assert question.answer == "All that I have typed."


def test_who_may_only_look_is_refused_whatever_was_typed(question: Question) -> None:
    looking = client_of("lou")
    User.objects.get(username="lou").user_permissions.add(Permission.objects.get(codename="view_question"))

    assert save(looking, question, filled_form(question, answer="Mine.")).status_code == 403
