"""What editors see of a text before readers do."""

import pytest
from django.test import Client

from tests.conftest import Bank

RENDER = "/admin/questions/question/render/"

TEXT = "It is **new**.\r\n\r\n```python\r\nprint(1)\r\n```\r\n\r\n| a | b |\r\n| - | -: |\r\n| 1 | 2 |\r\n"


def test_preview_is_exactly_the_html_that_readers_get(editor: Client, bank: Bank) -> None:
    question = bank.add(answer=TEXT)

    preview = editor.post(RENDER, {"text": TEXT}).json()

    assert preview == {"html": question.answer_html}


def test_preview_of_a_script_is_inert(editor: Client, db: None) -> None:
    preview = editor.post(RENDER, {"text": "*Safe.* <script>alert(1)</script>"}).json()

    assert preview == {"html": "<p><em>Safe.</em> </p>"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[" * 20_000, "This text takes too long to render; simplify its Markdown."),
        ("x" * 50_001, "This text has 50,001 characters; at most 50,000 fit."),
        ("null \0", "Null characters are not allowed."),
    ],
)
def test_refused_text_is_told_in_a_sentence(editor: Client, db: None, text: str, sentence: str) -> None:
    assert editor.post(RENDER, {"text": text}).json() == {"refused": sentence}


def test_preview_of_nothing_is_empty(editor: Client, db: None) -> None:
    assert editor.post(RENDER).json() == {"html": ""}


def test_preview_is_asked_for_by_post_alone(editor: Client, db: None) -> None:
    assert editor.get(RENDER).status_code == 405


def test_preview_needs_the_csrf_token(admin_client: Client) -> None:
    admin_client.handler.enforce_csrf_checks = True

    assert admin_client.post(RENDER, {"text": "*x*"}).status_code == 403


def test_strangers_and_onlookers_render_nothing(client: Client, onlooker: Client) -> None:
    assert client.post(RENDER, {"text": "*x*"})["Location"].startswith("/admin/login/")
    assert onlooker.post(RENDER, {"text": "*x*"}).status_code == 403


def test_every_markdown_field_has_the_editor_and_no_other_field(editor: Client, db: None) -> None:
    html = editor.get("/admin/questions/question/add/").content.decode()

    assert html.count(f'data-preview="{RENDER}"') == 6
    assert html.count("<textarea") == 6
