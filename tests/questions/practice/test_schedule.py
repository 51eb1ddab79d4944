"""The schedule is FSRS's, counted in the learner's days, and follows from the log alone."""

import os
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import fsrs
import pytest
from django.core.management import call_command

from questions.models import Card, Learner, PracticeEvent
from questions.models.practice import day_of
from questions.practice import log, schedule
from questions.practice.log import Entry, offset_of
from tests.conftest import Bank
from tests.questions.practice.conftest import Clock, rate

LOGS = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 300
START = date(2026, 12, 1)


def random_log(seed: int) -> list[PracticeEvent]:
    """Ratings of one question, some of them on one day, some years apart."""
    random, day, found = Random(seed), START, []
    for _ in range(random.randint(1, 25)):
        found.append(PracticeEvent(action="rate", rating=random.randint(1, 4), day=day))
        day += timedelta(days=random.choice([0, 1, 1, 2, 3, 7, 20, 60, 400]))
    return found


@pytest.mark.property
@pytest.mark.one_database
def test_stability_and_intervals_are_those_of_py_fsrs() -> None:
    for seed in range(LOGS):
        retention = Random(-seed).choice([0.8, 0.85, 0.9, 0.95])
        theirs = fsrs.Scheduler(
            desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        events = random_log(seed)
        expected = fsrs.Card(card_id=1)
        for event in events:
            at = datetime(event.day.year, event.day.month, event.day.day, tzinfo=UTC)
            expected, _ = theirs.review_card(expected, fsrs.Rating(event.rating or 0), at)

        card = schedule.replay(Card(), "PY-BEG-001", events, retention)

        assert (card.stability, card.difficulty) == (expected.stability, expected.difficulty)
        days = (expected.due - expected.last_review).days  # type: ignore[operator]
        days = 1 if card.missed_on == card.rated_on else schedule.fuzzed(days, "PY-BEG-001", len(events))
        assert card.due_on == events[-1].day + timedelta(days=days)


@pytest.mark.one_database
def test_interval_is_moved_no_further_than_fsrs_moves_it_and_always_alike() -> None:
    moved = {schedule.fuzzed(30, f"PY-BEG-{number:03}", 4) for number in range(500)}

    assert (min(moved), max(moved)) == (27, 33)  # 1 + 4.5 * 0.15 + 13 * 0.1 + 10 * 0.05, to whole days
    assert schedule.fuzzed(30, "PY-BEG-001", 4) == schedule.fuzzed(30, "PY-BEG-001", 4)
    assert schedule.fuzzed(2, "PY-BEG-001", 4) == 2


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("at", "offset", "day"),
    [
        ((2026, 12, 1, 3, 59), 0, (2026, 11, 30)),
        ((2026, 12, 1, 4, 0), 0, (2026, 12, 1)),
        ((2026, 12, 1, 18, 59), 540, (2026, 12, 1)),  # 03:59 in Tokyo
        ((2026, 12, 1, 19, 0), 540, (2026, 12, 2)),
        ((2026, 12, 1, 11, 30), -480, (2026, 11, 30)),  # 03:30 in Los Angeles
    ],
)
def test_day_begins_at_four_where_the_reader_is(at: tuple[int, ...], offset: int, day: tuple[int, int, int]) -> None:
    assert day_of(datetime(*at, tzinfo=UTC), offset) == date(*day)  # type: ignore[misc, arg-type]


@pytest.mark.one_database
@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "a\0b", "x" * 5000])
def test_zone_that_nobody_knows_is_utc(zone: str) -> None:
    assert offset_of(zone, datetime(2026, 12, 1, tzinfo=UTC)) == 0


def test_next_morning_is_another_day_however_early(bank: Bank, learner: Learner, clock: Clock) -> None:
    question = bank.add()
    rate(learner, question, 3)
    early = Card.objects.get()
    clock.move(hours=23, minutes=30)

    rate(learner, question, 3)

    expected = schedule.recalled(schedule.memory_of(early), 3, date(2026, 12, 2), 0.9)
    assert Card.objects.get().stability == expected.stability
    assert expected.stability != schedule.recalled(schedule.memory_of(early), 3, date(2026, 12, 1), 0.9).stability


