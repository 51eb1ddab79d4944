"""Questions as OPML, read as XML."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from questions.models import Question
from tests.conftest import Bank
from tests.questions.exchange.reading import content

pytestmark = pytest.mark.one_database

SITE = "http://127.0.0.1:8000"


def branches(client: Client, path: str) -> list[Element]:
    """The questions of an outline."""
    return list(ElementTree.fromstring(content(client, path)).findall("body/outline"))


def twig(branch: Element, text: str) -> Element:
    """What stands on a branch under this name."""
    (found,) = [it for it in branch if it.get("text") == text]
    return found


def test_texts_read_back_as_the_database_holds_them(hostile: Question, client: Client) -> None:
    (branch,) = branches(client, "/questions/PY-BEG-001.opml")

    assert branch.get("text") == hostile.title
    assert branch.get("url") == f"{SITE}/questions/PY-BEG-001/"
    assert branch.get("_note") == "PY-BEG-001 · Python · Core · Beginner · Difficulty 3/10"
    assert twig(branch, "Answer").get("_note") == hostile.answer
    assert twig(branch, "Deep Explanation").get("_note") == hostile.explanation
    assert twig(branch, "Real-World Example").get("_note") == hostile.example
    assert twig(branch, "Also Asked As").get("_note") == hostile.also_asked
    assert twig(branch, "References").get("_note") == hostile.references


def test_follow_ups_lead_to_published_answers_alone(hostile: Question, client: Client) -> None:
    (branch,) = branches(client, "/questions/PY-BEG-001.opml")

    follow_ups = [(it.get("text"), it.get("url")) for it in twig(branch, "Follow-up Questions")]

    assert follow_ups == [
        ("=And <b>then</b>?", f"{SITE}/questions/PY-BEG-002/"),
        ("And in secret?", None),
        ("And alone?", None),
    ]


def test_what_is_empty_is_left_out(bank: Bank, client: Client) -> None:
    bank.add()

    (branch,) = branches(client, "/questions/PY-BEG-001.opml")

    assert [it.get("text") for it in branch] == ["Answer"]


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\ufffe"])
def test_sign_that_xml_cannot_hold_is_shown_as_one(bank: Bank, client: Client, sign: str) -> None:
    bank.add(title=f"A bell {sign} rings")

    (branch,) = branches(client, "/questions/PY-BEG-001.opml")

    assert branch.get("text") == "A bell � rings"


def test_list_is_one_outline_in_order(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-002", difficulty=1)
    bank.add("PY-BEG-001", difficulty=5)
    bank.add("PY-BEG-003", difficulty=9)

    found = [it.get("text") for it in branches(client, "/questions.opml?difficulty_max=5")]

    assert found == ["What is PY-BEG-002?", "What is PY-BEG-001?"]


def test_files_are_for_download(bank: Bank, client: Client) -> None:
    bank.add()

    one, many = client.get("/questions/PY-BEG-001.opml"), client.get("/questions.opml")

    assert one["Content-Disposition"] == 'attachment; filename="PY-BEG-001.opml"'
    assert many["Content-Disposition"] == 'attachment; filename="questions.opml"'
    assert one["Content-Type"] == many["Content-Type"] == "text/x-opml; charset=utf-8"
