"""Answers of a follow-up's own: on every way in, and wherever a follow-up is opened."""

from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from questions.limits import FOLLOW_UP_ANSWER
from questions.models import FollowUp, Question
from tests.conftest import Bank


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def asking(bank: Bank) -> Question:
    """A question whose follow-ups have both kinds of answer, one's own, another question, and none."""
    asking, deeper = bank.add("PY-BEG-001"), bank.add("PY-BEG-008", title="What is a trap?", answer="*Deeply.*")
    answers = [("*Both.*", deeper), ("*Mine.*", None), ("", deeper), ("", None)]
    for position, (answer, link) in enumerate(answers, start=1):
        FollowUp.objects.create(
            question=asking, position=position, text=f"And {position}?", answer=answer, answered_by=link
        )
    FollowUp.objects.create(question=deeper, position=1, text="Deeper still?", answer="*Bottom.*")
    return asking


# Every way in.


def test_answer_is_rendered_when_it_is_saved_and_safe(bank: Bank) -> None:
    question = bank.add()
    follow_up = FollowUp.objects.create(question=question, position=1, text="?", answer="*So* <script>x</script>")

    follow_up.answer = "**So**"
    follow_up.save(update_fields=["answer"])

    assert FollowUp.objects.get().answer_html == "<p><strong>So</strong></p>"


def test_saving_something_else_leaves_the_answer(asking: Question) -> None:
    for follow_up in FollowUp.objects.only("text"):
        follow_up.text = "Else?"
        follow_up.save(update_fields=["text"])

    assert FollowUp.objects.get(question=asking, position=2).answer_html == "<p><em>Mine.</em></p>"


def test_fixture_brings_a_rendered_answer(asking: Question, tmp_path: Path) -> None:
    file = tmp_path / "more.yaml"
    fields = "{question: [PY-BEG-001], position: 9, text: And?, answer: '*Loaded.*', answered_by: [PY-BEG-008]}"
    file.write_text(f"- {{model: questions.followup, fields: {fields}}}\n", encoding="utf-8")

    call_command("loaddata", file, verbosity=0)

    assert FollowUp.objects.get(position=9).answer_html == "<p><em>Loaded.</em></p>"


def test_answer_that_is_too_long_is_refused(bank: Bank) -> None:
    follow_up = FollowUp(question=bank.add(), position=1, text="?", answer="x" * FOLLOW_UP_ANSWER)
    follow_up.full_clean()
    follow_up.answer += "x"

    with pytest.raises(ValidationError, match="at most 2000 characters"):
        follow_up.full_clean()


def test_render_questions_renders_answers_again(asking: Question) -> None:
    FollowUp.objects.update(answer_html="old")
    updated_at = Question.objects.get(pk=asking.pk).updated_at
    stdout = StringIO()

    call_command("render_questions", stdout=stdout)

    assert "3 changed, 0 refused" in stdout.getvalue()
    assert FollowUp.objects.get(question=asking, position=2).answer_html == "<p><em>Mine.</em></p>"
    assert Question.objects.get(pk=asking.pk).updated_at == updated_at


def test_render_questions_names_the_answer_that_it_refuses(asking: Question) -> None:
    FollowUp.objects.filter(question=asking, position=2).update(answer="x" * 60_000)
    stderr = StringIO()

    with pytest.raises(CommandError):
        call_command("render_questions", stdout=StringIO(), stderr=stderr)

    assert "PY-BEG-001: follow-up 2: This text has 60,000 characters" in stderr.getvalue()


# Where it is opened.


@pytest.mark.usefixtures("asking")
def test_question_page_opens_what_has_an_answer_and_holds_none(client: Client) -> None:
    html = page(client, "/questions/PY-BEG-001/")

    assert html.count(">Show answer<") == 3
    assert 'data-part="/questions/PY-BEG-001/push/1/"' in html
    assert 'data-part="/questions/PY-BEG-001/push/2/"' in html
    assert 'data-part="/questions/PY-BEG-008/push/"' in html
    assert 'action="/questions/PY-BEG-001/drill/#follow-up-2"' in html
    assert "Both." not in html
    assert "Mine." not in html


