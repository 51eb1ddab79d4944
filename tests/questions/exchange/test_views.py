"""What is true of every form in which questions are given away."""

import tracemalloc
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.exchange.loading import BATCH
from questions.models import FollowUp, Question
from tests.conftest import Bank
from tests.databases import first_on_both
from tests.questions.exchange.reading import DOCUMENT_ENDINGS, LISTS, ONES, WHOLE_LISTS, add_many, content, text, whole

pytestmark = pytest.mark.slow

ASKED_BADLY = [
    "level=nope",
    "technology=%00",
    "difficulty_min=99&difficulty_max=abc",
    "q=a%00b",
    f"q={'x' * 300}",
    "sort=nope&page=abc",
    f"page={'9' * 400}",
    "page=-1",
    "category=%ff",
    "answers=%00",
]


def said(content: bytes) -> bytes:
    """What a file says; of a workbook all but when it was made."""
    if not content.startswith(b"PK") or "xl/workbook.xml" not in (file := ZipFile(BytesIO(content))).namelist():
        return content
    return b"".join(file.read(name) for name in file.namelist() if name != "docProps/core.xml")


@pytest.mark.one_database
@pytest.mark.parametrize("path", LISTS + ONES)
def test_form_is_the_same_for_everyone(path: str, bank: Bank, client: Client, editor: Client) -> None:
    bank.add()

    stranger, logged_in = client.get(path), editor.get(path)

    contents = {said(whole(stranger)), said(whole(logged_in))}
    assert len(contents) == 1 or path.endswith(".apkg")  # The database of Anki tells when it was made.
    assert not stranger.cookies
    assert "cookie" not in logged_in.get("Vary", "").lower()
    assert not stranger.wsgi_request.session.accessed


@pytest.mark.one_database
@pytest.mark.parametrize("path", LISTS + ONES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_form_is_only_read(path: str, method: str, bank: Bank, client: Client) -> None:
    bank.add()

    assert getattr(client, method)(path).status_code == 405


@pytest.mark.one_database
@pytest.mark.parametrize("path", LISTS + ONES)
def test_head_is_answered_without_a_body(path: str, bank: Bank, client: Client) -> None:
    bank.add()

    response = client.head(path)

    assert response.status_code == 200
    assert whole(response) == b""


@pytest.mark.one_database
@pytest.mark.parametrize("path", LISTS + ONES)
def test_form_names_its_page_as_canonical_whatever_the_host_asked(path: str, bank: Bank, client: Client) -> None:
    bank.add()
    page = "/questions/" if path in LISTS else "/questions/PY-BEG-001/"

    response = client.get(path, headers={"host": "localhost"})

    assert response["Link"] == f'<http://127.0.0.1:8000{page}>; rel="canonical"'
    assert b"//localhost" not in whole(response)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ASKED_BADLY)
def test_bad_input_filters_nothing_else(path: str, query: str, bank: Bank, client: Client) -> None:
    bank.add()

    assert content(client, f"{path}?{query}")


@pytest.mark.parametrize("path", LISTS + ONES)
def test_drafts_are_nowhere(path: str, bank: Bank, client: Client) -> None:
    bank.add()
    bank.add("PY-BEG-002", status="draft", title="Not ready")

    assert b"Not ready" not in content(client, path)
    assert client.get("/questions/PY-BEG-002.md").status_code == 404


@pytest.mark.parametrize("ending", DOCUMENT_ENDINGS)
def test_missing_question_suggests_the_nearest_codes(ending: str, bank: Bank, client: Client) -> None:
    bank.add()

    html = text(client, f"/questions/PY-BEG-404{ending}", status=404)

    assert "There is no question PY-BEG-404." in html
    assert "PY-BEG-001" in html


@pytest.mark.parametrize("ending", DOCUMENT_ENDINGS)
def test_any_letter_case_leads_to_the_question(ending: str, bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get(f"/questions/py-Beg-001{ending}")

    assert (response.status_code, response["Location"]) == (301, f"/questions/PY-BEG-001{ending}")


@pytest.mark.one_database
@pytest.mark.parametrize("path", ["/questions.xml", "/questions/PY-BEG-001.csv", "/questions/nonsense.md"])
def test_unknown_form_is_a_404(path: str, bank: Bank, client: Client) -> None:
    bank.add()

    assert client.get(path).status_code == 404


@pytest.mark.one_database
def test_list_page_leads_to_each_form_with_its_filters(bank: Bank, client: Client) -> None:
    bank.add()

    html = text(client, "/questions/?technology=python&page=1")

    for path in [*LISTS, "/random/"]:
        assert f'<a href="{path}?technology=python"' in html


def test_empty_list_page_leads_nowhere(client: Client, db: None) -> None:
    assert "questions.csv" not in text(client, "/questions/")


@pytest.mark.one_database
def test_question_page_leads_to_its_other_forms(bank: Bank, client: Client) -> None:
    bank.add()

    html = text(client, "/questions/PY-BEG-001/")

    for path in ONES:
        assert f'<a href="{path}">' in html
        assert f'<link rel="alternate" href="{path}"' in html


@pytest.mark.parametrize("number", [2, BATCH])
@pytest.mark.parametrize("path", LISTS + ONES)
def test_queries_do_not_grow_within_a_batch(
    path: str, number: int, bank: Bank, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add_many(bank, number)
    FollowUp.objects.bulk_create(
        FollowUp(question=question, position=1, text="And then?", answered_by=question)
        for question in Question.objects.all()
    )

    with django_assert_max_num_queries(10):
        content(client, path)


@pytest.mark.parametrize("path", first_on_both(WHOLE_LISTS))
def test_memory_does_not_grow_with_the_list(path: str, bank: Bank, client: Client) -> None:
    text = "memory " * 3_000
    add_many(bank, 5 * BATCH, answer=text, answer_html=text)
    Question.objects.filter(code__lt=f"PY-BEG-{BATCH:03}").update(difficulty=9)

    _first, few, many = (peak_of_memory(client, f"{path}?difficulty_min={least}") for least in (9, 9, 1))

    assert many < few + 2_000_000 < len(text) * 4 * BATCH


def peak_of_memory(client: Client, path: str) -> int:
    """The most bytes that Python held while an answer was made and read."""
    tracemalloc.start()
    try:
        response = client.get(path)
        for _ in response:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
