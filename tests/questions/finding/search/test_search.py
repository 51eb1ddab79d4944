"""The list with a search text, suggestions, and what is remembered."""

import logging
from collections.abc import Callable
from html import unescape
from random import Random
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from questions.finding.search import missed, results
from questions.finding.search.documents import facet, rebuild
from questions.finding.search.results import Search
from questions.finding.search.suggestions import suggest
from questions.models import FollowUp, Level, MissedSearch, Question, SearchDocument, Technology, Word
from tests.conftest import Bank

ANYTHING = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def found(text: str) -> list[str]:
    codes = dict(Question.objects.values_list("pk", "code"))
    return [codes[pk] for pk in Search(text).ids({})]


def page(client: Client, **parameters: str) -> str:
    response = client.get("/questions/", parameters)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def questions(bank: Bank, sql: Technology, advanced: Level) -> None:
    bank.add("PY-BEG-001", title="What is a list?", answer="A mutable sequence. Use `append` and `top_p`.")
    bank.add("PY-BEG-002", title="What is a tuple?", answer="An immutable list, so to say.")
    bank.add("PY-ADV-001", title="What is a metaclass?", answer="The class of a class.", level=advanced)
    bank.add("SQL-BEG-001", title="What is a join?", answer="Rows of tables.", technology=sql, mistakes="- No list.")
    bank.add("PY-BEG-003", title="What is a secret list?", status="draft")


