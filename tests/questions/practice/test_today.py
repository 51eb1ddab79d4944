"""Today's queue and its pages: what is asked, in which order, and what is done with it."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from questions import revisions
from questions.models import Action, Card, Learner, PracticeEvent, Question, Technology
from questions.practice import learners
from questions.practice.mistakes import mistakes_in
from questions.practice.queue import Queue, Session
from tests.conftest import Bank
from tests.questions.practice.conftest import HERE, Clock, page, rate, send

pytestmark = pytest.mark.django_db


def queue_of(learner: Learner, **asked: str) -> Queue:
    return Queue(learner, Session(asked))


def test_first_visit_sets_no_cookie_and_makes_no_learner(bank: Bank, reader: Client) -> None:
    bank.add()

    html = page(reader, "/practice/")
    page(reader, "/practice/PY-BEG-001/")

    assert 'href="/practice/PY-BEG-001/"' in html
    assert not reader.cookies
    assert not Learner.objects.exists()


def test_search_engines_find_what_practice_is_and_not_what_somebody_practises(bank: Bank, reader: Client) -> None:
    bank.add()
    newcomer = reader.get("/practice/")
    send(reader, rating=3)

    own = reader.get("/practice/")

    assert (newcomer["X-Robots-Tag"], own["X-Robots-Tag"]) == ("all", "noindex")
    assert ["noindex" in it.content.decode() for it in (newcomer, own)] == [False, True]
    assert b"Disallow: /practice/\n" in reader.get("/robots.txt").content
    assert b"Allow: /practice/$\n" in reader.get("/robots.txt").content


def test_today_says_where_the_learner_stands(bank: Bank, reader: Client) -> None:
    for number in (1, 2, 3):
        bank.add(f"PY-BEG-00{number}")
    send(reader, "PY-BEG-001", rating=3)
    reader.post("/practice/mock/begin/", {"post": uuid4(), "minutes": "15"})

    html = page(reader, "/practice/")

    for sentence in ("2 for today", "1 recalled today.", "0 to recall again, 2 new.", "1 of 3 asked", "Go on with it"):
        assert sentence in html


def test_first_rating_makes_a_learner_and_leads_on(bank: Bank, reader: Client) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")

    location = send(reader, rating=3)

    assert location == "/practice/PY-BEG-002/"
    assert Card.objects.get().learner.events.get().rating == 3
    assert learners.COOKIE in reader.cookies


def test_double_click_on_the_first_rating_counts_once(bank: Bank) -> None:
    bank.add()
    form = {"post": uuid4(), "rating": 3, "seen": 0}

    keys = [Client(headers=HERE).post("/practice/PY-BEG-001/", form).cookies[learners.COOKIE].value for _ in range(2)]

    assert keys[0] == keys[1]
    assert PracticeEvent.objects.count() == 1


def test_two_tabs_that_show_the_same_question_count_one_rating(bank: Bank, reader: Client) -> None:
    bank.add()

    send(reader, rating=3, seen=0)
    second = reader.post("/practice/PY-BEG-001/", {"post": uuid4(), "rating": 1, "seen": 0})

    assert second.status_code == 409
    assert "That stands; this was not added." in second.content.decode()
    assert Card.objects.get().rating == 3


def test_somebody_logged_in_practises_under_their_account(bank: Bank, reader: Client) -> None:
    bank.add()
    user = User.objects.create_user("ada")
    reader.force_login(user)

    send(reader, rating=3)

    assert Learner.objects.get().user == user
    assert learners.COOKIE not in reader.cookies


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose Missed, Shaky, Solid or Effortless."),
        ({"rating": "5"}, "Choose Missed, Shaky, Solid or Effortless."),
        ({"rating": "3", "post": "x"}, "This page is no longer good for a rating."),
        ({"action": "undo"}, "Choose Missed, Shaky, Solid or Effortless."),
        ({"rating": "3", "seen": "x"}, "This page is no longer good for a rating."),
    ],
)
def test_what_is_no_rating_is_told_and_changes_nothing(
    bank: Bank, reader: Client, values: dict[str, str], sentence: str
) -> None:
    bank.add()

    response = reader.post("/practice/PY-BEG-001/", {"post": str(uuid4())} | values)

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not Learner.objects.exists()


def test_form_from_another_site_changes_nothing(bank: Bank) -> None:
    bank.add()

    response = Client().post("/practice/PY-BEG-001/", {"post": uuid4(), "rating": 3})

    assert response.status_code == 403
    assert not Learner.objects.exists()


@pytest.mark.parametrize("path", ["/practice/", "/practice/next/", "/practice/due"])
def test_pages_of_practice_are_only_read(reader: Client, path: str) -> None:
    assert reader.post(path).status_code == 405


def test_question_that_is_not_public_is_not_asked(bank: Bank, reader: Client) -> None:
    bank.add(status="draft")

    assert reader.get("/practice/PY-BEG-001/").status_code == 404
    assert reader.post("/practice/PY-BEG-001/", {"post": uuid4(), "rating": 3}).status_code == 404


def test_buttons_say_when_the_question_comes_again(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add()

    html = page(reader, "/practice/PY-BEG-001/")

    assert re.findall(r"<b>\d</b> (\w+) <small>(.*?)</small>", html) == [
        ("Missed", "tomorrow"),
        ("Shaky", "tomorrow"),
        ("Solid", "in 2 days"),
        ("Effortless", "in 7 days"),
    ]


def test_nearest_to_being_forgotten_comes_first(bank: Bank, learner: Learner, clock: Clock) -> None:
    for number, rating in enumerate((4, 2, 3), start=1):
        rate(learner, bank.add(f"PY-BEG-00{number}"), rating)
    clock.move(days=12)

    assert [card.code for card in queue_of(learner).due] == ["PY-BEG-002", "PY-BEG-003", "PY-BEG-001"]


def test_subjects_are_taken_in_turn(bank: Bank, learner: Learner, clock: Clock, sql: Technology) -> None:
    for number in (1, 2):
        rate(learner, bank.add(f"PY-BEG-00{number}"), 3)
    for number in (1, 2):
        rate(learner, bank.add(f"SQL-BEG-00{number}", technology=sql), 3)
    clock.move(days=9)

    subjects = [card.code[:2] for card in queue_of(learner).due]

    assert subjects in (["PY", "SQ"] * 2, ["SQ", "PY"] * 2)


def test_minutes_bound_the_day_and_the_rest_can_wait(bank: Bank, learner: Learner, clock: Clock) -> None:
    for number in range(10):
        rate(learner, bank.add(f"PY-BEG-{number:03}"), 3, duration_ms=120_000)
    Learner.objects.update(minutes=10)
    learner.refresh_from_db()
    clock.move(days=9)

    queue = queue_of(learner)

    assert (len(queue.now), queue.waiting, len(queue.new)) == (5, 5, 0)


def test_new_questions_come_a_few_a_day_easy_ones_first(bank: Bank, learner: Learner, clock: Clock) -> None:
    for number in range(1, 7):
        bank.add(f"PY-BEG-00{number}", difficulty=number)
    assert queue_of(learner).codes == ["PY-BEG-001", "PY-BEG-002", "PY-BEG-003"]

    rate(learner, Question.objects.get(code="PY-BEG-001"), 3)

    assert queue_of(learner).codes == ["PY-BEG-002", "PY-BEG-003"]


def test_what_was_missed_comes_again_after_three_others(bank: Bank, learner: Learner, clock: Clock) -> None:
    questions = [bank.add(f"PY-BEG-{number:03}", difficulty=number) for number in range(1, 7)]
    Learner.objects.update(new_a_day=6)
    learner.refresh_from_db()
    rate(learner, questions[0], 1)
    for question in questions[1:3]:
        rate(learner, question, 3)
        assert queue_of(learner).codes[0] != "PY-BEG-001"

    rate(learner, questions[3], 3)

    assert queue_of(learner).codes[0] == "PY-BEG-001"


def test_skipped_question_comes_last_and_one_put_off_tomorrow(bank: Bank, reader: Client, clock: Clock) -> None:
    for number in (1, 2, 3):
        bank.add(f"PY-BEG-00{number}", difficulty=number)

    assert send(reader, "PY-BEG-001", action="skip") == "/practice/PY-BEG-002/"
    assert send(reader, "PY-BEG-002", action="later") == "/practice/PY-BEG-003/"

    learner = Learner.objects.get()
    assert queue_of(learner).codes == ["PY-BEG-003", "PY-BEG-001"]
    clock.move(days=1)
    assert "PY-BEG-002" in queue_of(learner).codes


def test_what_is_known_is_not_asked_until_it_is_rated_again(bank: Bank, reader: Client) -> None:
    bank.add()

    assert send(reader, action="know") == "/practice/"

    assert queue_of(Learner.objects.get()).codes == []
    assert "Done for today." in page(reader, "/practice/")


def test_undo_leads_back_to_the_question_without_limit(bank: Bank, reader: Client) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")
    send(reader, "PY-BEG-001", rating=1)
    send(reader, "PY-BEG-002", action="know")
    assert "PY-BEG-002 is known, and does not come again." in page(reader, "/practice/PY-BEG-001/")

    locations = [reader.post("/practice/undo/", {"post": uuid4()})["Location"] for _ in range(3)]

    assert locations == ["/practice/PY-BEG-002/", "/practice/PY-BEG-001/", "/practice/"]
    assert not Card.objects.filter(count__gt=0).exists()


def test_only_what_was_missed_is_a_session_that_goes_on(bank: Bank, reader: Client, clock: Clock) -> None:
    for number, rating in enumerate((1, 3, 1), start=1):
        bank.add(f"PY-BEG-00{number}")
        send(reader, f"PY-BEG-00{number}", rating=rating)
    clock.move(days=1)

    first = reader.get("/practice/next/?only=missed")["Location"]
    second = send(reader, first[10:20], rating=3, only="missed")

    assert {first, second} == {f"/practice/PY-BEG-00{number}/?only=missed" for number in (1, 3)}
    assert send(reader, second[10:20], rating=3, only="missed") == "/practice/?only=missed"


def test_cell_is_a_session_of_what_is_not_due_too(bank: Bank, reader: Client, clock: Clock, sql: Technology) -> None:
    bank.add("PY-BEG-001")
    bank.add("SQL-BEG-001", technology=sql)
    for code in ("PY-BEG-001", "SQL-BEG-001"):
        send(reader, code, rating=4)
    clock.move(days=1)

    assert reader.get("/practice/next/")["Location"] == "/practice/"
    assert reader.get("/practice/next/?technology=sql&level=beginner")["Location"].startswith("/practice/SQL-BEG-001/")


def test_five_misses_bring_advice_and_hide_nothing(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add()
    for _ in range(5):
        assert "another way first" not in page(reader, "/practice/PY-BEG-001/")
        send(reader, rating=1)
        clock.move(days=1)

    assert "missed this one 5 times" in page(reader, "/practice/PY-BEG-001/")
    assert queue_of(Learner.objects.get()).codes == ["PY-BEG-001"]


def test_question_that_changed_says_so_with_the_difference(bank: Bank, reader: Client, clock: Clock) -> None:
    question = bank.add(answer="A list is an array.")
    revisions.record(Question.objects.all())
    clock.move(minutes=1)
    send(reader, rating=3)
    assert "has changed since" not in page(reader, "/practice/PY-BEG-001/")
    clock.move(days=1)
    question.answer = "A list is a tuple."
    question.save()

    html = page(reader, "/practice/PY-BEG-001/")

    assert "This question has changed since you last recalled it; your progress stays." in html
    assert "tuple</ins>" in html.replace('<span class="visually-hidden">]</span>', "")
    assert Card.objects.get().count == 1


def test_mistakes_are_ticked_by_their_bold_words(bank: Bank, reader: Client) -> None:
    bank.add(mistakes="- **Mutable defaults** are shared.\n- Forgetting `self`")
    assert 'name="mistake" value="Mutable defaults"' in page(reader, "/practice/PY-BEG-001/")

    send(reader, rating=2, mistake=["Mutable defaults", "Invented"])

    assert PracticeEvent.objects.get().mistakes == ["Mutable defaults"]


@pytest.mark.one_database
def test_words_of_a_mistake_are_those_of_the_outermost_items() -> None:
    html = "<ul><li><strong>One</strong>: text<ul><li>inner</li></ul></li><li>Two &amp; more</li></ul><p>x</p>"

    assert mistakes_in(html) == ["One", "Two & more"]


def test_time_that_a_recall_took_is_measured_by_the_server(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add()
    shown = int(re.findall(r'name="shown" value="(\d+)"', page(reader, "/practice/PY-BEG-001/"))[0])
    clock.move(seconds=42)

    send(reader, rating=3, shown=shown)

    assert PracticeEvent.objects.get().duration_ms == 42_000


def test_zone_of_the_browser_decides_which_day_it_is(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add()
    clock.move(hours=12)  # 06:00 on the next day in Tokyo

    send(reader, rating=3, zone="Asia/Tokyo")

    event = PracticeEvent.objects.get()
    assert (event.day, event.offset_minutes) == (date(2026, 12, 2), 540)


def test_number_due_is_fetched_apart(bank: Bank, reader: Client) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")
    assert reader.get("/practice/due").json() == {"due": 0}

    send(reader, rating=3)

    assert reader.get("/practice/due").json() == {"due": 1}


def test_fortnight_of_practice(bank: Bank, reader: Client, clock: Clock) -> None:
    """Twenty minutes a day on fourteen days: every question is learned, and each day ends."""
    for number in range(1, 21):
        bank.add(f"PY-BEG-{number:03}", difficulty=1 + number % 10)
    for day in range(14):
        location = reader.get("/practice/next/")["Location"]
        for step in range(60):
            if location == "/practice/":
                break
            location = send(reader, location[10:20], rating=1 if (day + step) % 7 == 0 else 3)
            clock.move(seconds=30)
        assert "Done for today." in page(reader, "/practice/")
        clock.move(days=1)

    learner = Learner.objects.get()
    assert learner.cards.filter(count__gt=0).count() == 20
    assert learner.events.values("day").distinct().count() >= 10  # On some days nothing is due.
    assert set(learner.events.values_list("action", flat=True)) == {Action.RATE}


def test_the_last_thing_of_a_day_can_be_undone_from_todays_page(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add("PY-BEG-001")
    send(reader, "PY-BEG-001", action="know")

    html = page(reader, "/practice/")

    assert "PY-BEG-001 is known, and does not come again." in html
    assert 'action="/practice/undo/"' in html
