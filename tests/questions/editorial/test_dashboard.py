"""The first page of the editors' desk."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from questions.editorial.chart import MONTHS, bars
from questions.editorial.needs import MAX_CASES, SHOWN, needs
from questions.feedback.votes import cast
from questions.finding.search import missed
from questions.models import ExampleRun, FollowUp, Level, MissedSearch, Question, WorkflowStep
from questions.revisions import Revision
from tests.conftest import Bank

FULL = {
    "answer": "a" * 500,
    "explanation": "b" * 500,
    "example": "c" * 500,
    "mistakes": "d" * 500,
    "scenario": "e" * 500,
}


@pytest.fixture
def good(bank: Bank) -> Question:
    """A question that needs nothing."""
    return bank.add(**FULL)


def reasons() -> list[tuple[str, list[str]]]:
    """What needs work, from the top, with the sentences that say why."""
    return [(need.title, [reason.sentence for reason in need.reasons]) for need in needs()]


def page(client: Client) -> str:
    response = client.get("/admin/")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_question_that_is_as_it_should_be_needs_nothing(good: Question, editor: Client) -> None:
    assert reasons() == []
    assert "Nothing: no review is due" in page(editor)


def test_question_whose_review_is_due_needs_one(bank: Bank) -> None:
    day = timezone.localdate() - timedelta(days=1)
    question = bank.add(**FULL, review_by=day)

    (need,) = needs()

    assert [reason.sentence for reason in need.reasons] == [f"It was to be reviewed by {day.day} {day:%B %Y}."]
    assert need.reasons[0].url == f"/admin/questions/question/{question.pk}/change/#id_review_by"


def test_missing_and_short_sections_are_named_each_with_its_field(bank: Bank) -> None:
    question = bank.add(**FULL | {"mistakes": "", "scenario": "Short."})

    (need,) = needs()

    change = f"/admin/questions/question/{question.pk}/change/"
    assert [(reason.sentence, reason.url) for reason in need.reasons] == [
        ("Common Mistakes is missing.", f"{change}#id_mistakes"),
        ("Production Scenario is short.", f"{change}#id_scenario"),
    ]


def test_follow_ups_without_an_answer_are_counted(good: Question, bank: Bank) -> None:
    answer = bank.add("PY-BEG-002", **FULL)
    FollowUp.objects.create(question=good, position=1, text="And?", answered_by=answer)
    FollowUp.objects.create(question=good, position=2, text="And here?", answer="So.")
    FollowUp.objects.create(question=good, position=3, text="And then?")

    (need,) = needs()

    assert [reason.sentence for reason in need.reasons] == ["1 follow-up has no answer."]
    assert need.reasons[0].url.endswith(f"/{good.pk}/change/#id_follow_ups-2-answer")


def test_searches_that_found_nothing_lead_to_a_new_question(good: Question) -> None:
    MissedSearch.objects.create(text="c++ & co", count=7)

    (need,) = needs()

    assert need.title == "“c++ & co”"
    assert need.reasons[0].sentence == "Searched 7 times, and nothing was found."
    assert need.reasons[0].url == "/admin/questions/question/add/?title=c%2B%2B+%26+co#id_title"


def test_search_of_a_single_visitor_is_no_work(good: Question) -> None:
    for _ in range(9):
        missed.remember("quokka", "192.0.2.1")
    missed.write()
    assert reasons() == []

    missed.remember("quokka", "192.0.2.2")
    missed.write()

    assert reasons() == [("“quokka”", ["Searched 10 times, and nothing was found."])]


def test_searches_that_look_alike_are_one_need(good: Question) -> None:
    MissedSearch.objects.create(text="kubernetes operator", count=4)
    MissedSearch.objects.create(text="kubernets operators", count=3)

    assert reasons() == [("“kubernetes operator”", ["Searched 7 times, and nothing was found."])]


@pytest.mark.parametrize("text", ["!!!! ????", "12345 67890", "a#1!2@3$4%"])
def test_search_that_is_hardly_words_is_no_work(good: Question, text: str) -> None:
    MissedSearch.objects.create(text=text, count=9)

    assert reasons() == []


def test_desk_begins_with_the_drafts_of_whoever_looks(bank: Bank, editor: Client) -> None:
    other = User.objects.create_user("other")
    mine, others = (bank.add(f"PY-BEG-00{number}", status="draft") for number in (1, 2))
    Revision.objects.filter(id=mine.pk).update(history_user=User.objects.get(username="admin"))
    Revision.objects.filter(id=others.pk).update(history_user=other)

    html = page(editor)

    begin = html.index("Your drafts")
    assert begin < html.index("What needs work")
    assert "PY-BEG-001" in html[begin:]
    assert "PY-BEG-002" not in html


def test_draft_that_was_sent_back_says_by_whom(bank: Bank, editor: Client) -> None:
    draft = bank.add(status="draft")
    Revision.objects.filter(id=draft.pk).update(history_user=User.objects.get(username="admin"))
    WorkflowStep.objects.create(question=draft, name="send_back", username="maria")

    assert "Sent back by maria" in page(editor)


def test_reviewers_see_what_waits_for_a_review_the_oldest_first(bank: Bank, editor: Client) -> None:
    for number in range(1, 8):
        bank.add(f"PY-BEG-00{number}", status="in_review")

    html = page(editor)
    waiting = html[html.index("Waiting for a review") : html.index("What needs work")]

    assert re.findall(r">(PY-BEG-00\d) ", waiting) == [f"PY-BEG-00{number}" for number in range(1, 6)]
    assert "?status__in=in_review" in waiting


def test_votes_against_a_question_count_until_it_is_changed(good: Question) -> None:
    for browser in ("a", "b"):
        cast(good, browser, helpful=False, reason="")
    cast(good, "c", helpful=True, reason="")

    assert reasons() == [(str(good), ["2 readers found it not helpful since it was last changed."])]
    good.title = "Is it better now?"
    good.save()
    assert reasons() == []


def test_program_that_fails_is_told(good: Question) -> None:
    ExampleRun.objects.create(question=good, section="example", fault="It ends with NameError: x")

    (need,) = needs()

    assert need.reasons[0].sentence == "A program fails. It ends with NameError: x"
    assert need.reasons[0].url.endswith(f"/{good.pk}/change/#id_example")


def test_what_is_wrong_comes_before_what_is_missing(bank: Bank) -> None:
    bank.add("PY-BEG-001", **FULL | {"scenario": ""})
    failing = bank.add("PY-BEG-002", **FULL)
    ExampleRun.objects.create(question=failing, fault="It fails.")

    assert [title[:10] for title, _ in reasons()] == ["PY-BEG-002", "PY-BEG-001"]


def test_draft_needs_no_work_before_it_is_published(bank: Bank) -> None:
    draft = bank.add(status="draft", review_by=timezone.localdate() - timedelta(days=9))
    FollowUp.objects.create(question=draft, position=1, text="And?")
    cast(draft, "a", helpful=False, reason="")

    assert reasons() == []


def test_at_most_so_many_are_shown_the_worst_of_them_all(bank: Bank) -> None:
    for number in range(SHOWN + 5):
        bank.add(f"PY-BEG-{number:03}", **FULL | {"scenario": "" if number < SHOWN + 4 else "Short."})

    shown = reasons()

    assert len(shown) == SHOWN
    assert all(sentences == ["Production Scenario is missing."] for _, sentences in shown)


def test_page_counts_states_and_covers_levels_and_difficulties(bank: Bank, editor: Client, advanced: Level) -> None:
    bank.add("PY-BEG-001", difficulty=3)
    bank.add("PY-BEG-002", difficulty=3)
    bank.add("PY-ADV-001", difficulty=9, level=advanced, status="draft")

    html = page(editor)

    assert '?status__exact=published"><strong>2</strong> published' in html
    assert '?status__exact=draft"><strong>1</strong> draft' in html
    assert re.search(r'status__in=published&technology__id__exact=\d+&level__id__exact=\d+&difficulty=3">2</a>', html)
    assert "difficulty=9" not in html


def test_numbers_of_the_coverage_lead_to_that_many_questions(bank: Bank, editor: Client) -> None:
    bank.add("PY-BEG-001", difficulty=3)
    bank.add("PY-BEG-002", difficulty=3)
    bank.add("PY-BEG-003", difficulty=4)
    url = re.findall(r'href="([^"]+difficulty=3)">2<', page(editor))[0]

    html = editor.get(url).content.decode()

    assert "2 questions" in html


def test_chart_counts_each_month_of_two_years_and_says_so_in_a_table(bank: Bank, editor: Client) -> None:
    now = timezone.now()
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002", published_at=now - timedelta(days=60))
    bank.add("PY-BEG-003", published_at=now - timedelta(days=1000))
    bank.add("PY-BEG-004", status="draft")

    numbers = [bar.number for bar in bars()]

    assert len(numbers) == MONTHS
    assert (numbers[-1], sum(numbers)) == (1, 2)
    html = page(editor)
    assert f'<th scope="row">{now:%B %Y}</th><td>1</td>' in html
    assert html.count("<rect ") == MONTHS


def test_everything_else_stays_in_reach(good: Question, editor: Client) -> None:
    assert 'href="/admin/questions/technology/"' in page(editor)


def test_list_of_one_app_has_no_dashboard(good: Question, editor: Client) -> None:
    assert "What needs work" not in editor.get("/admin/questions/").content.decode()


def test_staff_who_may_not_see_questions_see_none_here(good: Question, client: Client) -> None:
    client.force_login(User.objects.create_user("ann", is_staff=True))

    assert "What needs work" not in page(client)


def test_stranger_is_sent_to_the_login(client: Client, db: None) -> None:
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_title_from_a_search_is_written_down_once_and_inert(good: Question, editor: Client) -> None:
    MissedSearch.objects.create(text="<script>alert(1)</script>")

    assert "<script>alert(1)" not in editor.get("/admin/").content.decode()


def test_numbers_of_queries_do_not_grow(
    bank: Bank, editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(MAX_CASES + 5):
        question = bank.add(f"PY-BEG-{number:03}", review_by=timezone.localdate() - timedelta(days=1))
        FollowUp.objects.create(question=question, position=1, text="And?")
        cast(question, "a", helpful=False, reason="")

    with django_assert_max_num_queries(20 + MONTHS):
        editor.get("/admin/")


def test_the_month_with_most_questions_shows_its_number_on_a_phone_too(bank: Bank) -> None:
    bank.add("PY-BEG-001", published_at=timezone.now() - timedelta(days=70))
    for number in (2, 3):
        bank.add(f"PY-BEG-00{number}")

    assert [bar.number for bar in bars() if bar.is_highest] == [2]
