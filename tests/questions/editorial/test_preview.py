"""What editors see of a text before readers do."""

from typing import Any

import pytest
from django.test import Client

from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from tests.conftest import Bank

LIST = "/admin/questions/question/"
RENDER = f"{LIST}render/"
PREVIEW = f"{LIST}preview/"

TEXT = "It is **new**.\r\n\r\n```python\r\nprint(1)\r\n```\r\n\r\n| a | b |\r\n| - | -: |\r\n| 1 | 2 |\r\n"


def test_preview_is_exactly_the_html_that_readers_get(editor: Client, bank: Bank) -> None:
    question = bank.add(answer=TEXT)

    preview = editor.post(RENDER, {"text": TEXT}).json()

    assert preview == {"html": question.answer_html, "notices": []}


def test_preview_of_a_script_is_inert(editor: Client, db: None) -> None:
    preview = editor.post(RENDER, {"text": "*Safe.* <script>alert(1)</script>"}).json()

    shown = "<p><em>Safe.</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert preview == {"html": shown, "notices": ["<script> is shown as text."]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("> " * 200 + "x", "This text is nested more than 100 deep; simplify its Markdown."),
        ("x" * 50_001, "This text has 50,001 characters; at most 50,000 fit."),
        ("null \0", "Null characters are not allowed."),
    ],
)
def test_refused_text_is_told_in_a_sentence(editor: Client, db: None, text: str, sentence: str) -> None:
    assert editor.post(RENDER, {"text": text}).json() == {"refused": sentence}


def test_preview_of_nothing_is_empty(editor: Client, db: None) -> None:
    assert editor.post(RENDER).json() == {"html": "", "notices": []}


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

    answers = [f'id="id_follow_ups-{row}-answer"' in html for row in (0, 1, 2, "__prefix__")]
    assert html.count(f'data-preview="{RENDER}"') == len(MARKDOWN_FIELDS) + len(answers)
    assert all(answers)
    assert html.count("<textarea") == len(MARKDOWN_FIELDS) + len(answers)


# The whole page.


def test_unsaved_question_is_shown_on_its_page_and_not_saved(editor: Client, form: dict[str, Any]) -> None:
    response = editor.post(PREVIEW, form)

    html = response.content.decode()
    assert "<h1>What is a list?</h1>" in html
    assert "<em>Mutable.</em>" in html
    assert "And a tuple?" in html
    assert "PY-BEG-001" in html
    assert not Question.objects.exists()


def test_unsaved_change_is_shown_and_not_saved(editor: Client, form: dict[str, Any], bank: Bank) -> None:
    question = bank.add(answer="Before.")

    html = editor.post(f"{LIST}{question.pk}/preview/", form | {"answer": "After."}).content.decode()

    assert "<p>After.</p>" in html
    question.refresh_from_db()
    assert question.answer == "Before."


def test_page_is_kept_by_nobody_and_found_by_nobody(editor: Client, form: dict[str, Any]) -> None:
    response = editor.post(PREVIEW, form)

    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_page_says_what_keeps_the_question_from_being_saved(editor: Client, form: dict[str, Any]) -> None:
    change = {"difficulty": "", "category": 999, "code": "nonsense", "example": "```python\nx = = 1\n```"}

    html = editor.post(PREVIEW, form | change).content.decode()

    assert "Difficulty: This field is required." in html
    assert "Code: A code looks like PY-ADV-004." in html
    assert "<em>Mutable.</em>" in html


def test_page_of_an_empty_form_says_what_is_missing(editor: Client, db: None) -> None:
    response = editor.post(PREVIEW)

    assert response.status_code == 200
    assert "Title: This field is required." in response.content.decode()


def test_page_of_a_text_that_cannot_be_rendered_says_so(editor: Client, form: dict[str, Any]) -> None:
    html = editor.post(PREVIEW, form | {"answer": "> " * 200 + "x"}).content.decode()

    assert "Answer: This text is nested more than 100 deep; simplify its Markdown." in html


def test_follow_ups_stand_in_their_order_without_deleted_ones(editor: Client, form: dict[str, Any]) -> None:
    others = {
        "follow_ups-TOTAL_FORMS": 3,
        "follow_ups-0-position": 2,
        "follow_ups-1-position": 1,
        "follow_ups-1-text": "First?",
        "follow_ups-2-position": 3,
        "follow_ups-2-text": "Gone?",
        "follow_ups-2-DELETE": "on",
    }

    html = editor.post(PREVIEW, form | others).content.decode()

    assert html.index("First?") < html.index("And a tuple?")
    assert "Gone?" not in html


def test_page_is_for_editors_and_posts_alone(editor: Client, onlooker: Client) -> None:
    assert editor.get(PREVIEW).status_code == 405
    assert onlooker.post(PREVIEW).status_code == 403
    assert Client().post(PREVIEW)["Location"].startswith("/admin/login/")


def test_page_of_a_question_that_is_not_there_is_not_there(editor: Client, db: None) -> None:
    assert editor.post(f"{LIST}999/preview/").status_code == 404
