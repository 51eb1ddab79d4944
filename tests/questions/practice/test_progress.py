"""Progress: what is weak, what comes, what was done, whether the schedule is right."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.models import Learner, Level, Technology
from questions.practice.pictures import bars, calendar
from questions.practice.progress import Progress
from tests.conftest import Bank
from tests.questions.practice.conftest import Clock, page, rate, send

pytestmark = pytest.mark.django_db


def test_stranger_is_told_how_to_begin(reader: Client) -> None:
    assert "There is nothing to show yet." in page(reader, "/practice/progress/")


def test_no_two_regions_share_a_name(bank: Bank, reader: Client) -> None:
    bank.add("PY-BEG-001")
    send(reader, "PY-BEG-001", rating=4)

    html = page(reader, "/practice/progress/")

    assert html.count('role="region"') == 2
    assert not re.search(r'role="region" aria-labelledby', html)  # The section around it has that name.


def test_weak_cells_come_first_and_lead_to_a_session(
    bank: Bank, reader: Client, clock: Clock, sql: Technology, advanced: Level
) -> None:
    bank.add("PY-BEG-001")
    bank.add("SQL-ADV-001", technology=sql, level=advanced)
    bank.add("SQL-ADV-002", technology=sql, level=advanced)
    for code in ("PY-BEG-001", "SQL-ADV-001"):
        send(reader, code, rating=4)

    cells = Progress(Learner.objects.get()).cells

    assert [(cell.technology, cell.percent, cell.asked, cell.total) for cell in cells] == [
        (sql, 50, 1, 2),
        (bank.defaults["technology"], 100, 1, 1),
    ]
    assert 'href="/practice/next/?technology=sql&amp;level=advanced"' in page(reader, "/practice/progress/")


def test_archived_questions_are_no_part_of_progress(bank: Bank, learner: Learner, clock: Clock) -> None:
    rate(learner, bank.add("PY-BEG-001"), 4)
    archived = bank.add("PY-BEG-002")
    rate(learner, archived, 1)
    archived.status = "archived"
    archived.save()

    progress = Progress(learner)

    assert [(cell.percent, cell.asked, cell.total) for cell in progress.cells] == [(100, 1, 1)]
    assert progress.missed_questions == []


def test_what_is_overdue_is_due_today(bank: Bank, learner: Learner, clock: Clock) -> None:
    rate(learner, bank.add("PY-BEG-001"), 1)
    clock.move(days=5)
    rate(learner, bank.add("PY-BEG-002"), 3)

    due = Progress(learner).due

    assert [number for _, number in due[:4]] == [1, 0, 1, 0]
    assert len(due) == 30


def test_year_counts_ratings_a_day(bank: Bank, learner: Learner, clock: Clock) -> None:
    question = bank.add()
    rate(learner, question, 3)
    rate(learner, question, 3)
    clock.move(days=2)
    rate(learner, question, 3)

    year = Progress(learner).year

    assert [number for _, number in year[-3:]] == [2, 0, 1]
    assert year[0][0].weekday() == 0
    assert sum(number for _, number in year) == 3


def test_measured_recall_is_told_beside_the_predicted(bank: Bank, learner: Learner, clock: Clock) -> None:
    questions = [bank.add(f"PY-BEG-{number:03}") for number in range(20)]
    for question in questions:
        rate(learner, question, 3)
    clock.move(days=2)
    for number, question in enumerate(questions):
        rate(learner, question, 1 if number < 5 else 3)

    assert [(band.predicted, band.measured, band.number) for band in Progress(learner).bands] == [(91, 75, 20)]


def test_what_is_missed_most_stands_first(bank: Bank, reader: Client, clock: Clock) -> None:
    bank.add("PY-BEG-001", mistakes="- **Mutable defaults** are shared.")
    bank.add("PY-BEG-002")
    for code, rating in (("PY-BEG-001", 1), ("PY-BEG-002", 1), ("PY-BEG-001", 1)):
        send(reader, code, rating=rating, mistake="Mutable defaults")
        clock.move(minutes=1)

    found = Progress(Learner.objects.get())

    assert [(it.code, it.number) for it in found.missed_questions] == [("PY-BEG-001", 2), ("PY-BEG-002", 1)]
    assert [(it.words, it.number) for it in found.mistakes] == [("Mutable defaults", 2)]
    assert "Mutable defaults" in page(reader, "/practice/progress/")


@pytest.mark.one_database
def test_pictures_of_nothing_are_empty() -> None:
    assert bars([]) == []
    assert calendar([]) == []


def test_progress_takes_as_few_queries_for_many_cards_as_for_one(
    bank: Bank, learner: Learner, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        bank.add(f"PY-BEG-{number:03}")
        send(reader, f"PY-BEG-{number:03}", rating=1)

    with django_assert_max_num_queries(8):
        page(reader, "/practice/progress/")