@pytest.mark.usefixtures("asking")
def test_part_shows_the_answer_with_a_link_to_the_question_in_depth(client: Client) -> None:
    html = page(client, "/questions/PY-BEG-001/push/1/")

    assert "<em>Both.</em>" in html
    assert 'In depth: <a href="/questions/PY-BEG-008/">What is a trap?</a>' in html
    assert "Deeply." not in html
    assert "And then the interviewer asks" in html
    assert "Deeper still?" in html
    assert "This chain ends here" not in html


@pytest.mark.usefixtures("asking")
def test_part_of_an_answer_without_a_link_ends_the_chain(client: Client) -> None:
    html = page(client, "/questions/PY-BEG-001/push/2/")

    assert "<em>Mine.</em>" in html
    assert "In depth" not in html
    assert "This chain ends here." in html


def test_link_to_what_readers_may_not_see_is_not_shown(bank: Bank, asking: Question, client: Client) -> None:
    FollowUp.objects.filter(position=1).update(answered_by=bank.add("PY-BEG-009", status="draft"))

    html = page(client, "/questions/PY-BEG-001/push/1/")

    assert "<em>Both.</em>" in html
    assert "PY-BEG-009" not in html


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize("path", ["PY-BEG-001/push/3", "PY-BEG-001/push/99", f"PY-BEG-001/push/{'9' * 5_000}"])
def test_follow_up_without_an_answer_of_its_own_has_no_part(client: Client, path: str) -> None:
    assert page(client, f"/questions/{path}/", status=404)


@pytest.mark.usefixtures("asking")
def test_part_keeps_the_rules_of_public_pages(client: Client) -> None:
    assert client.get("/questions/py-beg-001/push/2/")["Location"] == "/questions/PY-BEG-001/push/2/"
    assert client.post("/questions/PY-BEG-001/push/2/").status_code == 405
    assert client.get("/questions/PY-BEG-001/push/2/")["X-Robots-Tag"] == "noindex"


@pytest.mark.usefixtures("asking")
def test_drill_shows_answers_where_it_asks_and_leads_on(client: Client) -> None:
    html = page(client, "/questions/PY-BEG-001/drill/")

    assert 'id="follow-up-1"><p><em>Both.</em></p></div> <p><a class="plain" href="/questions/PY-BEG-008/drill/' in html
    assert 'id="follow-up-2"><p><em>Mine.</em></p></div> </details>' in html
    assert '<a href="/questions/PY-BEG-008/drill/?trail=PY-BEG-001">And 3?' in html
    assert "And 4?" not in html
    assert "This chain ends here" not in html


@pytest.mark.usefixtures("asking")
def test_drill_that_has_answers_but_no_question_left_says_so(client: Client) -> None:
    html = page(client, "/questions/PY-BEG-008/drill/?trail=PY-BEG-001")

    assert "<em>Bottom.</em>" in html
    assert "This chain ends here" in html
    assert "Begin another chain" not in html


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize("url", ["/questions/PY-BEG-001/recall/", "/questions/recall/", "/questions/print/"])
def test_recall_and_print_have_the_answers(client: Client, url: str) -> None:
    html = page(client, url) if "print" not in url else unescape(b"".join(client.get(url)).decode())

    assert "<em>Both.</em>" in html
    assert "<em>Mine.</em>" in html


@pytest.mark.usefixtures("asking")
def test_search_finds_the_words_of_an_answer(bank: Bank, client: Client) -> None:
    FollowUp.objects.create(question=bank.add("PY-BEG-002"), position=1, text="?", answer="A `zeugma` is one.")

    assert "PY-BEG-002" in page(client, "/questions/?q=zeugma")
