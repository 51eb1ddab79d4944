"""The drill: a chain of follow-ups walked question by question, the trail in the address."""

from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.models import FollowUp, Question
from tests.conftest import Bank


def page(client: Client, code: str, trail: str = "", status: int = 200) -> str:
    response = client.get(f"/questions/{code}/drill/", {"trail": trail} if trail else {})
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


def codes_on_trail(html: str) -> list[str]:
    """The codes of the trail that a page shows, from where it begins."""
    items = html.partition('class="drill-trail"')[2].partition("</nav>")[0].split('<span class="code">')[1:]
    return [item.partition("<")[0] for item in items]


def follow(asking: Question, answer: Question, text: str = "And then?") -> FollowUp:
    """Let a question's next follow-up be answered by another."""
    position = asking.follow_ups.count() + 1
    return FollowUp.objects.create(question=asking, position=position, text=text, answered_by=answer)


@pytest.fixture
def chain(bank: Bank) -> list[Question]:
    """Three questions, each of which leads to the next."""
    questions = [bank.add(f"PY-BEG-00{number}") for number in (1, 2, 3)]
    follow(questions[0], questions[1], "First push?")
    follow(questions[1], questions[2], "Second push?")
    return questions


@pytest.mark.usefixtures("chain")
def test_drill_begins_with_the_question_and_a_hidden_answer(client: Client) -> None:
    html = page(client, "PY-BEG-001")

    assert "<h1>What is PY-BEG-001?</h1>" in html
    assert "Here the chain begins" in html
    assert '<details class="drill-answer">' in html
    assert "It depends." in html.partition("</summary>")[2].partition("</details>")[0]
    assert codes_on_trail(html) == ["PY-BEG-001"]


@pytest.mark.usefixtures("chain")
def test_each_way_on_carries_the_trail(client: Client) -> None:
    first, second = page(client, "PY-BEG-001"), page(client, "PY-BEG-002", "PY-BEG-001")

    assert '<a href="/questions/PY-BEG-002/drill/?trail=PY-BEG-001">First push?' in first
    assert '<a href="/questions/PY-BEG-003/drill/?trail=PY-BEG-001,PY-BEG-002">Second push?' in second


@pytest.mark.usefixtures("chain")
def test_trail_says_how_deep_and_leads_back_to_each_step(client: Client) -> None:
    html = page(client, "PY-BEG-003", "PY-BEG-001,PY-BEG-002")

    assert "2 questions deep" in html
    assert codes_on_trail(html) == ["PY-BEG-001", "PY-BEG-002", "PY-BEG-003"]
    assert '<a href="/questions/PY-BEG-001/drill/"><span' in html
    assert '<a href="/questions/PY-BEG-002/drill/?trail=PY-BEG-001">← Back to PY-BEG-002</a>' in html
    assert '<li aria-current="step"><span class="code">PY-BEG-003</span>' in html


@pytest.mark.usefixtures("chain")
def test_end_of_the_chain_says_so_and_suggests_chains_that_lead_on(client: Client) -> None:
    html = page(client, "PY-BEG-003", "PY-BEG-001")

    assert "This chain ends here" in html
    others = html.partition("Begin another chain")[2]
    assert '<a href="/questions/PY-BEG-002/drill/">' in others
    assert '<a href="/questions/PY-BEG-001/drill/">What' not in others


def test_end_of_the_only_chain_suggests_nothing(bank: Bank, client: Client) -> None:
    bank.add()

    html = page(client, "PY-BEG-001")

    assert "This chain ends here" in html
    assert "Begin another chain" not in html


def test_chain_that_comes_round_is_no_way_on(chain: list[Question], client: Client) -> None:
    follow(chain[2], chain[0])
    follow(chain[2], chain[2])

    html = page(client, "PY-BEG-003", "PY-BEG-001,PY-BEG-002")

    assert "This chain ends here" in html
    assert 'Asked already on this trail: <span class="code">PY-BEG-001</span>.' in html


