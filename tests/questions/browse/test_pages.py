"""The front page and the question page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from questions.models import Category, FollowUp, Level, Technology
from tests.conftest import Bank

PUBLIC = ["/", "/questions/", "/questions/PY-BEG-001/", "/questions/PY-BEG-404/", "/nowhere/"]


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(unescape(response.getvalue().decode()).split())


def test_front_page_counts_and_links(bank: Bank, client: Client, sql: Technology, advanced: Level) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-ADV-001", level=advanced)
    bank.add("PY-BEG-002", status="draft")

    html = page(client, "/")

    assert "<dt>questions</dt><dd>2</dd>" in html
    assert '<a href="/questions/?technology=python&level=advanced">1' in html
    assert '<a href="/questions/?level=beginner">1' in html
    assert '<a href="/questions/?technology=python">2' in html
    assert '<input id="hero-q" type="search" name="q"' in html


def test_front_page_lists_the_newest_first(bank: Bank, client: Client) -> None:
    for number in range(1, 9):
        bank.add(f"PY-BEG-{number:03}")

    newest = page(client, "/").partition("Newest questions")[2]

    assert newest.index("PY-BEG-008") < newest.index("PY-BEG-003")
    assert "PY-BEG-002" not in newest


def test_front_page_leads_on_by_category_practice_and_map(bank: Bank, client: Client) -> None:
    Category.objects.create(name="Unused", slug="unused", position=9)
    bank.add()

    html = page(client, "/")

    assert '<a href="/questions/?category=core">Core <b>1' in html
    assert "Unused" not in html
    for path in (
        "/practice/",
        "/practice/mock/",
        "/kits/",
        "/map/",
        "/random/",
        "/feed.atom",
        "/questions/?sort=newest",
    ):
        assert f'href="{path}"' in html


def test_front_page_has_another_question_each_day_until_all_had_theirs(
    bank: Bank, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        bank.add(f"PY-BEG-{number:03}", answer=f"Answer {number}.")
    bank.add("PY-BEG-009", status="draft")
    monday = timezone.localdate()
    shown = []

    for day in range(5):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: monday + timedelta(days=day))
        shown += re.findall(r"Answer \d", page(client, "/"))

    assert sorted(shown) == [f"Answer {number}" for number in range(5)]


def test_front_page_of_an_empty_hub_has_no_question_of_the_day(client: Client, db: None) -> None:
    assert "Today’s question" not in page(client, "/")


def test_breadcrumb_is_the_trail_that_machines_read(bank: Bank, client: Client) -> None:
    bank.add()

    trail = page(client, "/questions/PY-BEG-001/").partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]

    assert re.findall(r"<li[^>]*>(?:<a[^>]*>)?([^<]+)", trail) == ["Home", "Interview Questions", "PY-BEG-001"]
    assert trail.count('href="/"') == 1


def test_question_page_shows_its_sections_in_order_with_a_table_of_contents(bank: Bank, client: Client) -> None:
    bank.add(
        answer="A.",
        explanation="B.",
        example="C.",
        mistakes="D.",
        scenario="E.",
        also_asked="- F?",
        references="- [G](https://example.org)",
    )

    html = page(client, "/questions/PY-BEG-001/")

    anchors = [
        "answer",
        "deep-explanation",
        "real-world-example",
        "common-mistakes",
        "production-scenario",
        "also-asked-as",
        "references",
    ]
    assert [html.count(f'href="#{anchor}"') for anchor in anchors] == [1] * 7
    positions = [html.index(f'<h2 id="{anchor}">') for anchor in anchors]
    assert positions == sorted(positions)


def test_sections_without_text_are_left_out(bank: Bank, client: Client) -> None:
    bank.add(answer="A.")

    html = page(client, "/questions/PY-BEG-001/")

    assert "Answer" in html
    assert "Common Mistakes" not in html
    assert "Follow-up Questions" not in html
    assert "References" not in html


def test_question_page_says_what_it_holds_for_and_when_it_changed(bank: Bank, client: Client) -> None:
    question = bank.add(verified_for="Python 3.11–3.14")

    html = page(client, "/questions/PY-BEG-001/")

    assert "Verified for Python 3.11–3.14." in html
    assert f'<time datetime="{question.updated_at:%Y-%m-%d}">' in html


@pytest.mark.parametrize(
    ("verified_for", "days", "sentence"),
    [
        ("Python 3.14", 0, "Verified for Python 3.14 · next review by {month}."),
        ("Python 3.14", -1, "Verified for Python 3.14 · review due."),
        ("", 0, "Next review by {month}."),
        ("", -1, "Review due."),
    ],
)
def test_question_page_says_until_when_it_was_checked(
    bank: Bank, client: Client, verified_for: str, days: int, sentence: str
) -> None:
    review_by = timezone.localdate() + timedelta(days=days)
    bank.add(verified_for=verified_for, review_by=review_by)

    html = page(client, "/questions/PY-BEG-001/")

    assert f"<p>{sentence.format(month=f'{review_by:%B %Y}')}</p>" in html


def test_previous_and_next_follow_the_default_order(bank: Bank, client: Client, advanced: Level) -> None:
    bank.add("PY-BEG-001", difficulty=2)
    bank.add("PY-BEG-002", difficulty=1)
    bank.add("PY-ADV-001", difficulty=1, level=advanced)
    bank.add("PY-BEG-003", difficulty=2, status="draft")

    html = page(client, "/questions/PY-BEG-001/")

    assert re.search(r'<a rel="prev"[^>]* href="/questions/PY-BEG-002/"', html)
    assert re.search(r'<a rel="next"[^>]* href="/questions/PY-ADV-001/"', html)
    assert 'rel="prev"' not in page(client, "/questions/PY-BEG-002/")
    assert 'rel="next"' not in page(client, "/questions/PY-ADV-001/")


def test_related_questions_are_the_nearest_of_the_technology(
    bank: Bank, client: Client, sql: Technology, advanced: Level
) -> None:
    bank.add("PY-BEG-001", difficulty=3)
    bank.add("PY-BEG-002", difficulty=9)
    bank.add("PY-BEG-003", difficulty=4)
    bank.add("PY-ADV-001", difficulty=3, level=advanced)
    bank.add("SQL-BEG-001", difficulty=3, technology=sql)

    related = page(client, "/questions/PY-BEG-001/").partition("Related questions")[2]

    positions = [related.index(code) for code in ("PY-BEG-003", "PY-BEG-002", "PY-ADV-001")]
    assert positions == sorted(positions)
    assert "SQL-BEG-001" not in related
    assert "PY-BEG-001" not in related


@pytest.mark.parametrize("path", ["/questions/py-beg-001/", "/questions/Py-Beg-001/"])
def test_any_letter_case_leads_to_the_question(bank: Bank, client: Client, path: str) -> None:
    bank.add()

    response = client.get(path)

    assert response.status_code == 301
    assert response["Location"] == "/questions/PY-BEG-001/"


@pytest.mark.parametrize(
    ("code", "first"), [("PY-BEG-009", "PY-BEG-002"), ("YP-BEG-001", "PY-BEG-001"), ("XX-YYY-999", "PY-BEG-002")]
)
def test_missing_question_is_a_404_that_suggests_the_nearest_codes(
    bank: Bank, client: Client, code: str, first: str
) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")

    html = page(client, f"/questions/{code}/", status=404)

    assert f"There is no question {code}." in html
    assert first in html


def test_missing_page_is_in_the_look_of_the_hub(client: Client, db: None) -> None:
    html = page(client, "/nowhere/", status=404)

    assert "There is no such page." in html
    assert "Knowledge Hub" in html


@pytest.mark.one_database
@pytest.mark.parametrize("path", PUBLIC[:4])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(bank: Bank, client: Client, path: str, method: str) -> None:
    bank.add()

    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_the_same_for_everyone(bank: Bank, client: Client, editor: Client, path: str) -> None:
    bank.add()

    stranger, logged_in = client.get(path), editor.get(path)

    assert stranger.content == logged_in.content
    assert not stranger.cookies
    assert "Cookie" not in stranger.get("Vary", "")


@pytest.mark.one_database
@pytest.mark.parametrize("path", PUBLIC[:3])
def test_canonical_address_is_absolute_and_never_the_host_asked(bank: Bank, client: Client, path: str) -> None:
    bank.add()

    response = client.get(path, headers={"host": "localhost"})

    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in response.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_question_page_takes_at_most_eight_queries(
    bank: Bank, client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [bank.add(f"PY-BEG-{position:03}") for position in range(number)]
    for position, answer in enumerate(questions):
        FollowUp.objects.create(question=questions[0], position=position, text="And?", answered_by=answer)

    with django_assert_max_num_queries(8):
        client.get("/questions/PY-BEG-000/")


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/PY-BEG-001/", "/questions/print/", "/llms.txt"])
@pytest.mark.parametrize("name", ["Python", "PYTHON"])
def test_category_with_the_name_of_its_technology_is_told_once(
    bank: Bank, client: Client, core: Category, path: str, name: str
) -> None:
    bank.add("PY-BEG-001", category=Category.objects.create(name=name, slug="the-same", position=9))
    bank.add("PY-BEG-002")

    html = page(client, path)

    assert '<span class="visually-hidden">Category </span>' + name not in html
    assert f"Python · {name}" not in html
    assert f"Python, {name}" not in html
    assert f"Python: {name}" not in html
    assert "Core" in html


def test_chain_is_only_offered_where_it_leads_to_another_question(bank: Bank, client: Client) -> None:
    alone, leading = bank.add("PY-BEG-001"), bank.add("PY-BEG-002")
    FollowUp.objects.create(question=alone, position=1, text="Plain?")
    FollowUp.objects.create(question=alone, position=2, text="Itself?", answered_by=alone)
    FollowUp.objects.create(question=leading, position=1, text="And?", answered_by=alone)

    assert "Drill this chain" not in page(client, "/questions/PY-BEG-001/")
    assert "Drill this chain" in page(client, "/questions/PY-BEG-002/")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/questions/",
        "/questions/PY-BEG-001/",
        "/questions/PY-BEG-001/recall/",
        "/questions/recall/",
        "/questions/PY-BEG-001/push/",
        "/questions/PY-BEG-001/drill/",
        "/questions/print/",
        "/votes/PY-BEG-001/",
        "/map/",
    ],
)
def test_long_identifiers_in_titles_break_where_their_parts_join(bank: Bank, client: Client, path: str) -> None:
    bank.add("PY-BEG-001", title="Why torch.nn.clip_grad_norm_ & <b>?")

    assert "Why torch.<wbr>nn.<wbr>clip_<wbr>grad_<wbr>norm_ &amp; &lt;b&gt;?" in client.get(path).getvalue().decode()
