"""The part of a page that opens under a follow-up, and the buttons that open it."""

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.models import FollowUp
from tests.conftest import Bank


def part(client: Client, code: str, status: int = 200) -> str:
    response = client.get(f"/questions/{code}/push/")
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


def test_part_shows_title_badges_and_short_answer_alone(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-008", title="What is a trap?", answer="*Short.*", explanation="Deep.", difficulty=4)

    html = part(client, "PY-BEG-008")

    assert '<h3><a href="/questions/PY-BEG-008/">What is a trap?</a></h3>' in html
    assert "Python" in html
    assert 'data-value="4"' in html
    assert "<em>Short.</em>" in html
    assert "Deep." not in html
    assert "<html" not in html


def test_part_leads_on_through_its_linked_follow_ups(bank: Bank, client: Client) -> None:
    asking, answer, hidden = bank.add("PY-BEG-001"), bank.add("PY-BEG-002"), bank.add("PY-BEG-003", status="draft")
    FollowUp.objects.create(question=asking, position=1, text="Linked?", answered_by=answer)
    FollowUp.objects.create(question=asking, position=2, text="Hidden?", answered_by=hidden)
    FollowUp.objects.create(question=asking, position=3, text="Plain?")

    html = part(client, "PY-BEG-001")

    assert html.count(">Show answer<") == 1
    assert 'data-part="/questions/PY-BEG-002/push/"' in html
    assert "Hidden?" in html
    assert "Plain?" in html
    assert "PY-BEG-003" not in html
    assert "This chain ends here" not in html


def test_part_says_where_the_chain_ends(bank: Bank, client: Client) -> None:
    FollowUp.objects.create(question=bank.add("PY-BEG-001"), position=1, text="Plain?")

    html = part(client, "PY-BEG-001")

    assert "This chain ends here." in html
    assert "Plain?" in html


def test_button_without_script_leads_to_the_drill_with_the_trail(bank: Bank, client: Client) -> None:
    asking = bank.add("PY-BEG-001")
    FollowUp.objects.create(question=asking, position=1, text="And?", answered_by=bank.add("PY-BEG-008"))

    html = " ".join(client.get("/questions/PY-BEG-001/").content.decode().split())

    assert '<a href="/questions/PY-BEG-008/">And?</a>' in html
    assert '<form class="open-panel" action="/questions/PY-BEG-008/drill/"' in html
    assert '<input type="hidden" name="trail" value="PY-BEG-001">' in html
    assert '<a href="/questions/PY-BEG-001/drill/">' in html


def test_list_has_no_panels(bank: Bank, client: Client) -> None:
    asking = bank.add("PY-BEG-001")
    FollowUp.objects.create(question=asking, position=1, text="And?", answered_by=bank.add("PY-BEG-008"))

    html = client.get("/questions/").content.decode()

    assert "And?" in html
    assert "Show answer" not in html


def test_part_is_the_same_for_everyone_and_no_page_for_search_engines(
    bank: Bank, client: Client, editor: Client
) -> None:
    bank.add()

    stranger, logged_in = client.get("/questions/PY-BEG-001/push/"), editor.get("/questions/PY-BEG-001/push/")

    assert stranger.content == logged_in.content
    assert not stranger.cookies
    assert stranger["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_part_is_only_read(bank: Bank, client: Client, method: str) -> None:
    bank.add()

    assert getattr(client, method)("/questions/PY-BEG-001/push/").status_code == 405


def test_any_letter_case_leads_to_the_part(bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get("/questions/py-beg-001/push/")

    assert response.status_code == 301
    assert response["Location"] == "/questions/PY-BEG-001/push/"


@pytest.mark.parametrize("code", ["PY-BEG-404", "PY-BEG-009"])
def test_missing_or_unpublished_question_has_no_part(bank: Bank, client: Client, code: str) -> None:
    bank.add("PY-BEG-009", status="draft")

    html = part(client, code, status=404)

    assert f"There is no question {code}." in html


@pytest.mark.parametrize("number", [1, 30])
def test_part_takes_at_most_eight_queries(
    bank: Bank, client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [bank.add(f"PY-BEG-{position:03}") for position in range(number)]
    for position, answer in enumerate(questions):
        FollowUp.objects.create(question=questions[0], position=position, text="And?", answered_by=answer)

    with django_assert_max_num_queries(8):
        client.get("/questions/PY-BEG-000/push/")
