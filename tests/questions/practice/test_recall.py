"""Recall: a question, or a list of them, with every part hidden until it is asked for."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.models import Level
from tests.conftest import Bank

ALL_PARTS = {name: f"The {name}." for name in ("answer", "explanation", "example", "mistakes", "scenario")}
HEADINGS = ["Answer", "Deep Explanation", "Real-World Example", "Common Mistakes", "Production Scenario"]


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


def parts(html: str) -> list[str]:
    """The parts that a page hides, each with its heading and text."""
    return re.findall(r'<details class="recall-step.*?</details>', html)


# One question.


def test_every_part_of_a_question_is_hidden_in_order(bank: Bank, client: Client) -> None:
    bank.add(**ALL_PARTS)

    found = parts(page(client, "/questions/PY-BEG-001/recall/"))

    assert [re.findall("<h2>(.*?)</h2>", part) for part in found] == [[heading] for heading in HEADINGS]
    assert all(f"<p>{text}</p>" in part for part, text in zip(found, ALL_PARTS.values(), strict=True))
    assert not any(part.startswith("<details open") or " open>" in part for part in found)


def test_nothing_of_the_answer_stands_outside_what_is_hidden(bank: Bank, client: Client) -> None:
    bank.add(**ALL_PARTS)

    html = page(client, "/questions/PY-BEG-001/recall/")

    for part in parts(html):
        html = html.replace(part, "")
    assert [text for text in ALL_PARTS.values() if text in html] == []


def test_an_empty_part_is_left_out(bank: Bank, client: Client) -> None:
    bank.add(answer="A.", mistakes="B.")

    found = parts(page(client, "/questions/PY-BEG-001/recall/"))

    assert [re.findall("<h2>(.*?)</h2>", part) for part in found] == [["Answer"], ["Common Mistakes"]]


def test_question_page_and_recall_lead_to_each_other(bank: Bank, client: Client) -> None:
    bank.add()

    reading, recalling = page(client, "/questions/PY-BEG-001/"), page(client, "/questions/PY-BEG-001/recall/")

    assert '<a href="/questions/PY-BEG-001/recall/" aria-keyshortcuts="r">Recall</a>' in reading
    assert '<a href="/questions/PY-BEG-001/" aria-keyshortcuts="r">Read</a>' in recalling
    assert '<a href="/questions/PY-BEG-001/recall/" aria-current="page">Recall</a>' in recalling


def test_next_question_is_recalled_too(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")

    html = page(client, "/questions/PY-BEG-001/recall/")

    assert 'rel="next" aria-keyshortcuts="j" href="/questions/PY-BEG-002/recall/"' in html


def test_any_letter_case_leads_to_recall(bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get("/questions/py-beg-001/recall/")

    assert response.status_code == 301
    assert response["Location"] == "/questions/PY-BEG-001/recall/"


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_recall_of_what_is_not_published_yet_is_a_404_that_suggests_the_nearest(
    bank: Bank, client: Client, status: str
) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002", status=status)

    html = page(client, "/questions/PY-BEG-002/recall/", status=404)

    assert "There is no question PY-BEG-002." in html
    assert "/questions/PY-BEG-001/" in html


def test_recall_takes_at_most_eight_queries(
    bank: Bank, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        bank.add(f"PY-BEG-{number:03}")

    with django_assert_max_num_queries(8):
        page(client, "/questions/PY-BEG-010/recall/")


# A list.


def test_list_to_recall_hides_every_part_of_every_question(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-001", **ALL_PARTS)
    bank.add("PY-BEG-002", **ALL_PARTS)

    html = page(client, "/questions/recall/")

    assert len(parts(html)) == 2 * len(ALL_PARTS)
    for part in parts(html):
        html = html.replace(part, "")
    assert [text for text in ALL_PARTS.values() if text in html] == []


def test_a_search_gives_nothing_of_the_answer_away(bank: Bank, client: Client) -> None:
    bank.add(title="What is a list?", answer="An ordered collection.")

    html = page(client, "/questions/recall/?q=ordered")

    assert "What is a list?" in html
    for part in parts(html):
        html = html.replace(part, "")
    assert "ordered collection" not in html


def test_list_and_recall_lead_to_each_other_with_their_filters_and_page(
    bank: Bank, client: Client, advanced: Level
) -> None:
    for number in range(1, 18):
        bank.add(f"PY-ADV-{number:03}", level=advanced)

    reading = page(client, "/questions/?level=advanced&page=2")
    recalling = page(client, "/questions/recall/?level=advanced&page=2")

    assert '<a href="/questions/recall/?level=advanced&page=2" aria-keyshortcuts="r">Recall</a>' in reading
    assert '<a href="/questions/?level=advanced&page=2" aria-keyshortcuts="r">Read</a>' in recalling


def test_filters_and_pages_of_recall_lead_to_recall(bank: Bank, client: Client, advanced: Level) -> None:
    for number in range(1, 18):
        bank.add(f"PY-ADV-{number:03}", level=advanced)

    html = page(client, "/questions/recall/?level=advanced")

    assert '<form id="filters" action="/questions/recall/"' in html
    assert '<a class="chip" href="/questions/recall/">Advanced' in html
    assert '<a href="/questions/recall/">Clear all filters</a>' in html
    assert '<a href="/questions/recall/?level=advanced&page=2" rel="next">' in html


def test_wrong_filters_are_named(bank: Bank, client: Client) -> None:
    bank.add()

    html = page(client, "/questions/recall/?level=expert&difficulty_min=x&page=99")

    assert "There is no level “expert”." in html
    assert "“x” is not a difficulty from 1 to 10." in html
    assert "PY-BEG-001" in html


def test_empty_list_to_recall_says_so(bank: Bank, client: Client) -> None:
    bank.add(difficulty=3)

    html = page(client, "/questions/recall/?difficulty_min=9")

    assert "No question fits all of these filters." in html


def test_list_to_recall_takes_as_few_queries_for_many_questions_as_for_one(
    bank: Bank, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        bank.add(f"PY-BEG-{number:03}", **ALL_PARTS)

    with django_assert_max_num_queries(8):
        page(client, "/questions/recall/?page=2")


# Both.


@pytest.fixture(params=["/questions/PY-BEG-001/recall/", "/questions/recall/?level=beginner"])
def path(request: pytest.FixtureRequest, bank: Bank) -> str:
    bank.add()
    return str(request.param)


def test_recall_is_the_same_for_everyone_and_not_for_search_engines(client: Client, editor: Client, path: str) -> None:
    stranger, logged_in = client.get(path), editor.get(path)

    assert stranger.content == logged_in.content
    assert not stranger.cookies
    assert "public" in stranger["Cache-Control"]
    assert b'<meta name="robots" content="noindex">' in stranger.content


def test_notes_ratings_and_what_stores_them_wait_for_scripts(client: Client, path: str) -> None:
    html = page(client, path)

    assert '<label class="recall-notes needs-script">' in html
    assert '<fieldset class="recall-rating needs-script">' in html


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_recall_is_only_read(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405
