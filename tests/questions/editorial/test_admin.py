"""Where editors work."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from questions.limits import MOST_FOLLOW_UPS
from questions.models import FollowUp, Question, Technology
from tests.conftest import Bank
from tests.questions.editorial.conftest import filled_form, save

LIST = "/admin/questions/question/"


def errors(client: Client, form: dict[str, Any]) -> str:
    response = client.post(f"{LIST}add/", form)
    assert response.status_code == 200
    assert not Question.objects.exists()
    return response.content.decode()


def test_stranger_is_sent_to_the_login(client: Client, db: None) -> None:
    response = client.get(LIST)

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_added_question_is_saved_with_its_follow_ups(editor: Client, form: dict[str, Any]) -> None:
    response = editor.post(f"{LIST}add/", form)

    assert response.status_code == 302
    question = Question.objects.get(code="PY-BEG-001")
    assert question.answer_html == "<p><em>Mutable.</em></p>"
    assert [follow_up.text for follow_up in question.follow_ups.all()] == ["And a tuple?"]


def test_changed_question_is_on_the_site_at_once(editor: Client, form: dict[str, Any], bank: Bank) -> None:
    question = bank.add()

    editor.post(f"{LIST}{question.pk}/change/", form | {"title": "What is changed?"})

    assert "What is changed?" in editor.get("/questions/PY-BEG-001/").content.decode()


def test_deleted_question_is_gone(editor: Client, bank: Bank) -> None:
    question = bank.add()

    editor.post(f"{LIST}{question.pk}/delete/", {"post": "yes"})

    assert editor.get("/questions/PY-BEG-001/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "JS-BEG-001"}, "JS-BEG-001 does not begin with PY-, as the codes of Python do."),
        ({"code": "nonsense"}, "A code looks like PY-ADV-004."),
        ({"difficulty": 11}, "Ensure this value is less than or equal to 10."),
        ({"difficulty": 0}, "Ensure this value is greater than or equal to 1."),
        ({"answer": "> " * 200 + "x"}, "This text is nested more than 100 deep; simplify its Markdown."),
        ({"technology": 999}, "Select a valid choice."),
    ],
)
def test_bad_values_are_told_and_nothing_is_lost(
    editor: Client, form: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    html = errors(editor, form | change)

    assert sentence in html
    assert "And a tuple?" in html
    assert "What is a list?" in html


def test_code_that_is_taken_is_told(editor: Client, form: dict[str, Any], bank: Bank) -> None:
    bank.add("PY-BEG-001")

    html = editor.post(f"{LIST}add/", form).content.decode()

    assert "Question with this Code already exists." in html


def test_code_is_permanent(editor: Client, form: dict[str, Any], bank: Bank) -> None:
    question = bank.add("PY-BEG-001")

    editor.post(f"{LIST}{question.pk}/change/", form | {"code": "PY-BEG-777"})

    question.refresh_from_db()
    assert question.code == "PY-BEG-001"


def test_follow_ups_may_swap_positions(editor: Client, form: dict[str, Any], bank: Bank) -> None:
    question = bank.add()
    first = FollowUp.objects.create(question=question, position=1, text="First?")
    second = FollowUp.objects.create(question=question, position=2, text="Second?")
    swapped = {
        "follow_ups-TOTAL_FORMS": 2,
        "follow_ups-INITIAL_FORMS": 2,
        "follow_ups-0-id": first.pk,
        "follow_ups-0-question": question.pk,
        "follow_ups-0-position": 2,
        "follow_ups-0-text": "First?",
        "follow_ups-1-id": second.pk,
        "follow_ups-1-question": question.pk,
        "follow_ups-1-position": 1,
        "follow_ups-1-text": "Second?",
    }

    response = editor.post(f"{LIST}{question.pk}/change/", form | swapped)

    assert response.status_code == 302
    assert [item.text for item in question.follow_ups.all()] == ["Second?", "First?"]


def test_two_follow_ups_at_one_position_are_told(editor: Client, form: dict[str, Any]) -> None:
    second = {"follow_ups-TOTAL_FORMS": 2, "follow_ups-1-position": 1, "follow_ups-1-text": "Why?"}

    assert "Please correct the duplicate data for position." in errors(editor, form | second)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=list",
        "?technology__id__exact=1",
        "?status__exact=draft",
        "?review=due",
        "?review=nonsense",
        "?o=2",
        "?e=1",
        "?p=999",
    ],
)
def test_list_can_be_searched_filtered_and_sorted(editor: Client, bank: Bank, query: str) -> None:
    bank.add()

    assert editor.get(f"{LIST}{query}", follow=True).status_code == 200


@pytest.mark.parametrize(("review", "code"), [("due", "PY-BEG-001"), ("later", "PY-BEG-002"), ("never", "PY-BEG-003")])
def test_list_can_be_filtered_by_review(editor: Client, bank: Bank, review: str, code: str) -> None:
    today = timezone.localdate()
    bank.add("PY-BEG-001", review_by=today - timedelta(days=1))
    bank.add("PY-BEG-002", review_by=today)
    bank.add("PY-BEG-003")

    html = editor.get(LIST, {"review": review}).content.decode()

    assert re.findall(r"PY-BEG-00\d(?=</a>)", html) == [code]


def test_follow_up_answers_are_completed_by_code_and_title(editor: Client, bank: Bank) -> None:
    bank.add("PY-BEG-007", title="What is a decorator?")
    field = {"app_label": "questions", "model_name": "followup", "field_name": "answered_by"}

    found = editor.get("/admin/autocomplete/", field | {"term": "decor"}).json()

    assert [item["text"] for item in found["results"]] == ["PY-BEG-007 What is a decorator?"]


def test_published_question_can_be_viewed_on_the_site_and_a_draft_cannot(editor: Client, bank: Bank) -> None:
    published, draft = bank.add("PY-BEG-001"), bank.add("PY-BEG-002", status="draft")

    assert 'href="/questions/PY-BEG-001/"' in editor.get(f"{LIST}{published.pk}/change/").content.decode()
    assert "View on site" not in editor.get(f"{LIST}{draft.pk}/change/").content.decode()


@pytest.mark.parametrize("model", ["technology", "level", "category"])
def test_taxonomies_can_be_edited(editor: Client, bank: Bank, model: str) -> None:
    assert editor.get(f"/admin/questions/{model}/").status_code == 200
    assert editor.get(f"/admin/questions/{model}/add/").status_code == 200


def test_slug_with_a_space_is_refused(editor: Client) -> None:
    response = editor.post(
        "/admin/questions/category/add/", {"name": "Data bases", "slug": "data bases", "position": 1}
    )

    assert "valid “slug”" in response.content.decode()


@pytest.mark.parametrize("address", ["{}/change/", "{}/preview/"])
def test_technology_that_the_code_does_not_fit_is_told(
    editor: Client, bank: Bank, sql: Technology, address: str
) -> None:
    question = bank.add()

    page = editor.post(LIST + address.format(question.pk), filled_form(question, technology=sql.pk))

    assert page.status_code == 200
    assert "PY-BEG-001 does not begin with SQL-, as the codes of SQL do." in page.content.decode()
    question.refresh_from_db()
    assert question.technology.code_prefix == "PY"


@pytest.mark.parametrize("field", [*[field.name for field in Question._meta.fields], "__all__", None])
def test_error_of_any_field_has_a_place_in_the_form(editor: Client, bank: Bank, field: str | None) -> None:
    question = bank.add()
    form = editor.get(f"{LIST}{question.pk}/change/").context["adminform"].form.__class__({}, instance=question)

    form.add_error(None, ValidationError({field: "Wrong."} if field else "Wrong."))

    assert "Wrong." in form.errors[field if field in form.fields else "__all__"]


@pytest.mark.parametrize("positions", [(1, 10_001), (10_001, 1), (32_767, 30_000), (2, 1)])
def test_follow_ups_move_from_wherever_they_stood(editor: Client, bank: Bank, positions: tuple[int, int]) -> None:
    question = bank.add()
    for position in positions:
        FollowUp.objects.create(question=question, position=position, text=f"At {position}?")
    places = {"follow_ups-0-position": 1, "follow_ups-1-position": 2}

    response = editor.post(f"{LIST}{question.pk}/change/", filled_form(question, **places))

    assert response.status_code == 302
    moved = [(it.position, it.text) for it in question.follow_ups.all()]
    assert moved == [(1, f"At {min(positions)}?"), (2, f"At {max(positions)}?")]


@pytest.mark.parametrize("position", ["10000", "30000", "40000", str(2**31), str(2**63), "9" * 30])
def test_position_beyond_the_last_is_refused_on_every_database(editor: Client, bank: Bank, position: str) -> None:
    question = bank.add()
    FollowUp.objects.create(question=question, position=1, text="And then?")

    response = editor.post(f"{LIST}{question.pk}/change/", filled_form(question, **{"follow_ups-0-position": position}))

    assert "Ensure this value is less than or equal to 9999." in response.content.decode()
    assert question.follow_ups.get().position == 1


def test_more_follow_ups_than_a_question_may_have_are_refused(editor: Client, bank: Bank) -> None:
    question = bank.add()
    form = filled_form(question, **{"follow_ups-TOTAL_FORMS": MOST_FOLLOW_UPS + 1})
    for number in range(MOST_FOLLOW_UPS + 1):
        form |= {f"follow_ups-{number}-position": number + 1, f"follow_ups-{number}-text": f"And {number}?"}

    response = editor.post(f"{LIST}{question.pk}/change/", form)

    assert "Please submit at most 100 forms." in response.content.decode()
    assert "And 100?" in response.content.decode()
    assert not FollowUp.objects.exists()


def test_all_follow_ups_that_a_question_may_have_can_be_replaced(editor: Client, bank: Bank) -> None:
    question = bank.add()
    most = range(1, MOST_FOLLOW_UPS + 1)
    FollowUp.objects.bulk_create(FollowUp(question=question, position=it, text=f"Old {it}?") for it in most)
    form = filled_form(question, **{"follow_ups-TOTAL_FORMS": 2 * MOST_FOLLOW_UPS})
    for number in range(MOST_FOLLOW_UPS):
        form[f"follow_ups-{number}-DELETE"] = "on"
        new = f"follow_ups-{MOST_FOLLOW_UPS + number}"
        form |= {f"{new}-position": number + 1, f"{new}-text": f"New {number + 1}?"}

    response = editor.post(f"{LIST}{question.pk}/change/", form)

    assert response.status_code == 302
    assert [it.text for it in question.follow_ups.all()] == [f"New {it}?" for it in most]


@pytest.mark.parametrize("page", ["change", "preview"])
def test_rows_that_are_only_claimed_are_not_made(editor: Client, bank: Bank, page: str) -> None:
    question = bank.add()

    response = editor.post(f"{LIST}{question.pk}/{page}/", filled_form(question, **{"follow_ups-TOTAL_FORMS": 40_000}))

    assert response.content.count(b"-answered_by") < 40 * MOST_FOLLOW_UPS
    assert response.status_code == 200


@pytest.mark.parametrize("kind", ["technology", "level", "category"])
def test_position_of_a_taxon_has_the_same_bound_on_every_database(editor: Client, db: None, kind: str) -> None:
    taxon = {"name": "New", "slug": "new", "code_prefix": "NEW", "code_part": "NEW", "position": 32_768}

    response = editor.post(f"/admin/questions/{kind}/add/", taxon)

    assert "Ensure this value is less than or equal to 32767." in response.content.decode()


def test_save_without_a_change_is_no_update(editor: Client, question: Question) -> None:
    before, number = question.updated_at, question.history.count()

    save(editor, question, filled_form(question, answer=f"{question.answer}\r\n"))

    question.refresh_from_db()
    assert question.updated_at == before
    assert question.history.count() == number


@pytest.mark.parametrize("change", [{"title": "Another?"}, {"follow_ups-0-text": "And a dict?"}])
def test_save_of_any_change_is_an_update(editor: Client, question: Question, change: dict[str, str]) -> None:
    before, number = question.updated_at, question.history.count()

    save(editor, question, filled_form(question, **change))

    question.refresh_from_db()
    assert question.updated_at > before
    assert question.history.count() == number + 1


def test_times_are_shown_with_their_zone(editor: Client, question: Question) -> None:
    assert f"{question.updated_at:%H:%M} UTC" in editor.get(f"{LIST}{question.pk}/change/").content.decode()