def test_question_is_found_by_how_else_it_is_asked_before_those_that_mention_it(bank: Bank) -> None:
    bank.add("PY-BEG-001", explanation="The worker hangs.")
    bank.add("PY-BEG-002", also_asked="- Why does the worker hang?")

    assert found("worker hang") == ["PY-BEG-002", "PY-BEG-001"]


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("list", ["PY-BEG-001", "PY-BEG-002", "SQL-BEG-001"]),
        ("lists", ["PY-BEG-001", "PY-BEG-002", "SQL-BEG-001"]),
        ("list immutable", ["PY-BEG-002", "PY-BEG-001", "SQL-BEG-001"]),
        ('"mutable sequence"', ["PY-BEG-001"]),
        ('"sequence mutable"', []),
        ("list -tuple", ["PY-BEG-001", "SQL-BEG-001"]),
        ("top_p", ["PY-BEG-001"]),
        ("sql-beg-001", ["SQL-BEG-001"]),
        ("metaclas", ["PY-ADV-001"]),
        ("python metaclass", ["PY-ADV-001", "PY-BEG-001", "PY-BEG-002"]),
        ("secret", []),
        ("zzzzzz", []),
    ],
)
def test_finds_best_first(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_saving_and_deleting_keep_the_index(bank: Bank) -> None:
    question = bank.add(answer="Zebra.")
    assert found("zebra") == ["PY-BEG-001"]

    question.answer = "Giraffe."
    question.save()
    assert found("zebra") == []
    assert found("giraffe") == ["PY-BEG-001"]

    question.delete()
    assert found("giraffe") == []


def test_question_that_is_no_longer_published_is_not_found(bank: Bank) -> None:
    question = bank.add(answer="Zebra.")

    question.status = "draft"
    question.save()

    assert found("zebra") == []
    assert not SearchDocument.objects.exists()


def test_follow_ups_are_found_with_their_question(bank: Bank) -> None:
    follow_up = FollowUp.objects.create(question=bank.add(), position=1, text="And a zebra?")
    assert found("zebra") == ["PY-BEG-001"]

    follow_up.delete()
    assert found("zebra") == []


@pytest.mark.usefixtures("questions")
def test_rebuilding_finds_the_same() -> None:
    before = found("list")

    assert rebuild() == 4

    assert found("list") == before


@pytest.mark.usefixtures("questions")
def test_words_are_counted_once_a_question(bank: Bank) -> None:
    Question.objects.get(code="PY-BEG-001").save()

    assert Word.objects.get(word="metaclass").documents == 1
    assert Word.objects.get(word="list").documents == 3


@pytest.mark.usefixtures("questions")
def test_list_marks_what_was_found_and_says_where(client: Client) -> None:
    html = page(client, q="lists")

    assert "Showing <strong>3</strong> questions · “lists”" in html
    assert "- No <mark>list</mark>" in html or "No <mark>list</mark>." in html
    assert "In Common Mistakes" in html


@pytest.mark.usefixtures("questions")
def test_words_are_marked_where_the_card_shows_them_and_are_not_shown_twice(client: Client) -> None:
    html = page(client, q="list mutable")

    assert "What is a <mark>list</mark>?" in html
    assert "A <mark>mutable</mark> sequence." in html
    assert html.count("sequence") == 1


@pytest.mark.usefixtures("questions")
def test_facets_count_within_the_results(client: Client) -> None:
    html = page(client, q="list")

    assert '<span class="option-name">Python</span> <span class="option-count">2<' in html
    assert '<span class="option-name">SQL</span> <span class="option-count">1<' in html


@pytest.mark.usefixtures("questions")
def test_search_and_filters_combine(client: Client) -> None:
    html = page(client, q="list", technology="python", sort="code")

    assert "Showing <strong>2</strong> questions · “list” · Python" in html
    assert html.index("PY-BEG-001") < html.index("PY-BEG-002")


@pytest.mark.usefixtures("questions")
def test_corrected_search_says_so_and_offers_the_text_itself(client: Client) -> None:
    html = page(client, q="metaclas")

    assert "Showing results for <strong>metaclass</strong>" in html
    assert '<a href="/questions/?q=%22metaclas%22">search instead for “metaclas”</a>' in html
    assert "Showing results for" not in page(client, q='"metaclas"')


@pytest.mark.usefixtures("questions")
def test_search_that_little_fits_wholly_shows_what_has_most_of_its_words_and_says_so(client: Client) -> None:
    whole, most = "1 question has all of these words; the others have most.", "No question has all of these words"
    near = "No question seems to answer this; these come nearest."

    assert whole in page(client, q="immutable list")
    assert most in page(client, q="why is an immutable list slow")
    assert near in page(client, q="immutable penguins of antarctica")
    assert "notice" not in page(client, q="list")


@pytest.mark.usefixtures("questions")
def test_json_says_what_the_page_says(client: Client) -> None:
    def notices(text: str) -> list[str]:
        return client.get("/questions.json", {"q": text}).json()["notices"]

    assert notices("list") == []
    assert notices("metaclas") == ["No question has “metaclas”: “metaclass” was searched for."]
    assert notices("immutable list slow")[0].startswith("No question has all of these words")


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize("text", ['"immutable penguin"', '"mutable sequence" -append', '"immutable" "penguin"'])
def test_what_is_quoted_or_excluded_is_never_relaxed(text: str) -> None:
    assert found(text) == []


@pytest.mark.usefixtures("questions")
def test_search_that_finds_nothing_that_fits_is_remembered_too(client: Client) -> None:
    page(client, q="immutable penguins of antarctica")

    assert MissedSearch.objects.get().text == "immutable penguins of antarctica"


def test_follow_up_is_found_with_the_question_that_answers_it(bank: Bank) -> None:
    asking, answering = bank.add("PY-BEG-001"), bank.add("PY-BEG-002")
    follow_up = FollowUp.objects.create(question=asking, position=1, text="And a zebra?", answered_by=answering)
    assert found("zebra") == ["PY-BEG-001", "PY-BEG-002"]

    asking.status = "draft"
    asking.save()
    assert found("zebra") == []

    asking.status = "published"
    asking.save()
    follow_up.answered_by = None
    follow_up.save()
    assert found("zebra") == ["PY-BEG-001"]

    follow_up.answered_by = answering
    follow_up.save()
    asking.delete()
    assert found("zebra") == []


@pytest.mark.usefixtures("questions")
def test_default_order_of_a_search_is_best_match(client: Client) -> None:
    assert '<option value="relevance" selected>Best match</option>' in page(client, q="list")
    assert "relevance" not in page(client)


@pytest.mark.usefixtures("questions")
def test_more_finds_than_can_be_counted_are_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "CAP", 2)
    monkeypatch.setattr("questions.finding.question_filter.CAP", 2)

    html = page(client, q="list")

    assert "Showing the best of more than <strong>2</strong> questions" in html
    assert '<span class="option-name">Python</span> </label>' in html


