"""What a learner has: its link, downloads, what is brought back, and the end of it; and that nobody else gets at it."""

import csv
import json
import logging
import re
from contextlib import suppress
from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from questions.models import Action, Card, Learner, PracticeEvent, PracticeList, Question
from questions.practice import archive, keeping, learners
from questions.practice.file_values import Unreadable
from tests.conftest import Bank
from tests.questions.practice.conftest import HERE, Clock, bring_back, page, rate, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def practised(bank: Bank, reader: Client) -> Client:
    """Somebody who has rated two questions, undone one of them, and has a list."""
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")
    send(reader, "PY-BEG-001", rating=4)
    send(reader, "PY-BEG-002", rating=1)
    reader.post("/practice/undo/", {"post": uuid4()})
    reader.post("/practice/PY-BEG-002/lists/", {"post": uuid4(), "on": "Starred"})
    return reader


def key_of(reader: Client) -> str:
    return reader.cookies[learners.COOKIE].value


def test_link_opens_the_same_progress_elsewhere(practised: Client) -> None:
    html = page(practised, "/practice/data/")
    link = re.findall(r'<p class="practice-key">(.*?)</p>', html)[0]
    assert "<svg" in html
    other = Client(headers=HERE)

    response = other.post("/practice/link/", {"link": link})

    assert response["Location"] == "/practice/"
    assert key_of(other) == key_of(practised)


def test_key_stands_where_browsers_send_it_to_nobody(practised: Client) -> None:
    link = re.findall(r'<p class="practice-key">(.*?)</p>', page(practised, "/practice/data/"))[0]

    assert link.partition("#")[::2] == ("http://127.0.0.1:8000/practice/link/", key_of(practised))


def test_opening_a_link_changes_nothing_before_the_button_is_pressed(practised: Client) -> None:
    other = Client(headers=HERE)

    page(other, f"/practice/link/?link={key_of(practised)}")

    assert not other.cookies


def test_page_elsewhere_cannot_have_others_practise_for_it(practised: Client) -> None:
    victim = Client(headers={"sec-fetch-site": "cross-site"})

    response = victim.post("/practice/link/", {"link": key_of(practised)})

    assert response.status_code == 403
    assert not victim.cookies


@pytest.mark.parametrize("link", ["", "x", "#", "a\0b", "é" * 400, "x" * 600])
def test_link_that_opens_nothing_is_told(practised: Client, link: str) -> None:
    other = Client(headers=HERE)

    response = other.post("/practice/link/", {"link": link})

    assert response.status_code == 400
    assert not other.cookies


