"""The list: filters with their counts, words, order and pages."""

from html import unescape
from itertools import combinations
from random import Random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.finding.question_filter import QuestionFilter
from questions.models import Category, FollowUp, Level, Question, Technology
from tests.conftest import Bank


def asked(query: str = "") -> QuestionFilter:
    return QuestionFilter(QueryDict(query), queryset=Question.objects.public())


def codes(query: str = "") -> list[str]:
    return [question.code for question in asked(query).results]


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/questions/?{query}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def questions(bank: Bank, sql: Technology, advanced: Level) -> None:
    joins = Category.objects.create(name="Joins", slug="joins", position=2)
    bank.add("PY-BEG-001", difficulty=2, title="What is a list?")
    bank.add("PY-BEG-002", difficulty=1, title="What is a tuple?")
    bank.add("PY-ADV-001", difficulty=8, title="What is a metaclass?", level=advanced)
    bank.add("SQL-BEG-001", difficulty=2, title="What is a join?", technology=sql, category=joins)
    bank.add(
        "SQL-ADV-001", difficulty=9, title="What is a lateral join?", technology=sql, category=joins, level=advanced
    )
    bank.add("PY-BEG-099", status="draft", title="What is not ready?")


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["PY-BEG-002", "PY-BEG-001", "SQL-BEG-001", "PY-ADV-001", "SQL-ADV-001"]),
        ("technology=python", ["PY-BEG-002", "PY-BEG-001", "PY-ADV-001"]),
        ("technology=python&technology=sql&level=advanced", ["PY-ADV-001", "SQL-ADV-001"]),
        ("category=joins&difficulty_max=5", ["SQL-BEG-001"]),
        ("difficulty_min=2&difficulty_max=8", ["PY-BEG-001", "SQL-BEG-001", "PY-ADV-001"]),
        ("difficulty_min=9&difficulty_max=2", []),
        ("q=JOIN", ["SQL-BEG-001", "SQL-ADV-001"]),
        ("q=py-adv-001", ["PY-ADV-001"]),
        ("q=lateral+join&technology=sql", ["SQL-ADV-001", "SQL-BEG-001"]),
        ("sort=difficulty", ["PY-BEG-002", "PY-BEG-001", "SQL-BEG-001", "PY-ADV-001", "SQL-ADV-001"]),
        ("sort=code", ["PY-ADV-001", "PY-BEG-001", "PY-BEG-002", "SQL-ADV-001", "SQL-BEG-001"]),
        ("sort=newest", ["SQL-ADV-001", "SQL-BEG-001", "PY-ADV-001", "PY-BEG-002", "PY-BEG-001"]),
    ],
)
def test_filters_and_orders(query: str, expected: list[str]) -> None:
    assert codes(query) == expected


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Showing <strong>5</strong> questions</p>"),
        ("level=advanced&technology=python", "Showing <strong>1</strong> question · Python · Advanced</p>"),
        (
            "difficulty_min=3&difficulty_max=9",
            "<strong>2</strong> questions · Difficulty 3 or more · Difficulty 9 or less</p>",
        ),
        ("q=lateral", "<strong>1</strong> question · “lateral”</p>"),
    ],
)
def test_result_line_says_in_words_what_is_shown(client: Client, query: str, words: str) -> None:
    assert words in page(client, query)


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("query", "sentence", "kept"),
    [
        ("level=nope&technology=python", "There is no level “nope”.", 3),
        ("technology=nope&technology=python", "There is no technology “nope”.", 3),
        ("difficulty_min=99&technology=python", "“99” is not a difficulty from 1 to 10.", 3),
        ("difficulty_max=abc&technology=python", "“abc” is not a difficulty from 1 to 10.", 3),
        ("sort=nope&technology=python", "There is no order “nope”.", 3),
        ("page=abc&technology=python", "There is no page “abc”.", 3),
        ("category=%00&technology=python", "There is no category “�”.", 3),
        ("category=%ff&technology=python", "There is no category “�”.", 3),
        (f"level={'x' * 9_000}&technology=python", f"There is no level “{'x' * 39}…”.", 3),
        ("q=a%00b&technology=python", "The search text “a�b” cannot be used", 3),
        (f"q={'x' * 201}&technology=python", "cannot be used", 3),
        ("technology=python&technology=python", "Showing <strong>3</strong> questions · Python</p>", 3),
        ("difficulty_min=%D9%A3&technology=python", "", 3),
        (f"page={'9' * 5_000}&technology=python", "", 3),
    ],
)
def test_bad_input_is_named_and_no_other_filter_is_lost(client: Client, query: str, sentence: str, kept: int) -> None:
    if "%D9" in query:
        kept = 1  # An Arabic-Indic three is a number, and a difficulty.

    assert sentence in page(client, query)
    assert asked(query).count == kept


