"""What a text becomes as HTML has a bound, whichever way the text comes in; nothing is stored of what goes beyond."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from questions.text.markdown import MAX_HTML, MAX_HTML_OF_QUESTION, MarkdownError, render
from tests.questions.exchange.reading import ROW

ADD = "/admin/questions/question/add/"
PREVIEW = "/admin/questions/question/preview/"
RENDER = "/admin/questions/question/render/"


def repeated(links: int) -> str:
    """A short text that becomes some 2,000 characters of HTML a link."""
    return f"[a]: https://example.org/{'x' * 2_000}\n\n" + ", ".join(["[a]"] * links)


TOO_MUCH = repeated(1_000)
BELOW = repeated(60)
SENTENCE = "This text becomes 2,038,005 characters of HTML; at most 250,000 fit. Make it shorter."


def question(**texts: str) -> dict[str, Any]:
    return ROW | {"status": "draft"} | texts


def loaded(tmp_path: Path, text: str) -> None:
    fields = question(answer=text) | {name: [ROW[name]] for name in ("technology", "category", "level")}
    path = tmp_path / "bank.json"
    path.write_text(json.dumps([{"model": "questions.question", "fields": fields}]))
    call_command("loaddata", path, verbosity=0)


def imported(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bank.json"
    path.write_text(json.dumps({"questions": [ROW | {"answer": text}]}))
    call_command("import_questions", path, stdout=StringIO(), stderr=StringIO())


@pytest.mark.one_database
def test_text_that_becomes_too_much_is_refused() -> None:
    with pytest.raises(MarkdownError) as refusal:
        render(("fine", TOO_MUCH))

    assert (str(refusal.value), refusal.value.position) == (SENTENCE, 1)


@pytest.mark.one_database
def test_texts_that_become_too_much_together_are_refused_at_the_last_of_them() -> None:
    alone = len(render((BELOW,))[0])
    fitting = MAX_HTML_OF_QUESTION // alone
    assert alone < MAX_HTML

    assert len(render((BELOW,) * fitting)) == fitting
    with pytest.raises(MarkdownError, match=r"^With this text, the question becomes ") as refusal:
        render((BELOW,) * (fitting + 1))
    assert refusal.value.position == fitting


@pytest.mark.parametrize("field", MARKDOWN_FIELDS)
def test_form_tells_it_at_the_field(editor: Client, form: dict[str, Any], field: str) -> None:
    response = editor.post(ADD, form | {field: TOO_MUCH})

    assert response.context["adminform"].form.errors == {field: [SENTENCE]}
    assert not Question.objects.exists()


def test_previews_tell_it(editor: Client, form: dict[str, Any]) -> None:
    page = editor.post(PREVIEW, form | {"answer": TOO_MUCH}).content

    assert editor.post(RENDER, {"text": TOO_MUCH}).json() == {"refused": SENTENCE}
    assert SENTENCE in page.decode()
    assert len(page) < MAX_HTML


@pytest.mark.usefixtures("python", "beginner", "core")
def test_loaddata_and_import_tell_it(tmp_path: Path) -> None:
    with pytest.raises(MarkdownError, match=f"bank.json.*{SENTENCE}"):
        loaded(tmp_path, TOO_MUCH)
    with pytest.raises(CommandError, match=SENTENCE):
        imported(tmp_path, TOO_MUCH)

    assert not Question.objects.exists()


@pytest.mark.usefixtures("python", "beginner", "core")
def test_loaddata_and_import_take_what_is_below_the_bound(tmp_path: Path) -> None:
    loaded(tmp_path, BELOW)
    imported(tmp_path, f"{BELOW} Changed.")

    assert Question.objects.get().answer_html.endswith("Changed.</p>")
