"""The schema of the JSON says what the hub gives and takes."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from questions import states
from questions.exchange.rows import COLUMNS, TAXONOMIES, WRITTEN_ONLY
from questions.models import Question
from tests.questions.exchange.reading import text

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/questions.schema.json").read_text(encoding="utf-8"))


def faults(document: Any, part: str) -> list[str]:
    """What is wrong with a document, as a bank, a page or a question."""
    schema = {"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


def test_schema_is_one() -> None:
    assert list(Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(SCHEMA)) == []


def test_export_is_as_the_schema_says(hostile: Question, tmp_path: Path) -> None:
    call_command("export_questions", tmp_path / "bank.json", stdout=StringIO())

    assert faults(json.loads((tmp_path / "bank.json").read_text()), "bank") == []


def test_what_readers_get_is_as_the_schema_says(hostile: Question, client: Client) -> None:
    page, question = (json.loads(text(client, f"/questions{path}.json")) for path in ("", "/PY-BEG-001"))

    assert faults(page, "page") == faults(question, "question") == []


@pytest.mark.parametrize(
    "change", [{"difficulty": 11}, {"code": "PY-1"}, {"status": "open"}, {"hint": "?"}, {"follow_ups": [{"said": "?"}]}]
)
def test_what_an_import_refuses_the_schema_refuses(change: dict[str, Any]) -> None:
    question = {"code": "PY-BEG-1000", "title": "What is a list?", "technology": "Python", "follow_ups": ["And why?"]}

    assert faults(question, "question") == []
    assert faults(question | change, "question")


def test_schema_knows_every_column_and_status() -> None:
    properties = SCHEMA["$defs"]["question"]["properties"]

    assert properties.keys() == {*COLUMNS, *WRITTEN_ONLY}
    assert properties["status"]["enum"] == list(states.BY_VALUE)
    assert SCHEMA["$defs"]["bank"]["properties"].keys() == {*TAXONOMIES, "questions"}