def test_unknown_text_is_shown_inert(client: Client, python: Technology) -> None:
    response = client.get("/questions/", {"level": "<script>alert(1)</script>", "q": "<script>alert(1)</script>"})

    assert b"<script>alert" not in response.content


def test_nearest_page_is_shown(bank: Bank) -> None:
    for number in range(31):
        bank.add(f"PY-BEG-{number:03}")
    nearest = {"1": 1, "2": 2, "3": 3, "4": 3, "999": 3, "-1": 1, "0": 1}

    assert {page: asked(f"page={page}").results.number for page in nearest} == nearest


def test_page_links_keep_the_filters(bank: Bank, client: Client) -> None:
    for number in range(31):
        bank.add(f"PY-BEG-{number:03}")

    assert 'href="/questions/?technology=python&sort=code&page=3"' in page(client, "sort=code&page=2&technology=python")


@pytest.mark.usefixtures("questions")
def test_each_active_filter_can_be_removed_alone_and_all_at_once(client: Client) -> None:
    html = page(client, "level=advanced&technology=python&technology=sql&difficulty_max=8")

    assert 'href="/questions/?technology=sql&level=advanced&difficulty_max=8"' in html
    assert 'href="/questions/?technology=python&technology=sql&difficulty_max=8"' in html
    assert 'href="/questions/?technology=python&technology=sql&level=advanced"' in html
    assert '<a href="/questions/">Clear all filters</a>' in html


@pytest.mark.usefixtures("questions")
def test_nothing_found_offers_the_removal_that_helps_most(client: Client) -> None:
    html = page(client, "technology=python&level=advanced&category=joins&difficulty_min=9")

    assert "No question fits all of these filters." in html
    assert '<a href="/questions/?level=advanced&category=joins&difficulty_min=9">Without Python</a> there is 1.' in html


@pytest.mark.usefixtures("questions")
def test_nothing_found_by_any_removal_leads_to_all_questions(client: Client) -> None:
    assert "Show all questions" in page(client, "q=nowhere&difficulty_min=10")


@pytest.mark.slow
@pytest.mark.usefixtures("questions")
def test_each_option_counts_what_choosing_it_would_show() -> None:
    values = [(name, option.value) for name, option in asked().options()]
    random = Random(7)
    for chosen in random.sample([*combinations(values, 1), *combinations(values, 2), *combinations(values, 3)], 60):
        chosen_names = {name for name, _ in chosen}
        for name, option in asked(urlencode(chosen)).options():
            others = [pair for pair in chosen if pair[0] != name]
            alone = len(codes(urlencode([*others, (name, option.value)])))

            assert option.number == alone, (chosen, name, option, chosen_names)


@pytest.mark.usefixtures("questions")
def test_drafts_are_nowhere(client: Client) -> None:
    assert "PY-BEG-099" not in page(client, "q=ready")
    assert client.get("/questions/PY-BEG-099/").status_code == 404


