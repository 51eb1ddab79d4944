"""Lists of more questions than one file may hold."""

import pytest
from django.test import Client

from questions.models import Question
from tests.conftest import Bank
from tests.questions.exchange.reading import WHOLE_LISTS, add_many, text

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def _ten_thousand_and_one(kept_bank: Bank) -> None:
    add_many(kept_bank, 10_001)


def test_list_over_ten_thousand_is_refused_with_the_limit(client: Client) -> None:
    for path in WHOLE_LISTS:
        html = text(client, path, status=422)

        assert "One file holds at most 10,000 questions, and this list has more." in html
        assert 'href="/questions.json"' in html


def test_list_of_ten_thousand_is_given(client: Client) -> None:
    Question.objects.filter(code="PY-BEG-000").delete()

    lines = text(client, "/questions.csv").splitlines()

    assert len(lines) == 10_001


def test_filters_make_a_long_list_short_enough(client: Client) -> None:
    Question.objects.filter(code="PY-BEG-500").update(difficulty=9)

    assert "PY-BEG-500" in text(client, "/questions.csv?difficulty_min=9")


def test_list_page_offers_no_file_of_more_than_ten_thousand(client: Client) -> None:
    html = text(client, "/questions/")

    assert "Lists of up to 10,000 questions are there as Anki, CSV, Markdown, OPML, Print and Excel too." in html
    assert "questions.csv" not in html
    assert '<a href="/questions.json">JSON</a>' in html
