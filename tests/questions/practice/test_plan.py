"""The plan to a day: what comes until then, and what can be expected."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from questions.models import Card, Learner, Question
from questions.practice.forecast import forecast
from questions.practice.plan import Plan
from questions.practice.planning import expected
from questions.practice.queue import Queue, Session
from tests.conftest import Bank
from tests.questions.practice.conftest import Clock, page, rate

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
CHOICES = {"minutes": 20, "new_a_day": 3, "retention": 0.9, "zone": "Europe/Paris"}


def plan_of(days: int = 20, fits: int = 20, total: int = 60, new: int = 60, made: int = 0) -> Plan:
    return Plan(TODAY, TODAY - timedelta(days=made), TODAY + timedelta(days=days), fits, total, new)


@pytest.fixture
def planned(learner: Learner, clock: Clock) -> Callable[[int], Learner]:
    def plan(days: int) -> Learner:
        learner.interview_on, learner.planned_on = TODAY + timedelta(days=days), TODAY
        learner.save()
        return learner

    return plan


@pytest.mark.one_database
def test_everything_comes_once_more_in_the_last_days_but_the_last() -> None:
    plan = plan_of()
    days = {plan.again_on(f"PY-BEG-{number:03}") for number in range(200)}

    assert (min(days), max(days)) == (plan.interview_on - timedelta(days=4), plan.interview_on - timedelta(days=2))


@pytest.mark.one_database
def test_new_questions_are_spread_over_the_days_before() -> None:
    assert plan_of().new_a_day == 4  # 60 in the 16 days before the last four
    assert plan_of(new=0).new_a_day == 0
    assert plan_of(days=1).new_a_day == 0


@pytest.mark.one_database
def test_missed_days_only_change_what_comes() -> None:
    late = Plan(TODAY + timedelta(days=8), TODAY, TODAY + timedelta(days=20), 20, 60, 60)

    assert late.repeats_from == plan_of().repeats_from
    assert late.new_a_day == 8


@pytest.mark.one_database
@pytest.mark.parametrize("days", range(1, 60))
def test_plan_of_any_length_can_be_kept(days: int) -> None:
    plan = plan_of(days, fits=1, total=500, new=500)

    assert plan.new_a_day in (0, 1)
    assert plan.again_on("PY-BEG-001") <= plan.interview_on - timedelta(days=2)


def test_interval_does_not_reach_beyond_the_last_days(bank: Bank, planned: Callable[[int], Learner]) -> None:
    learner = planned(10)
    rate(learner, bank.add(), 4)
    rate(learner, Question.objects.get(), 4)
    card = Card.objects.get()
    assert card.due_on
    assert card.due_on > learner.interview_on - timedelta(days=2)  # type: ignore[operator]

    plan = Queue(learner, Session({})).plan

    assert plan
    assert plan.due_on(card, "PY-BEG-001") == plan.again_on("PY-BEG-001") < plan.interview_on


def test_last_day_is_light(bank: Bank, planned: Callable[[int], Learner], clock: Clock) -> None:
    learner = planned(9)
    for number in range(30):
        rate(learner, bank.add(f"PY-BEG-{number:03}"), 3)
    clock.move(days=8)

    queue = Queue(learner, Session({}))

    assert queue.plan
    assert queue.plan.is_last_day
    assert len(queue.now) == 7  # of 15 minutes
    assert queue.new == []


def test_plan_that_is_over_leaves_the_schedule_alone(
    bank: Bank, planned: Callable[[int], Learner], clock: Clock
) -> None:
    learner = planned(3)
    clock.move(days=3)

    assert Queue(learner, Session({})).plan is None


def test_expected_recall_is_fsrs_own_and_more_if_the_plan_is_kept(
    bank: Bank, planned: Callable[[int], Learner], clock: Clock
) -> None:
    learner = planned(14)
    for number in range(20):
        question = bank.add(f"PY-BEG-{number:03}")
        if number < 10:
            rate(learner, question, 3)

    found = expected(Queue(learner, Session({})))

    assert found
    assert found.now.low <= found.now.percent <= found.now.high
    assert found.now.percent == round(100 * 0.5 * (1 + (0.9 ** (-1 / 0.1542) - 1) * 14 / 2.3065) ** -0.1542)
    assert found.kept.percent > 85
    assert found.fits
    assert found == expected(Queue(learner, Session({})))


def test_too_much_for_the_minutes_is_said() -> None:
    found = forecast(plan_of(days=4, fits=5, total=100, new=100), [], 0.9)

    assert not found.fits
    assert found.left_new > 80


def test_choices_are_kept_and_the_expectation_is_shown(
    bank: Bank,
    reader: Client,
    clock: Clock,
) -> None:
    bank.add()

    response = reader.post("/practice/plan/", {"post": uuid4(), "interview_on": "2026-12-12", **CHOICES})

    assert response.status_code == 303
    learner = Learner.objects.get()
    assert (learner.interview_on, learner.minutes, learner.zone) == (date(2026, 12, 12), 20, "Europe/Paris")
    html = page(reader, "/practice/plan/")
    assert "Saturday, 12 December: 11 days left" in html
    assert "8 of 10 times" in html


@pytest.mark.parametrize(
    "wrong",
    [
        {"interview_on": "2020-01-01"},
        {"interview_on": "2999-01-01"},
        {"interview_on": "tomorrow"},
        {"minutes": "0"},
        {"retention": "0.99"},
        {"retention": "nan"},
        {"zone": "Mars/Base"},
    ],
)
def test_choice_that_cannot_be_is_told(bank: Bank, reader: Client, wrong: dict[str, str]) -> None:
    response = reader.post("/practice/plan/", {"post": uuid4(), **CHOICES} | wrong)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not Learner.objects.exists()


def test_another_retention_moves_what_is_due(bank: Bank, reader: Client, clock: Clock) -> None:
    question = bank.add()
    reader.post("/practice/plan/", {"post": uuid4(), **CHOICES})
    learner = Learner.objects.get()
    rate(learner, question, 4)
    before = Card.objects.get()

    reader.post("/practice/plan/", {"post": uuid4(), **CHOICES} | {"retention": "0.95"})

    after = Card.objects.get()
    assert after.stability == before.stability
    assert after.due_on < before.due_on  # type: ignore[operator]


def test_buttons_say_what_the_plan_does(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add()
    reader.post("/practice/plan/", {"post": uuid4(), "interview_on": "2026-12-05", **CHOICES})

    html = page(reader, "/practice/PY-BEG-001/")

    assert "Effortless <small>in 2 days</small>" in html  # and not in 7