@pytest.mark.usefixtures("questions")
def test_more_finds_than_are_scored_begin_with_those_in_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MAX_SCORED", 1)
    monkeypatch.setattr(results, "ALL_SCORED", 1)

    assert found("list")[0] == "PY-BEG-001"
    assert sorted(found("list")) == ["PY-BEG-001", "PY-BEG-002", "SQL-BEG-001"]


def test_more_finds_than_are_scored_begin_with_those_that_have_what_was_typed(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MAX_SCORED", 2)
    monkeypatch.setattr(results, "ALL_SCORED", 2)
    for number in range(1, 6):
        bank.add(f"PY-BEG-00{number}", answer="Again, another word for it.")
    bank.add("PY-BEG-006", answer="A retry.")

    assert found("retry")[0] == "PY-BEG-006"


@pytest.mark.usefixtures("questions")
def test_what_is_excluded_stays_out_though_titles_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MAX_SCORED", 1)
    monkeypatch.setattr(results, "ALL_SCORED", 1)

    assert sorted(found("list -append")) == ["PY-BEG-002", "SQL-BEG-001"]


def test_word_that_looks_like_a_facet_is_a_word(bank: Bank, python: Technology) -> None:
    name = facet("technology", python.pk)
    bank.add("PY-BEG-001", answer=f"About {name}.")
    bank.add("PY-BEG-002")

    assert found(name) == ["PY-BEG-001"]


@pytest.mark.usefixtures("questions")
def test_vain_search_is_remembered_once_a_text_and_counted(client: Client) -> None:
    for text in ("Zebra  crossing", "zebra crossing"):
        page(client, q=text)

    missed_search = MissedSearch.objects.get()
    assert (missed_search.text, missed_search.count) == ("zebra crossing", 2)


@pytest.mark.usefixtures("questions")
def test_search_that_only_the_filters_leave_empty_is_not_remembered(client: Client) -> None:
    page(client, q="metaclass", technology="sql")

    assert not MissedSearch.objects.exists()


@pytest.mark.django_db
def test_memory_of_vain_searches_is_bounded_in_number_and_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    missed.remember("first")
    missed.write()
    missed.remember("too soon")
    missed.write()
    assert list(MissedSearch.objects.values_list("text", flat=True)) == ["first"]

    monkeypatch.setattr(missed, "PAUSE", missed.PAUSE * 0)
    monkeypatch.setattr(missed, "MOST", 3)
    for text in ("second", "third", "fourth", "x" * 500):
        missed.remember(text)
        missed.write()
    assert MissedSearch.objects.count() == 3
    assert not MissedSearch.objects.filter(text="first").exists()


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meta", ["PY-ADV-001"]),
        ("metac", ["PY-ADV-001"]),
        ("py-adv", ["PY-ADV-001"]),
        ("SQL-", ["SQL-BEG-001"]),
        ("a tup", ["PY-BEG-002"]),
        ("metaclas", ["PY-ADV-001"]),
        ("top-_p", ["PY-BEG-001"]),
        ("top_", ["PY-BEG-001"]),
        ("*app", ["PY-BEG-001"]),
        ("__meta", ["PY-ADV-001"]),
        ("python.meta", ["PY-ADV-001"]),
        ("a-tup", ["PY-BEG-002"]),
        ("list ", ["PY-BEG-001", "PY-BEG-002", "SQL-BEG-001"]),
        ("zzz", []),
        (" ", []),
        ("\0", []),
        ("x" * 201, []),
    ],
)
def test_suggestions_go_on_as_typed(client: Client, text: str, expected: list[str]) -> None:
    offered = client.get("/suggest", {"q": text}).json()["questions"]

    assert [item["code"] for item in offered] == expected
    assert all(item["url"] == f"/questions/{item['code']}/" for item in offered)


