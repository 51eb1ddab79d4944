"""Questions as a workbook."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from questions.exchange import files
from questions.exchange.formats.csv import COLUMNS
from questions.exchange.formats.xlsx import LONGEST_CELL
from questions.models import Question
from tests.conftest import Bank
from tests.questions.exchange.reading import content, text

pytestmark = pytest.mark.one_database


def cells(data: bytes) -> dict[str, Any]:
    """The cells of the first question by their columns."""
    header, row, *_ = load_workbook(BytesIO(data)).worksheets[0].iter_rows()
    return dict(zip([str(cell.value) for cell in header], row, strict=True))


def test_readers_get_the_columns_of_csv(hostile: Question, client: Client) -> None:
    found = cells(content(client, "/questions.xlsx"))

    assert tuple(found) == COLUMNS
    assert found["difficulty"].value == hostile.difficulty
    assert "PY-BEG-003" not in found["follow_ups"].value


@pytest.mark.parametrize(
    "said", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "#REF!", "12", "2026-11-28", "_x000D_", "a\x0bb"]
)
def test_every_text_stays_one_and_comes_back(bank: Bank, tmp_path: Path, client: Client, said: str) -> None:
    question = bank.add()
    Question.objects.filter(pk=question.pk).update(answer=said)
    path = tmp_path / "bank.xlsx"

    call_command("export_questions", path, stdout=StringIO())

    types = {it.data_type for name, it in cells(path.read_bytes()).items() if name != "difficulty"}
    assert types == {"s", "inlineStr"}
    assert cells(path.read_bytes())["answer"].quotePrefix == (said.strip()[0] in "=+-@")
    assert [row.fields["answer"] for row in files.read(path).rows] == [said]


def test_text_that_no_cell_holds_is_named(bank: Bank, tmp_path: Path, client: Client, editor: Client) -> None:
    bank.add(example="𝄞" * (LONGEST_CELL // 2 + 1))
    sentence = "PY-BEG-001 has 32,768 characters in its example, and a cell of a workbook holds at most 32,767."

    with pytest.raises(CommandError, match=f"{sentence} Choose another form. Nothing was written."):
        call_command("export_questions", tmp_path / "bank.xlsx")

    assert list(tmp_path.iterdir()) == []
    assert sentence in text(client, "/questions.xlsx", 422)
    assert sentence in editor.post("/admin/questions/question/export/", {"format": "xlsx"}).content.decode()