def test_keys_are_not_tried_without_end(practised: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_TRIES", 2)
    other = Client(headers=HERE)
    for _ in range(2):
        other.post("/practice/link/", {"link": "x"})

    assert other.post("/practice/link/", {"link": key_of(practised)}).status_code == 400


def test_renewing_ends_the_old_link(practised: Client) -> None:
    old = key_of(practised)

    practised.post("/practice/data/renew/")

    assert key_of(practised) != old
    assert "2 for today" not in page(practised, "/practice/")
    assert Client(headers=HERE).post("/practice/link/", {"link": old}).status_code == 400
    assert Learner.objects.with_key(key_of(practised))


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_device_whose_link_was_renewed_is_told_before_it_begins_anew(practised: Client, accept: str) -> None:
    other = Client(headers=HERE | {"accept": accept})
    other.post("/practice/link/", {"link": key_of(practised)})
    practised.post("/practice/data/renew/")
    form = {"post": uuid4(), "rating": 3}

    told = other.post("/practice/PY-BEG-001/", form)

    assert told.status_code == 409
    assert "its link was renewed" in told.content.decode()
    assert Learner.objects.count() == 1
    assert other.post("/practice/PY-BEG-001/", form).status_code in (200, 303)
    assert Learner.objects.count() == 2


def test_no_key_is_in_any_log(practised: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page(practised, "/practice/data/")
        practised.post("/practice/link/", {"link": key_of(practised)})
        practised.post("/practice/data/renew/")

    assert key_of(practised) not in caplog.text


def test_everything_is_downloaded_and_brought_back_as_it_was(practised: Client) -> None:
    content = practised.get("/practice/data/practice.json").content
    before = list(Card.objects.filter(count__gt=0).values(*FIELDS))
    Learner.objects.all().delete()
    other = Client(headers=HERE)

    status, html = bring_back(other, content)

    assert status == 200
    assert "3 lines were brought back." in html
    assert list(Card.objects.values(*FIELDS)) == before
    assert PracticeList.objects.get().questions.get().code == "PY-BEG-002"
    assert set(PracticeEvent.objects.values_list("action", flat=True)) == {Action.RATE, Action.UNDO}


FIELDS = ("question", "stability", "difficulty", "count", "misses", "rating", "rated_at", "due_on")


def test_file_is_brought_back_as_often_as_one_likes(practised: Client) -> None:
    content = practised.get("/practice/data/practice.json").content

    _, html = bring_back(practised, content)

    assert "0 lines were brought back." in html
    assert PracticeEvent.objects.count() == 3


def test_choices_come_back_except_where_others_were_made_since(practised: Client) -> None:
    chosen = {"retention": 0.85, "minutes": 20, "new_a_day": 0, "interview_on": date(2099, 12, 12)}
    Learner.objects.update(**chosen)
    content = practised.get("/practice/data/practice.json").content
    Learner.objects.all().delete()
    other = Client(headers=HERE)

    bring_back(other, content)
    assert Learner.objects.values(*chosen).get() == chosen

    Learner.objects.update(minutes=30)
    bring_back(other, content)
    assert Learner.objects.values(*chosen).get() == chosen | {"minutes": 30}


@pytest.mark.parametrize("wrong", [{"choices": []}, {"choices": {"retention": "nan", "zone": {}}, "interview_on": 5}])
def test_choices_that_nobody_can_make_count_for_nothing(practised: Client, wrong: dict[str, object]) -> None:
    kept = practised.get("/practice/data/practice.json").json()

    assert bring_back(practised, json.dumps(kept | wrong).encode())[0] == 200
    assert Learner.objects.get().retention == 0.9


def test_questions_that_are_gone_are_told(practised: Client) -> None:
    content = practised.get("/practice/data/practice.json").content
    Question.objects.filter(code="PY-BEG-002").delete()
    Learner.objects.all().delete()

    _, html = bring_back(Client(headers=HERE), content)

    assert "1 line was brought back. 2 belong to questions that this hub does not have." in html


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": 2},
        {"log": {}},
        {"log": [1]},
        {"log": [{}]},
        {"lists": 5},
        {"lists": [5]},
        {"lists": [{"name": 1}]},
    ],
)
def test_file_of_something_else_is_refused_and_changes_nothing(practised: Client, change: dict[str, object]) -> None:
    kept = json.loads(practised.get("/practice/data/practice.json").content)

    status, html = bring_back(practised, json.dumps(kept | change).encode())

    assert status == 400
    assert 'role="alert"' in html
    assert PracticeEvent.objects.count() == 3


@pytest.mark.parametrize(
    "field", ["action", "rating", "state", "duration_ms", "offset_minutes", "at", "post", "undoes"]
)
def test_no_line_of_a_file_is_an_error_of_the_hub(practised: Client, learner: Learner, field: str) -> None:
    kept = json.loads(practised.get("/practice/data/practice.json").content)
    values: tuple[object, ...] = (
        None,
        [],
        {},
        "x",
        -1,
        10**30,
        "\0",
        True,
        "\ud800",
        "2999-12-31T00:00:00+00:00",
        "0001-01-01T00:00:00+14:00",
    )
    for value in values:
        kept["log"][0] |= {field: value, "mistakes": value}

        with suppress(Unreadable):
            archive.bring_back(learner, archive.read(json.dumps(kept).encode()))

    assert all(event.day.year < 2100 for event in learner.events.all())


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_no_file_is_an_error_of_the_hub(practised: Client, content: bytes) -> None:
    assert bring_back(practised, content)[0] == 400


