"""Questions as a page to print."""

from html import unescape

import pytest
from django.test import Client

from questions.models import Question
from tests.conftest import Bank
from tests.questions.exchange.reading import text

pytestmark = pytest.mark.one_database


def page(client: Client, query: str = "") -> str:
    return " ".join(unescape(text(client, f"/questions/print/{query}")).split())


def test_page_shows_every_question_in_order(bank: Bank, client: Client) -> None:
    for number in range(1, 31):
        bank.add(f"PY-BEG-{number:03}", difficulty=number % 10 + 1)

    html = page(client, "?sort=code")

    positions = [html.index(f'<h2 id="PY-BEG-{number:03}">') for number in range(1, 31)]
    assert positions == sorted(positions)
    assert "30 questions" in html


def test_answers_are_printed_unless_they_are_off(hostile: Question, client: Client) -> None:
    with_answers, without = page(client), page(client, "?answers=off")

    assert "with a Windows line" in with_answers
    assert "<h3>Deep Explanation</h3>" in with_answers
    assert "And alone?" in with_answers
    assert "<h3>" not in without
    assert "Windows line" not in without
    assert '<h2 id="PY-BEG-001">' in without


def test_either_form_leads_to_the_other_and_back_to_the_list(bank: Bank, client: Client) -> None:
    bank.add()

    html = page(client, "?technology=python&answers=off")

    assert '<a href="/questions/print/?technology=python">With answers</a>' in html
    assert '<a href="/questions/print/?technology=python&answers=off" aria-current="page">Questions alone</a>' in html
    assert '<a href="/questions/?technology=python">Back to the list</a>' in html


def test_page_is_a_whole_document_with_its_questions_inside(bank: Bank, client: Client) -> None:
    bank.add()

    html = page(client)

    assert html.startswith("<!doctype html>")
    assert html.index('<main id="content">') < html.index('<h2 id="PY-BEG-001">') < html.index("</main>")
    assert html.endswith("</html>")


def test_titles_and_follow_ups_are_escaped(hostile: Question, client: Client) -> None:
    html = text(client, "/questions/print/")

    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "=And &lt;b&gt;then&lt;/b&gt;?" in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?answers=maybe", "Answers are “on” or “off”, not “maybe”."),
        ("?level=nope", "There is no level “nope”."),
        ("?q=%3C!--+questions+--%3E", "0 questions"),
    ],
)
def test_bad_input_is_named(bank: Bank, client: Client, query: str, sentence: str) -> None:
    bank.add()

    assert sentence in page(client, query)


def test_page_is_not_for_search_engines(bank: Bank, client: Client) -> None:
    bank.add()

    assert '<meta name="robots" content="noindex">' in page(client)
