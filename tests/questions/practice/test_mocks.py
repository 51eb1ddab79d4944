"""Mock interviews: drawn, asked, shown, scored, and told about."""

import json
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from questions.models import Card, FollowUp, Learner, Mock, MockAnswer, Question
from questions.practice.criteria import CRITERIA
from tests.conftest import Bank
from tests.questions.practice.conftest import HERE, Clock, bring_back, page, rate

pytestmark = pytest.mark.django_db

MISTAKES = "- **Mixing up names** and values.\n- **Guessing**."


@pytest.fixture(scope="module", autouse=True)
def _many(kept_bank: Bank) -> None:
    for n in range(1, 21):
        kept_bank.add_complete(f"PY-BEG-{n:03}", difficulty=1 + n % 10, mistakes=MISTAKES, answer="It depends.")


def begin(reader: Client, **asked: object) -> str:
    """Begin an interview and return where it is."""
    response = reader.post("/practice/mock/begin/", {"post": uuid4(), "minutes": "15", **asked})
    assert response.status_code == 303, response.content.decode()
    return str(response["Location"])


def show(reader: Client, address: str, position: int = 1, **values: object) -> None:
    response = reader.post(address, {"post": uuid4(), "position": position, "notes": "Mine.", **values})
    assert response.status_code == 303


def score(reader: Client, address: str, position: int = 1, points: int = 3, **values: object) -> None:
    scores = {it.key: points for it in CRITERIA}
    response = reader.post(address, {"post": uuid4(), "step": "score", "position": position, **scores, **values})
    assert response.status_code == 303


def finish(reader: Client, address: str, points: int = 3, **values: object) -> int:
    """Answer everything, and return how many that were."""
    total = MockAnswer.objects.filter(mock=Mock.objects.first()).count()
    for position in range(1, total + 1):
        show(reader, address, position)
        score(reader, address, position, points, **values)
    return total


def codes_of(mock: Mock) -> list[str]:
    return list(mock.answers.values_list("question__code", flat=True))


# Setting up.


def test_the_page_that_sets_one_up_is_everybodys(client: Client) -> None:
    response = client.get("/practice/mock/?level=beginner&minutes=45&seed=ada")

    html = response.content.decode()
    assert "public" in response["Cache-Control"]
    assert 'value="beginner" checked' in html
    assert 'value="45"' in html
    assert 'value="ada"' in html


@pytest.mark.parametrize("path", ["/practice/mock/", "/practice/mock/begin/"])
@pytest.mark.parametrize("minutes", ["14", "91", "x", "\0"])
def test_wrong_minutes_are_a_sentence_and_lose_nothing(client: Client, path: str, minutes: str) -> None:
    response = client.get(path, {"minutes": minutes, "level": "beginner", "technology": "cobol"})

    html = response.content.decode()
    assert response.status_code == 200
    assert "Minutes are a whole number from 15 to 90." in html
    assert "There is no technology “cobol”." in html
    assert 'value="beginner" checked' in html


def test_nothing_is_stored_before_it_begins(reader: Client) -> None:
    html = page(reader, "/practice/mock/begin/?minutes=30&level=beginner")

    assert 'name="level" value="beginner"' in html
    assert not Learner.objects.exists()


def test_each_visitor_has_a_form_of_their_own() -> None:
    first, second = (page(Client(), "/practice/mock/begin/?minutes=30") for _ in range(2))

    assert first != second


def test_what_fits_nothing_says_so(reader: Client) -> None:
    response = reader.post(
        "/practice/mock/begin/",
        {"post": uuid4(), "minutes": "15", "difficulty_min": "10", "level": "beginner", "q": "zzzz"},
    )

    assert response.status_code == 400
    assert "No question fits all of that." in response.content.decode()
    assert not Mock.objects.exists()


@pytest.mark.parametrize("values", [{}, {"post": "x", "minutes": "15"}, {"post": str(uuid4()), "minutes": "x"}])
def test_a_form_that_is_not_right_begins_nothing(reader: Client, values: dict[str, str]) -> None:
    assert reader.post("/practice/mock/begin/", values).status_code == 400
    assert not Mock.objects.exists()


def test_a_form_from_elsewhere_is_refused() -> None:
    response = Client().post("/practice/mock/begin/", {"post": uuid4(), "minutes": "15"})

    assert response.status_code == 403
    assert not Learner.objects.exists()


# Drawing.


def test_a_double_click_begins_once(reader: Client) -> None:
    post = uuid4()

    assert begin(reader, post=post) == begin(reader, post=post)
    assert Mock.objects.count() == 1