def test_what_is_missed_comes_tomorrow_even_if_it_was_known_afterwards(
    bank: Bank, learner: Learner, clock: Clock
) -> None:
    question = bank.add()
    rate(learner, question, 1)

    rate(learner, question, 4)

    card = Card.objects.get()
    assert (card.misses, card.due_on) == (1, date(2026, 12, 2))


def test_button_says_what_happens(bank: Bank, learner: Learner, clock: Clock) -> None:
    question = bank.add()
    for rating in (3, 3, 4, 2):
        card = Card.objects.filter(question=question).first()
        said = schedule.due_after(card, rating, clock.now.date(), question.code, learner.retention)

        rate(learner, question, rating)

        assert Card.objects.get().due_on == said
        clock.move(days=(said - clock.now.date()).days)


def test_form_that_comes_twice_counts_once(bank: Bank, learner: Learner) -> None:
    entry, form = Entry(bank.add(), rating=3), UUID(int=7)

    first, second = log.add(learner, form, [entry]), log.add(learner, form, [entry])

    assert (first, second) == (True, False)
    assert Card.objects.get().count == PracticeEvent.objects.count() == 1


def test_rating_of_a_page_that_is_older_than_the_last_one_does_not_count(bank: Bank, learner: Learner) -> None:
    question = bank.add()
    rate(learner, question, 3)

    assert not log.add(learner, UUID(int=8), [Entry(question, rating=1)], seen=0)
    assert Card.objects.get().rating == 3


def test_undo_goes_back_step_by_step_to_the_beginning(bank: Bank, learner: Learner, clock: Clock) -> None:
    one, two = bank.add("PY-BEG-001"), bank.add("PY-BEG-002")
    rate(learner, one, 3)
    before = Card.objects.values().get()
    clock.move(days=3)
    rate(learner, one, 1)
    log.add(learner, UUID(int=1), [Entry(one, "know"), Entry(two, "know")])

    assert log.undo(learner, UUID(int=2))
    assert not any(Card.objects.values_list("is_known", flat=True))
    assert log.undo(learner, UUID(int=3))
    after = Card.objects.values().get(question=one)
    assert after | {"last_event": 0} == before | {"last_event": 0}
    assert log.undo(learner, UUID(int=4))
    assert Card.objects.get(question=one).count == 0
    assert log.undo(learner, UUID(int=5)) is None
    assert PracticeEvent.objects.count() == 8  # The log only grows.


def test_undo_that_is_clicked_twice_undoes_once(bank: Bank, learner: Learner) -> None:
    question = bank.add()
    rate(learner, question, 3)
    rate(learner, question, 4)

    log.undo(learner, UUID(int=2))
    log.undo(learner, UUID(int=2))

    assert Card.objects.get().rating == 3


def test_line_of_the_log_is_never_changed(bank: Bank, learner: Learner) -> None:
    rate(learner, bank.add(), 3)
    event = PracticeEvent.objects.get()
    event.rating = 4

    with pytest.raises(TypeError):
        event.save()


def test_cards_are_derived_from_the_log_again(bank: Bank, learner: Learner, clock: Clock) -> None:
    questions = [bank.add(f"PY-BEG-00{number}") for number in range(1, 4)]
    for seed, question in enumerate(questions):
        for event in random_log(seed)[:8]:
            rate(learner, question, event.rating or 1)
            clock.move(hours=31)
    log.undo(learner, UUID(int=2))
    log.add(learner, UUID(int=3), [Entry(questions[0], "reset")])
    before = list(Card.objects.order_by("question").values())
    Card.objects.filter(question=questions[0]).update(stability=1, due_on=None, count=9)

    call_command("rebuild_cards")

    assert list(Card.objects.order_by("question").values()) == before


def test_more_than_a_person_rates_in_a_minute_is_refused(
    bank: Bank, learner: Learner, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST_A_MINUTE", 2)
    question = bank.add()
    rate(learner, question, 3)
    rate(learner, question, 3)

    with pytest.raises(log.Refused):
        rate(learner, question, 3)
    clock.move(minutes=2)
    assert rate(learner, question, 3)


def test_log_that_is_full_says_so(bank: Bank, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_EVENTS", 1)
    question = bank.add()
    rate(learner, question, 3)

    with pytest.raises(log.Refused, match="1 lines"):
        rate(learner, question, 3)