def test_log_is_what_the_optimiser_takes(practised: Client, clock: Clock) -> None:
    response = practised.get("/practice/data/revlog.csv")
    rows = list(csv.DictReader(StringIO(b"".join(response).decode())))

    assert list(rows[0]) == ["card_id", "review_time", "review_rating", "review_state", "review_duration"]
    assert [(row["review_rating"], row["review_state"]) for row in rows] == [("4", "0")]


def test_old_ratings_are_taken_over_once_in_their_new_words(bank: Bank, reader: Client, clock: Clock) -> None:
    for number in range(1, 5):
        bank.add(f"PY-BEG-00{number}")
    at = int(clock.now.timestamp() * 1000) - 86_400_000
    kept = {f"PY-BEG-00{number}": {"rating": number, "at": at, "notes": "x"} for number in range(1, 5)}
    form = {"post": uuid4(), "kept": json.dumps(kept | {"PY-BEG-009": {"rating": 1, "at": at}})}

    taken = [reader.post("/practice/data/take-over/", form | {"post": uuid4()}).json() for _ in range(2)]

    assert taken == [{"taken": 4}, {"taken": 0}]
    events = PracticeEvent.objects.order_by("question__code")
    assert list(events.values_list("rating", flat=True)) == [1, 1, 2, 3]
    assert {event.day.day for event in events} == {30}


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"PY-BEG-001": {"rating": 1e400}}',
        '{"PY-BEG-001": {"rating": 1, "at": 1e400}}',
        '{"a\\u0000": {"rating": 1, "at": 5}}',
        pytest.param("[" * 5000, id="nested too deeply"),
        pytest.param("9" * 5000, id="a number of too many digits"),
    ],
)
def test_what_another_hand_wrote_in_the_browser_does_no_harm(bank: Bank, reader: Client, kept: str) -> None:
    bank.add()

    response = reader.post("/practice/data/take-over/", {"post": uuid4(), "kept": kept})

    assert response.status_code in (200, 400)


def test_everything_is_deleted_and_the_browser_forgets(practised: Client) -> None:
    assert practised.post("/practice/data/delete/", {"post": uuid4()}).status_code == 400
    assert Learner.objects.exists()

    response = practised.post("/practice/data/delete/", {"post": uuid4(), "sure": "on"})

    assert not Learner.objects.exists()
    assert not PracticeEvent.objects.exists()
    assert response.cookies[learners.COOKIE]["max-age"] == 0


def test_what_was_practised_before_the_log_in_goes_into_the_account(practised: Client) -> None:
    user = User.objects.create_user("ada")
    practised.force_login(user)
    assert "Take it into your account" in page(practised, "/practice/data/")

    practised.post("/practice/data/adopt/")

    learner = Learner.objects.get()
    assert (learner.user, learner.key_digest) == (user, None)
    assert "belongs to your account" in page(practised, "/practice/data/")


def test_account_with_progress_takes_over_nobodys(practised: Client, learner: Learner) -> None:
    user = User.objects.create_user("ada")
    Learner.objects.create(user=user)
    practised.force_login(user)

    practised.post("/practice/data/adopt/")

    assert Learner.objects.filter(user=None).count() == 2


@pytest.mark.parametrize("path", ["renew/", "bring-back/", "take-over/", "adopt/", "delete/"])
def test_what_changes_is_only_posted(reader: Client, path: str) -> None:
    assert reader.get(f"/practice/data/{path}").status_code == 405


@pytest.mark.parametrize("path", ["practice.json", "revlog.csv"])
def test_stranger_has_nothing_to_download(reader: Client, path: str) -> None:
    assert reader.get(f"/practice/data/{path}").status_code == 404


def test_page_says_when_it_is_all_deleted(practised: Client, clock: Clock) -> None:
    rate(Learner.objects.get(), Question.objects.get(code="PY-BEG-002"), 3)

    assert "Without another one by 5 January 2028, all of it is deleted." in page(practised, "/practice/data/")