@pytest.mark.parametrize(
    "text", ["बहुर", "git re", "react 1", "C++2", "如何在k", "git vs", "git c"], ids=lambda text: ascii(text)
)
def test_suggestions_go_on_in_any_script_and_with_what_stands_beside_the_finished_words(bank: Bank, text: str) -> None:
    bank.add(
        "PY-BEG-001", title="बहुरूपता क्या है? How does git commit and reset in React 18 and C++20? 如何在Kubernetes中"
    )
    for number in range(2, 12):
        bank.add(f"PY-BEG-{number:03}", title=f"Whether re{'abcdefghij'[number - 2]}x or co{'abcdefghij'[number - 2]}x")

    assert [question.code for question in suggest(text)] == ["PY-BEG-001"]


@pytest.mark.usefixtures("questions")
def test_suggestions_take_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(12):  # Four of them once a version.
        client.get("/suggest", {"q": "lis"})


@pytest.mark.parametrize("path", ["/suggest", "/opensearch.xml"])
def test_addresses_of_search_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_browsers_can_add_the_hub_as_a_search_engine(client: Client, db: None) -> None:
    response = client.get("/opensearch.xml")

    assert response["Content-Type"] == "application/opensearchdescription+xml"
    assert b'template="http://127.0.0.1:8000/questions/?q={searchTerms}"' in response.content


@pytest.fixture
def visit(client: Client, caplog: pytest.LogCaptureFixture) -> Callable[..., int]:
    """Gets a page and returns its status, sure that the log tells of no error."""

    def status(*arguments: Any, **extra: Any) -> int:
        caplog.clear()
        response = client.get(*arguments, **extra)
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
        return response.status_code

    return status


@pytest.mark.usefixtures("questions")
@pytest.mark.property
@ANYTHING
@example("\0")
@example("x" * 10_000)
@example(f"{'x' * 60} {'y' * 60}")
@example('=~ !== ?. *** ((( - -- "')
@example("\u202eabc\u2066 \u200f\u2069")
@given(text=st.text(max_size=220) | st.text("ab -", max_size=220))
def test_any_search_text_gives_a_page_and_suggestions(visit: Callable[..., int], text: str) -> None:
    assert visit("/questions/", {"q": text}) == 200
    assert visit("/suggest", {"q": text}) == 200


@pytest.mark.usefixtures("questions")
@pytest.mark.property
@ANYTHING
@given(
    parameters=st.dictionaries(
        st.sampled_from(["technology", "level", "category", "difficulty_min", "difficulty_max", "sort", "page"]),
        st.lists(st.text(max_size=40) | st.integers().map(str) | st.sampled_from(["python", "beginner"]), max_size=3),
    )
)
def test_any_filters_give_a_page(visit: Callable[..., int], parameters: dict[str, list[str]]) -> None:
    assert visit("/questions/", parameters) == 200


@pytest.mark.usefixtures("questions")
@pytest.mark.property
@ANYTHING
@example(b"q=%00&sort=%00")
@example(b"q=%ED%A0%80%ED%B0%80")  # Halves of a pair, which are no letters.
@given(query=st.binary(max_size=100))
def test_any_query_string_gives_a_page(visit: Callable[..., int], query: bytes) -> None:
    assert visit("/questions/", QUERY_STRING=query.decode("latin-1")) == 200


def test_syntax_of_the_indexes_is_text(bank: Bank) -> None:
    bank.add(answer="Plain.")
    random = Random(5)
    signs = [*"\"'()*:^-+&|!<>\\{}%;", "NEAR", "title", "plain"]

    for _ in range(500):
        found(" ".join(random.choices(signs, k=8)) + random.choice(signs))

    assert found("plain") == ["PY-BEG-001"]  # The connection, and its transaction, are still of use.
