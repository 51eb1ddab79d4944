"""The worst that somebody may write is saved or refused, previewed and compared within two seconds."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from questions import revisions
from questions.models import Question
from questions.sections import MARKDOWN_FIELDS
from tests.conftest import Bank
from tests.databases import first_on_both
from tests.questions.editorial.conftest import CHANGE, filled_form

pytestmark = pytest.mark.slow

MOST = 2.0  # seconds
SIZE = 49_000
HOSTILE = {
    "fences that close at the end": "```b\n" + "```a\n" * 9_790 + "\r```\rx",
    "programs that are none": "```py\n(\n```\n",
    "an endless session": "```py\n" + ">>> x\n... y\n" * 4_000 + "\n```",
    "a word that is no word": "a" * 40_000 + "_",
    "marks on letters": "a" + "\u0315\u0300" * 20_000,
    "a link that repeats itself": f"[a]: /{'x' * 4_000}\n\n" + "[a], " * 3_000,
    "brackets": "[",
    "signs": "!? ",
    "paragraphs": "a\n\n",
}


def filling(unit: str) -> str:
    return unit if len(unit) > 1_000 else unit * (SIZE // len(unit))


def seconds(ask: Callable[[], Any]) -> float:
    begin = time.process_time()
    response = ask()
    assert response.status_code in (200, 302)
    return time.process_time() - begin


@pytest.mark.parametrize("page", first_on_both(["change", "preview"]))
@pytest.mark.parametrize("name", HOSTILE)
def test_worst_texts_are_saved_and_previewed(editor: Client, bank: Bank, name: str, page: str) -> None:
    question = bank.add(status="draft")
    form = filled_form(question) | dict.fromkeys(MARKDOWN_FIELDS, filling(HOSTILE[name]))

    assert seconds(lambda: editor.post(CHANGE.replace("change", page).format(question.pk), form)) < MOST


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("one", "other"), [("!?", "?!"), ("a b ", "b a "), ("!", "?"), ("&<", "<&"), ("a\n", "b\na\n")]
)
def test_history_of_the_worst_texts_is_shown(editor: Client, bank: Bank, one: str, other: str) -> None:
    question = bank.add()
    for number in range(11):
        text = filling((one, other)[number % 2])
        Question.objects.update(**dict.fromkeys(MARKDOWN_FIELDS, text))
        revisions.record(Question.objects.all())

    # It takes 1 to 2 s on a busy machine; what grew with the square of the text would take minutes.
    assert seconds(lambda: editor.get(f"/admin/questions/question/{question.pk}/history/")) < 2 * MOST
