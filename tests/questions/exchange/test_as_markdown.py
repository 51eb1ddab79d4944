"""Questions as Markdown."""

from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from questions.exchange.as_markdown import escaped
from questions.markdown import render
from questions.models import Question
from questions.sections import SECTIONS
from tests.conftest import Bank
from tests.questions.exchange.reading import text

SITE = "http://127.0.0.1:8000"


def test_sections_read_back_as_the_database_holds_them(hostile: Question, client: Client) -> None:
    document = text(client, "/questions/PY-BEG-001.md")

    for section in SECTIONS:
        assert f"\n\n## {section.title}\n\n{getattr(hostile, section.field).rstrip()}\n\n" in document
    assert f"\n\n## References\n\n{hostile.references}\n\n" in document


def test_document_begins_with_title_badges_and_address(bank: Bank, client: Client) -> None:
    bank.add(title="What is a list?")

    document = text(client, "/questions/PY-BEG-001.md")

    assert document.splitlines()[:5] == [
        "# What is a list?",
        "",
        "PY-BEG-001 · Python · Core · Beginner · Difficulty 3/10",
        "",
        f"<{SITE}/questions/PY-BEG-001/>",
    ]


def test_document_ends_with_what_it_holds_for_and_when_it_changed(hostile: Question, client: Client) -> None:
    last = text(client, "/questions/PY-BEG-001.md").splitlines()[-1]

    assert last == (
        f"Verified for Python 3.11–3.14 · next review by March 2999. Last updated {hostile.updated_at:%Y-%m-%d}."
    )


def test_follow_ups_link_to_published_answers_alone(hostile: Question, client: Client) -> None:
    document = text(client, "/questions/PY-BEG-001.md")

    assert "1. =And \\<b\\>then\\</b\\>? → [PY-BEG-002](http://127.0.0.1:8000/questions/PY-BEG-002/)\n" in document
    assert "2. And in secret?\n3. And alone?\n" in document


def test_sections_without_text_are_left_out(bank: Bank, client: Client) -> None:
    bank.add()

    document = text(client, "/questions/PY-BEG-001.md")

    assert "## Answer" in document
    assert "Common Mistakes" not in document
    assert "Follow-up" not in document
    assert "References" not in document


@pytest.mark.parametrize(
    "plain",
    ["What do *args and **kwargs mean?", "__init__ and _private", "a `tick` and a \\ backslash", "[not](a-link)"],
)
def test_plain_text_shows_as_it_is(plain: str) -> None:
    (html,) = render((escaped(plain),))

    assert unescape(strip_tags(html)) == plain


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("top_p and C# and R&D", "top_p and C# and R&D"),
        ("<b> &amp; ~~x~~", r"\<b\> \&amp; \~\~x\~\~"),
        ("What is #", r"What is \#"),
        ("two\nlines", "two lines"),
    ],
)
def test_only_what_would_not_show_is_escaped(plain: str, written: str) -> None:
    assert escaped(plain) == written


def test_list_is_one_document_in_order(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-002", difficulty=1)
    bank.add("PY-BEG-001", difficulty=5)
    bank.add("PY-BEG-003", difficulty=9)

    lines = text(client, "/questions.md?difficulty_max=5").splitlines()

    assert [line for line in lines if line.startswith("#")] == [
        "# Interview questions",
        "## What is PY-BEG-002?",
        "### Answer",
        "## What is PY-BEG-001?",
        "### Answer",
    ]
    assert "Questions: 2 · Difficulty 5 or less" in lines


def test_bad_input_is_named_in_the_document(bank: Bank, client: Client) -> None:
    bank.add()

    lines = text(client, "/questions.md?level=*nope*").splitlines()

    assert "There is no level “\\*nope\\*”." in lines
    assert "## What is PY-BEG-001?" in lines