def test_card_shows_everything_in_place(bank: Bank, client: Client) -> None:
    texts = {
        "answer": "*Short.*",
        "explanation": "Deep.",
        "example": "Real.",
        "mistakes": "Wrong.",
        "scenario": "Fire.",
    }
    linked, hidden = bank.add("PY-BEG-002"), bank.add("PY-BEG-003", status="draft")
    asking = bank.add("PY-BEG-001", **texts)
    FollowUp.objects.create(question=asking, position=1, text="Plain?")
    FollowUp.objects.create(question=asking, position=2, text="Linked?", answered_by=linked)
    FollowUp.objects.create(question=asking, position=3, text="Hidden?", answered_by=hidden)

    html = page(client)

    for text in ("<em>Short.</em>", "Deep.", "Real.", "Wrong.", "Fire.", "Plain?"):
        assert text in html
    assert "ID PY-BEG-001 · Difficulty 3/10 · Level Beginner" in html
    assert '<a href="/questions/PY-BEG-002/">Linked?</a>' in html
    assert "/questions/PY-BEG-003/" not in html


@pytest.mark.parametrize("number", [1, 15, 40])
def test_list_takes_at_most_eight_queries_whatever_its_size(
    bank: Bank, client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(number):
        question = bank.add(f"PY-BEG-{position:03}")
        FollowUp.objects.create(question=question, position=1, text="And then?", answered_by=question)

    with django_assert_max_num_queries(8):  # Counts and taxa are read once a version; here for the first time.
        client.get("/questions/?technology=python")
    with django_assert_max_num_queries(8):
        client.get("/questions/?technology=python&q=depends")


def test_empty_hub_says_so(client: Client, db: None) -> None:
    assert "No question fits" in page(client)


LISTS = ["/questions/", "/questions/recall/", "/map/"]
FORMS = ["/questions.json", "/questions.csv", "/questions.md", "/questions.apkg", "/questions/print/"]


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("path", LISTS)
def test_what_somebody_searches_for_is_not_indexed(client: Client, path: str) -> None:
    html = client.get(f"{path}?q=join&technology=sql&page=1").getvalue().decode()

    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}?technology=sql">' in html


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("path", ["/questions/", "/map/"])
@pytest.mark.parametrize("query", ["", "?technology=sql", f"?q={'x' * 201}"])
def test_list_without_a_search_is_indexed_and_tells_nothing_of_a_searcher(
    client: Client, path: str, query: str
) -> None:
    html = client.get(path + query).getvalue().decode()

    assert '<meta name="robots"' not in html
    assert "xxx" not in html.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("path", FORMS)
def test_search_in_another_form_is_not_indexed_either(client: Client, path: str) -> None:
    searched, listed = client.get(f"{path}?q=join&technology=sql"), client.get(f"{path}?technology=sql")

    assert searched["X-Robots-Tag"] == "noindex"
    assert searched["Link"] == listed["Link"]
    assert "?technology=sql>" in listed["Link"]
    assert "X-Robots-Tag" not in listed
    searched.close()
    listed.close()


@pytest.mark.usefixtures("questions")
def test_bar_above_the_cards_holds_order_practice_and_what_to_take_away(client: Client) -> None:
    html = page(client, "technology=sql")
    bar = html[html.index('class="list-bar"') : html.index('class="card"')]

    assert '<select name="sort" form="filters">' in bar
    assert '<button form="filters"' in bar
    assert 'href="/questions/recall/?technology=sql"' in bar
    for path in ("questions.apkg", "questions.csv", "questions.md", "questions/print/", "questions.json", "random/"):
        assert f'href="/{path}?technology=sql"' in bar


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("path", [*LISTS, "/questions/print/"])
def test_search_at_the_top_keeps_the_filters_and_says_so(client: Client, path: str) -> None:
    response = client.get(f"{path}?technology=python&level=advanced&difficulty_max=8&q=what")
    html = " ".join(unescape(response.getvalue().decode()).split())
    response.close()
    form = html.partition('role="search"')[2].partition("</form>")[0]

    for name, value in (("technology", "python"), ("level", "advanced"), ("difficulty_max", "8")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    assert form.count('name="q"') == 1
    assert "in Python" in form
    assert '<a href="/questions/?q=what">Search everything</a>' in form


@pytest.mark.usefixtures("questions")
def test_search_at_the_top_of_an_unfiltered_list_is_of_everything(client: Client) -> None:
    assert "Search everything" not in page(client, "q=what")
