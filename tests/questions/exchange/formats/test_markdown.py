"""Questions as Markdown."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags

from questions.exchange import files
from questions.exchange.rows import canonical
from questions.models import Question
from questions.sections import ALSO_ASKED, SECTIONS
from questions.text.markdown import render
from questions.text.plain import escaped
from tests.conftest import Bank
from tests.questions.exchange.reading import text

pytestmark = pytest.mark.one_database

SITE = "http://127.0.0.1:8000"


def test_sections_read_back_as_the_database_holds_them(hostile: Question, client: Client) -> None:
    document = text(client, "/questions/PY-BEG-001.md")

    for section in (*SECTIONS, ALSO_ASKED):
        assert f"\n\n## {section.title}\n\n{canonical(getattr(hostile, section.field))}\n\n" in document
    assert document.endswith(f"\n\n## References\n\n{hostile.references}\n")


def test_document_begins_with_front_matter(bank: Bank, client: Client) -> None:
    question = bank.add(title="What is: a list?", verified_for="Python 3.11–3.14")

    document = text(client, "/questions/PY-BEG-001.md")

    assert question.published_at
    assert document.splitlines()[:14] == [
        "---",
        "code: PY-BEG-001",
        "title: 'What is: a list?'",
        "technology: python",
        "category: core",
        "level: beginner",
        "difficulty: 3",
        "verified_for: Python 3.11–3.14",
        f"published_at: '{question.published_at.isoformat()}'",
        f"url: {SITE}/questions/PY-BEG-001/",
        f"updated_at: '{question.updated_at.isoformat()}'",
        "---",
        "",
        "## Answer",
    ]


def test_public_document_can_be_imported(hostile: Question, client: Client, tmp_path: Path) -> None:
    (tmp_path / "question.md").write_text(text(client, "/questions/PY-BEG-001.md"), newline="")

    (row,) = files.read(tmp_path / "question.md").rows

    assert not row.problem
    assert row.fields["title"] == hostile.title
    assert [it["answered_by"] for it in row.fields["follow_ups"]] == ["PY-BEG-002", "", ""]


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
