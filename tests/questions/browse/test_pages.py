"""The front page and the question page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from questions.models import FollowUp, Level, Technology
from tests.conftest import Bank

PUBLIC = ["/", "/questions/", "/questions/PY-BEG-001/", "/questions/PY-BEG-404/", "/nowhere/"]


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


def test_front_page_counts_and_links(bank: Bank, client: Client, sql: Technology, advanced: Level) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-ADV-001", level=advanced)
    bank.add("PY-BEG-002", status="draft")

    html = page(client, "/")

    assert "<dt>questions</dt><dd>2</dd>" in html
    assert '<a href="/questions/?technology=python&level=advanced">1' in html
    assert '<a href="/questions/?level=beginner">1' in html
    assert '<a href="/questions/?technology=python">2' in html
    assert '<input id="hero-q" type="search" name="q"' in html


def test_front_page_lists_the_newest_first(bank: Bank, client: Client) -> None:
    for number in range(1, 9):
        bank.add(f"PY-BEG-{number:03}")

    newest = page(client, "/").partition("Newest questions")[2]

    assert newest.index("PY-BEG-008") < newest.index("PY-BEG-003")
    assert "PY-BEG-002" not in newest


def test_question_page_shows_its_sections_in_order_with_a_table_of_contents(bank: Bank, client: Client) -> None:
    bank.add(
        answer="A.",
        explanation="B.",
        example="C.",
        mistakes="D.",
        scenario="E.",
        references="- [F](https://example.org)",
    )

    html = page(client, "/questions/PY-BEG-001/")

    anchors = [
        "answer",
        "deep-explanation",
        "real-world-example",
        "common-mistakes",
        "production-scenario",
        "references",
    ]
    assert [html.count(f'href="#{anchor}"') for anchor in anchors] == [1] * 6
    positions = [html.index(f'<h2 id="{anchor}">') for anchor in anchors]
    assert positions == sorted(positions)


def test_sections_without_text_are_left_out(bank: Bank, client: Client) -> None:
    bank.add(answer="A.")

    html = page(client, "/questions/PY-BEG-001/")

    assert "Answer" in html
    assert "Common Mistakes" not in html
    assert "Follow-up Questions" not in html
    assert "References" not in html


def test_question_page_says_what_it_holds_for_and_when_it_changed(bank: Bank, client: Client) -> None:
    question = bank.add(verified_for="Python 3.11–3.14")

    html = page(client, "/questions/PY-BEG-001/")

    assert "Verified for Python 3.11–3.14." in html
    assert f'<time datetime="{question.updated_at:%Y-%m-%d}">' in html


@pytest.mark.parametrize(
    ("verified_for", "days", "sentence"),
    [
        ("Python 3.14", 0, "Verified for Python 3.14 · next review by {month}."),
        ("Python 3.14", -1, "Verified for Python 3.14 · review due."),
        ("", 0, "Next review by {month}."),
        ("", -1, "Review due."),
    ],
)
def test_question_page_says_until_when_it_was_checked(
    bank: Bank, client: Client, verified_for: str, days: int, sentence: str
) -> None:
    review_by = timezone.localdate() + timedelta(days=days)
    bank.add(verified_for=verified_for, review_by=review_by)

    html = page(client, "/questions/PY-BEG-001/")

    assert f"<p>{sentence.format(month=f'{review_by:%B %Y}')}</p>" in html


def test_previous_and_next_follow_the_default_order(bank: Bank, client: Client, advanced: Level) -> None:
    bank.add("PY-BEG-001", difficulty=2)
    bank.add("PY-BEG-002", difficulty=1)
    bank.add("PY-ADV-001", difficulty=1, level=advanced)
    bank.add("PY-BEG-003", difficulty=2, status="draft")

    html = page(client, "/questions/PY-BEG-001/")

    assert re.search(r'<a rel="prev"[^>]* href="/questions/PY-BEG-002/"', html)
    assert re.search(r'<a rel="next"[^>]* href="/questions/PY-ADV-001/"', html)
    assert 'rel="prev"' not in page(client, "/questions/PY-BEG-002/")
    assert 'rel="next"' not in page(client, "/questions/PY-ADV-001/")


def test_related_questions_are_the_nearest_of_the_technology(
    bank: Bank, client: Client, sql: Technology, advanced: Level
) -> None:
    bank.add("PY-BEG-001", difficulty=3)
    bank.add("PY-BEG-002", difficulty=9)
    bank.add("PY-BEG-003", difficulty=4)
    bank.add("PY-ADV-001", difficulty=3, level=advanced)
    bank.add("SQL-BEG-001", difficulty=3, technology=sql)

    related = page(client, "/questions/PY-BEG-001/").partition("Related questions")[2]

    positions = [related.index(code) for code in ("PY-BEG-003", "PY-BEG-002", "PY-ADV-001")]
    assert positions == sorted(positions)
    assert "SQL-BEG-001" not in related
    assert "PY-BEG-001" not in related


@pytest.mark.parametrize("path", ["/questions/py-beg-001/", "/questions/Py-Beg-001/"])
def test_any_letter_case_leads_to_the_question(bank: Bank, client: Client, path: str) -> None:
    bank.add()

    response = client.get(path)

    assert response.status_code == 301
    assert response["Location"] == "/questions/PY-BEG-001/"


@pytest.mark.parametrize(
    ("code", "first"), [("PY-BEG-009", "PY-BEG-002"), ("YP-BEG-001", "PY-BEG-001"), ("XX-YYY-999", "PY-BEG-002")]
)
def test_missing_question_is_a_404_that_suggests_the_nearest_codes(
    bank: Bank, client: Client, code: str, first: str
) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")

    html = page(client, f"/questions/{code}/", status=404)

    assert f"There is no question {code}." in html
    assert first in html


def test_missing_page_is_in_the_look_of_the_hub(client: Client, db: None) -> None:
    html = page(client, "/nowhere/", status=404)

    assert "There is no such page." in html
    assert "Knowledge Hub" in html


@pytest.mark.parametrize("path", PUBLIC[:4])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(bank: Bank, client: Client, path: str, method: str) -> None:
    bank.add()

    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_the_same_for_everyone(bank: Bank, client: Client, editor: Client, path: str) -> None:
    bank.add()

    stranger, logged_in = client.get(path), editor.get(path)

    assert stranger.content == logged_in.content
    assert not stranger.cookies
    assert "Cookie" not in stranger.get("Vary", "")


@pytest.mark.parametrize("path", PUBLIC[:3])
def test_canonical_address_is_absolute_and_never_the_host_asked(bank: Bank, client: Client, path: str) -> None:
    bank.add()

    response = client.get(path, headers={"host": "localhost"})

    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in response.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_question_page_takes_at_most_eight_queries(
    bank: Bank, client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [bank.add(f"PY-BEG-{position:03}") for position in range(number)]
    for position, answer in enumerate(questions):
        FollowUp.objects.create(question=questions[0], position=position, text="And?", answered_by=answer)

    with django_assert_max_num_queries(8):
        client.get("/questions/PY-BEG-000/")
