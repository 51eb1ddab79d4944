"""What pages say of themselves to search engines and to those who share them."""

import json
import re
import struct
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.conftest import Bank

SITE = "http://127.0.0.1:8000"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(client: Client, path: str) -> str:
    response = client.get(path, headers={"host": "localhost"})
    assert response.status_code == 200
    return response.content.decode()


def linked_data(client: Client, path: str) -> dict[str, Any]:
    """Each thing that a page describes, by its type."""
    (text,) = SCRIPT.findall(page(client, path))
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def open_graph(client: Client, path: str) -> dict[str, str]:
    return {
        name: unescape(value)
        for name, value in re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)">', page(client, path))
    }


def test_question_is_a_quiz_with_its_answer(bank: Bank, client: Client) -> None:
    question = bank.add(title="What is a list?", answer="A *mutable* sequence:\n\n- `a < b`")

    quiz = linked_data(client, "/questions/PY-BEG-001/")["Quiz"]

    assert quiz["url"] == f"{SITE}/questions/PY-BEG-001/"
    assert quiz["educationalLevel"] == "Beginner"
    assert quiz["dateModified"] == question.updated_at.isoformat()
    assert quiz["hasPart"] == {
        "@type": "Question",
        "eduQuestionType": "Flashcard",
        "text": "What is a list?",
        "acceptedAnswer": {"@type": "Answer", "text": "A mutable sequence: a < b"},
    }


def test_question_has_its_breadcrumb(bank: Bank, client: Client) -> None:
    bank.add(title="What is a list?")

    steps = linked_data(client, "/questions/PY-BEG-001/")["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", f"{SITE}/"),
        (2, "Interview Questions", f"{SITE}/questions/"),
        (3, "PY-BEG-001", f"{SITE}/questions/PY-BEG-001/"),
    ]


def test_list_has_its_breadcrumb_and_is_no_quiz(bank: Bank, client: Client) -> None:
    bank.add()

    things = linked_data(client, "/questions/")

    assert list(things) == ["BreadcrumbList"]
    assert things["BreadcrumbList"]["itemListElement"][-1]["item"] == f"{SITE}/questions/"


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!--<script>", "a & b &lt; c", 'quotes " and \\ backslash', "\u2028"],
)
def test_data_cannot_leave_its_element(text: str, bank: Bank, client: Client) -> None:
    bank.add(title=text)

    quiz = linked_data(client, "/questions/PY-BEG-001/")["Quiz"]

    (source,) = SCRIPT.findall(page(client, "/questions/PY-BEG-001/"))
    assert quiz["name"] == text
    assert not re.search("[<>&]", source)


def test_page_is_no_faq(bank: Bank, client: Client) -> None:
    bank.add()

    assert "FAQPage" not in page(client, "/questions/PY-BEG-001/")
    assert "QAPage" not in page(client, "/questions/PY-BEG-001/")


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("/", "website", "Knowledge Hub"),
        ("/questions/?level=beginner", "website", "Interview questions"),
        ("/questions/PY-BEG-001/", "article", "What is PY-BEG-001?"),
        ("/questions/PY-BEG-001/drill/", "article", "What is PY-BEG-001?"),
        ("/map/?level=beginner", "website", "Map of the questions"),
    ],
)
def test_shared_page_has_a_title_an_address_and_a_card(
    path: str, kind: str, title: str, bank: Bank, client: Client
) -> None:
    bank.add()

    card = open_graph(client, path)

    assert (card["og:type"], card["og:title"], card["og:url"]) == (kind, title, f"{SITE}{path}")
    assert card["og:image"] == f"{SITE}/static/img/card.png"
    assert card["og:description"]


def test_description_is_plain_text(bank: Bank, client: Client) -> None:
    bank.add(answer="*If* `a < b` & “so on”.")

    assert open_graph(client, "/questions/PY-BEG-001/")["og:description"] == "If a < b & “so on”."
    assert '<meta name="description" content="If a &lt; b &amp; “so on”.">' in page(client, "/questions/PY-BEG-001/")


def test_card_has_the_size_that_is_promised() -> None:
    path = finders.find("img/card.png")
    assert path

    header = Path(path).read_bytes()[:24]

    assert header.startswith(b"\x89PNG")
    assert struct.unpack(">II", header[16:]) == (1200, 630)
