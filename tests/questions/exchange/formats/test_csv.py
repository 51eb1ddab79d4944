"""Questions as CSV."""

import csv
from datetime import datetime
from io import StringIO

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from questions.exchange.formats.csv import COLUMNS, cell
from questions.models import Question
from questions.sections import SECTIONS
from tests.conftest import Bank
from tests.questions.exchange.reading import add_many, content

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
STARTS = (*SIGNS, "\t", "\r", "\n")


def rows(client: Client, path: str = "/questions.csv") -> list[dict[str, str]]:
    """Each line of the file, as a spreadsheet would show it."""
    return list(csv.DictReader(StringIO(content(client, path).decode("utf-8-sig"), newline="")))


def text_of(cell: str) -> str:
    """The text that a cell stands for."""
    return cell.removeprefix("'")


def test_question_reads_back_equal(hostile: Question, client: Client) -> None:
    row = {name: text_of(value) for name, value in rows(client, "/questions.csv?sort=code")[0].items()}

    assert row["title"] == hostile.title
    assert {section.field: row[section.field] for section in SECTIONS} == {
        section.field: getattr(hostile, section.field) for section in SECTIONS
    }
    assert (row["technology"], row["category"], row["level"]) == ("python", "core", "beginner")
    assert (row["code"], row["difficulty"]) == ("PY-BEG-001", "3")
    assert (row["also_asked"], row["references"]) == (hostile.also_asked, hostile.references)
    assert row["verified_for"] == hostile.verified_for
    assert row["review_by"] == "2999-03-31"
    assert row["url"] == "http://127.0.0.1:8000/questions/PY-BEG-001/"
    assert datetime.fromisoformat(row["updated_at"]) == hostile.updated_at
    assert datetime.fromisoformat(row["published_at"]) == hostile.published_at


def test_follow_ups_stand_one_a_line_and_name_no_draft(hostile: Question, client: Client) -> None:
    row = rows(client, "/questions.csv?sort=code")[0]

    lines = [line for line in text_of(row["follow_ups"]).split("\n") if line and not line.startswith("    ")]
    assert lines == ["=And <b>then</b>? → PY-BEG-002", "And in secret?", "And alone?"]


def test_no_cell_of_the_file_starts_a_formula(hostile: Question, client: Client) -> None:
    cells = [value for row in rows(client) for value in row.values()]

    assert [value for value in cells if value.startswith(STARTS)] == []
    assert "'=HYPERLINK" in "".join(cells)


@pytest.mark.parametrize("space", ["", " ", "\u00a0", " \t\n"])
@pytest.mark.parametrize("sign", SIGNS)
def test_cell_never_starts_a_formula(sign: str, space: str) -> None:
    text = f"{space}{sign}1+1"

    assert cell(text) == f"'{text}"


@given(st.text())
def test_every_text_can_be_had_back(text: str) -> None:
    assert text_of(cell(text)) == text


@given(st.text(alphabet="=+-@'\t\r\n a"))
def test_no_text_starts_a_formula(text: str) -> None:
    assert not cell(text).strip().startswith(STARTS)


def test_ordinary_text_stays_as_it_is() -> None:
    assert cell("It depends: 1 + 1 = 2.") == "It depends: 1 + 1 = 2."


def test_file_has_a_header_and_filters_and_order(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-002", difficulty=1)
    bank.add("PY-BEG-001", difficulty=5)
    bank.add("PY-BEG-003", difficulty=9)

    found = rows(client, "/questions.csv?difficulty_max=5")

    assert tuple(found[0]) == COLUMNS
    assert [row["code"] for row in found] == ["PY-BEG-002", "PY-BEG-001"]


def test_file_is_for_download_and_excel_knows_its_encoding(bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get("/questions.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="questions.csv"'
    assert content(client, "/questions.csv").startswith(b"\xef\xbb\xbfcode,")


def test_long_list_is_complete_and_in_order(bank: Bank, client: Client) -> None:
    add_many(bank, 450)

    codes = [row["code"] for row in rows(client, "/questions.csv?sort=code")]

    assert codes == [f"PY-BEG-{n:03}" for n in range(450)]


def test_question_unpublished_during_a_download_is_left_out(bank: Bank, client: Client) -> None:
    add_many(bank, 450)
    response = client.get("/questions.csv?sort=code")
    parts = iter(response.streaming_content)  # type: ignore[attr-defined]
    next(parts)

    Question.objects.filter(code="PY-BEG-449").update(status="draft")

    assert b"PY-BEG-449" not in b"".join(parts)