def test_the_same_seed_asks_everybody_the_same() -> None:
    for _ in range(2):
        begin(Client(headers=HERE), seed="ada", minutes="30")

    first, second = Mock.objects.all()
    assert codes_of(first) == codes_of(second)
    assert sum(first.answers.values_list("minutes", flat=True)) == 30


def test_what_was_missed_comes_first_and_what_was_recalled_last(reader: Client) -> None:
    begin(reader)
    learner = Learner.objects.get()
    missed, *recalled = Question.objects.order_by("code")[:17]
    rate(learner, missed, 1)
    for question in recalled:
        rate(learner, question, 3)

    begin(reader)

    drawn = set(codes_of(Mock.objects.first()))  # type: ignore[arg-type]
    assert missed.code in drawn
    assert not drawn & {it.code for it in recalled}


def test_chosen_questions_are_asked_as_they_are(reader: Client) -> None:
    Question.objects.filter(code="PY-BEG-003").update(status="archived")

    begin(reader, questions="PY-BEG-009.7 PY-BEG-003.5 PY-BEG-002.8 COBOL")

    assert codes_of(Mock.objects.get()) == ["PY-BEG-009", "PY-BEG-002"]


# Asking.


def test_the_server_keeps_the_clock(reader: Client, clock: Clock) -> None:
    address = begin(reader)
    clock.move(seconds=95)
    show(reader, address)
    clock.move(seconds=30)
    score(reader, address)

    first, second = MockAnswer.objects.all()[:2]
    assert first.seconds == 95
    assert second.asked_at == clock.now


def test_the_answer_is_hidden_until_it_is_shown(reader: Client) -> None:
    address = begin(reader)
    assert "It depends." not in page(reader, address)

    show(reader, address)

    html = page(reader, address)
    assert "It depends." in html
    assert "Mine." in html
    assert "Right in all that matters" in html


def test_one_to_three_follow_ups_with_answers_are_asked(reader: Client) -> None:
    address = begin(reader)
    question = MockAnswer.objects.first().question  # type: ignore[union-attr]
    for n, follow_up in enumerate(FollowUp.objects.filter(question=question)):
        follow_up.answer = f"Because {n}."
        follow_up.save()
    show(reader, address)

    assert page(reader, address).count('<details class="mock-next">') == 3


@pytest.mark.parametrize("points", ["", "0", "5", "x"])
def test_a_score_that_is_none_is_refused(reader: Client, points: str) -> None:
    address = begin(reader)
    show(reader, address)

    response = reader.post(address, {"post": uuid4(), "step": "score", "position": 1, "correct": points})

    assert response.status_code == 400
    assert "Score all four criteria, each with 1 to 4." in response.content.decode()
    assert not MockAnswer.objects.filter(scored_at__isnull=False).exists()


def test_what_is_refused_is_not_lost(reader: Client) -> None:
    address = begin(reader)
    notes = "n" * 4001
    assert notes in reader.post(address, {"post": uuid4(), "position": 1, "notes": notes}).content.decode()
    show(reader, address, notes="a\r\n" * 2000)

    values = {"post": uuid4(), "step": "score", "position": 1, "deep": "2", "mistake": "Guessing"}
    html = reader.post(address, values).content.decode()

    assert 'name="deep" value="2" checked' in html
    assert 'value="Guessing" checked' in html


def test_what_is_sent_twice_or_late_changes_nothing(reader: Client) -> None:
    address = begin(reader)
    score(reader, address)  # before the answer was shown
    show(reader, address)
    show(reader, address, notes="Other.")
    score(reader, address, points=3)
    score(reader, address, points=1)

    first, second = MockAnswer.objects.all()[:2]
    assert (first.notes, set(first.scores.values())) == ("Mine.", {3})
    assert second.scored_at is None


def test_an_interrupted_one_goes_on_where_it_stopped(reader: Client) -> None:
    address = begin(reader)
    show(reader, address)
    score(reader, address)

    assert f'href="{address}"' in page(reader, "/practice/mock/mine/")
    assert "Question 2 of" in page(reader, address)


@pytest.mark.parametrize("path", ["", "revise/", "report.md"])
def test_nobody_has_anothers(reader: Client, path: str) -> None:
    address = begin(reader)
    other = Client(headers=HERE)
    begin(other)

    for stranger in (other, Client(headers=HERE)):
        send = stranger.post if path == "revise/" else stranger.get
        assert send(address + path).status_code == 404


# The report.


def test_the_report_says_what_is_to_be_revised(reader: Client, clock: Clock) -> None:
    finish(reader, begin(reader), points=4)
    address = begin(reader)
    total = finish(reader, address, points=2, mistake=["Guessing", "Invented"])

    html = page(reader, address)

    assert "<td>2.0</td><td>4.0</td>" in html
    assert f"Revise {total} in my queue" in html
    assert "Guessing" in html
    assert "Invented" not in html