def test_unlinked_and_unpublished_follow_ups_are_no_way_on(bank: Bank, client: Client) -> None:
    asking = bank.add("PY-BEG-001")
    follow(asking, bank.add("PY-BEG-002", status="draft"), "Hidden?")
    FollowUp.objects.create(question=asking, position=9, text="Plain?")

    html = page(client, "PY-BEG-001")

    assert "This chain ends here" in html
    assert "Hidden?" not in html


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    ("trail", "shown"),
    [
        ("PY-BEG-001,PY-BEG-003", ["PY-BEG-001", "PY-BEG-003"]),
        ("PY-BEG-003", ["PY-BEG-003"]),
        ("PY-BEG-001,PY-BEG-003,PY-BEG-002", ["PY-BEG-001", "PY-BEG-003"]),
        ("PY-BEG-001,PY-BEG-001,PY-BEG-002", ["PY-BEG-001", "PY-BEG-002", "PY-BEG-003"]),
        ("py-beg-001, Py-Beg-002 ,", ["PY-BEG-001", "PY-BEG-002", "PY-BEG-003"]),
        (",,,", ["PY-BEG-003"]),
    ],
)
def test_trail_is_read_kindly(client: Client, trail: str, shown: list[str]) -> None:
    html = page(client, "PY-BEG-003", trail)

    assert codes_on_trail(html) == shown
    assert "notice" not in html


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    ("unknown", "named"),
    [
        ("PY-BEG-999", "PY-BEG-999"),
        ("PY-BEG-777", "PY-BEG-777"),
        ("nope", "nope"),
        ("\0", "�"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("ſÿ٣ß", "ſÿ٣ß"),
        ("x" * 5_000, "x" * 39 + "…"),
    ],
)
def test_unknown_code_is_named_and_skipped(bank: Bank, client: Client, unknown: str, named: str) -> None:
    bank.add("PY-BEG-777", status="draft")

    html = page(client, "PY-BEG-003", f"PY-BEG-001,{unknown},PY-BEG-002")

    assert f"The trail is shown without “{named}”: there is no such question." in html
    assert codes_on_trail(html) == ["PY-BEG-001", "PY-BEG-002", "PY-BEG-003"]


@pytest.mark.usefixtures("chain")
def test_unknown_text_is_shown_inert(client: Client) -> None:
    response = client.get("/questions/PY-BEG-003/drill/", {"trail": "<script>alert(1)</script>"})

    assert b"<script>alert" not in response.content


def test_trail_has_at_most_twenty_codes(bank: Bank, client: Client) -> None:
    codes = [bank.add(f"PY-BEG-{number:03}").code for number in range(26)]
    asking = Question.objects.get(code=codes[-1])
    follow(asking, bank.add("PY-BEG-100"))

    html = page(client, codes[-1], ",".join(codes[:-1]))

    assert "A trail has at most 20 codes: the earlier ones are left out." in html
    assert codes_on_trail(html) == codes[5:]
    assert f'<a href="/questions/PY-BEG-100/drill/?trail={",".join(codes[6:])}">' in html


@pytest.mark.usefixtures("chain")
def test_trail_of_twenty_codes_needs_no_notice(bank: Bank, client: Client) -> None:
    codes = [bank.add(f"PY-BEG-{number:03}").code for number in range(10, 30)]

    html = page(client, "PY-BEG-001", ",".join(codes))

    assert "notice" not in html
    assert "20 questions deep" in html


@pytest.mark.usefixtures("chain")
def test_any_letter_case_leads_to_the_drill_and_keeps_the_trail(client: Client) -> None:
    response = client.get("/questions/py-beg-002/drill/?trail=py-beg-001,a%26b")

    assert response.status_code == 301
    assert response["Location"] == "/questions/PY-BEG-002/drill/?trail=py-beg-001,a%26b"


def test_drill_of_a_missing_question_is_a_404_that_suggests_the_nearest(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-001")

    html = page(client, "PY-BEG-002", status=404)

    assert "There is no question PY-BEG-002." in html
    assert "/questions/PY-BEG-001/" in html


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_drill_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/questions/PY-BEG-001/drill/").status_code == 405


@pytest.mark.usefixtures("chain")
def test_drill_is_the_same_for_everyone_and_not_for_search_engines(client: Client, editor: Client) -> None:
    stranger, logged_in = client.get("/questions/PY-BEG-001/drill/"), editor.get("/questions/PY-BEG-001/drill/")

    assert stranger.content == logged_in.content
    assert not stranger.cookies
    assert b'<meta name="robots" content="noindex, nofollow">' in stranger.content


@pytest.mark.parametrize("number", [1, 20])
def test_drill_takes_at_most_eight_queries_whatever_its_length(
    bank: Bank, client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [bank.add(f"PY-BEG-{position:03}") for position in range(number)]
    last = bank.add("PY-BEG-100")
    for question in questions:
        follow(question, last)
        follow(last, question)

    with django_assert_max_num_queries(8):
        page(client, "PY-BEG-100", ",".join(question.code for question in questions))