def test_what_was_weak_goes_into_the_queue_once(reader: Client, clock: Clock) -> None:
    address = begin(reader)
    total = finish(reader, address, points=1)
    post = uuid4()

    for _ in range(2):
        assert reader.post(f"{address}revise/", {"post": post}).status_code == 303

    assert list(Card.objects.values_list("rating", "count")) == [(1, 1)] * total


def test_the_report_is_had_as_markdown(reader: Client, clock: Clock) -> None:
    address = begin(reader)
    finish(reader, address, points=2, mistake=["Guessing"])

    response = reader.get(f"{address}report.md")

    text = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert text.startswith("# Mock interview of 1 December 2026\n")
    assert "- Correct: 2.0 of 4\n" in text
    assert "  - Guessing\n" in text


def test_the_report_leads_to_the_same_questions(reader: Client) -> None:
    address = begin(reader)
    finish(reader, address)
    link = page(reader, address).partition("/practice/mock/?questions=")[2].partition('"')[0]

    begin(reader, questions=parse_qs(urlsplit(f"?questions={link}").query)["questions"][0])

    first, second = Mock.objects.all()
    assert codes_of(first) == codes_of(second)


def test_an_unfinished_one_has_no_report(reader: Client) -> None:
    address = begin(reader)

    assert reader.get(f"{address}report.md").status_code == 404


# Keeping.


def test_they_go_with_the_learner_s_file_and_come_back_with_it(reader: Client) -> None:
    ended, standing = begin(reader), begin(reader)
    finish(reader, ended)
    show(reader, standing, notes="Half an answer.")
    file = reader.get("/practice/data/practice.json").content
    assert reader.post("/practice/data/delete/", {"post": uuid4(), "sure": "on"}).status_code == 303
    assert not Mock.objects.exists()

    told = [bring_back(reader, file)[1] for _ in range(2)]

    assert ["2 mock interviews" in html for html in told] == [True, False]
    assert reader.get("/practice/data/practice.json").json()["mocks"] == json.loads(file)["mocks"]
    assert Mock.objects.count() == 2
    html = page(reader, f"/practice/mock/{Mock.objects.latest('pk').pk}/")
    assert "Half an answer." in html


def test_what_is_asked_next_has_a_clock_when_a_question_is_not_there_any_more(reader: Client) -> None:
    begin(reader, minutes="30")  # In 15, one question may fill all of it.
    kept = reader.get("/practice/data/practice.json").json()
    kept["mocks"][0]["answers"][0]["code"] = "PY-BEG-999"
    kept["mocks"][0]["post"] = str(uuid4())

    bring_back(reader, json.dumps(kept).encode())

    page(reader, f"/practice/mock/{Mock.objects.latest('pk').pk}/")
    assert MockAnswer.objects.filter(position=1, asked_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"post": 5},
        {"minutes": "x"},
        {"begun_at": None},
        {"answers": [None]},
        {"answers": [{"code": "PY-BEG-001", "minutes": 10**9}]},
        {"answers": [{"code": "PY-BEG-001", "minutes": 5, "asked_at": [0]}]},
    ],
)
def test_a_file_with_another_kind_of_interview_brings_nothing_back(reader: Client, change: dict[str, object]) -> None:
    begin(reader)
    kept = reader.get("/practice/data/practice.json").json()
    kept["mocks"][0] |= change

    assert bring_back(reader, json.dumps(kept).encode())[0] == 400


@pytest.mark.parametrize("scores", [5, {"correct": []}, {"correct": True, "deep": 2.0, "concrete": 9}, None])
def test_scores_that_are_none_leave_the_answer_to_be_scored(reader: Client, scores: object) -> None:
    finish(reader, begin(reader))
    kept = reader.get("/practice/data/practice.json").json()
    kept["mocks"][0]["post"] = str(uuid4())
    kept["mocks"][0]["answers"][0] |= {"scores": scores, "notes": "\0\ud800", "mistakes": [{}] * 99}

    assert bring_back(reader, json.dumps(kept).encode())[0] == 200

    assert "Score your answer" in page(reader, f"/practice/mock/{Mock.objects.latest('pk').pk}/")


@pytest.mark.parametrize(("minutes", "offered"), [(5, 15), (40, 40), (120, 90)])
def test_kit_of_any_length_can_be_asked_as_an_interview(reader: Client, minutes: int, offered: int) -> None:
    html = reader.get(f"/practice/mock/?questions=PY-BEG-001.{minutes}").content.decode()

    assert f'name="minutes" inputmode="numeric" required value="{offered}"' in html
