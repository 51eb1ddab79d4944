"""What is true of every format, whatever is added: a module in `formats/` is all that it takes."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from questions.editorial.import_export import ExportForm
from questions.editorial.import_forms import ImportForm
from questions.exchange import formats
from questions.exchange.format import Format
from questions.exchange.registry import FORMATS
from questions.management.commands import export_questions, import_questions
from tests.conftest import Bank
from tests.questions.exchange.reading import text, whole

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/editing.md").read_text(encoding="utf-8")

NEWCOMER = """
from questions.exchange.format import Format

FORMAT = Format(
    name="Titles",
    endings=(".txt",),
    media_type="text/plain",
    read=lambda path: None,
    export=lambda file, questions: None,
    document=lambda question: question.title,
    stream=lambda filters: iter(()),
    is_for_robots=False,
)
"""
PROGRAM = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings"
from questions.exchange import formats
formats.__path__.append(sys.argv[1])
import django
django.setup()
from django.test import Client
from django.urls import reverse
from questions.editorial.import_export import ExportForm
from questions.editorial.import_forms import ImportForm
from questions.management.commands import export_questions, import_questions
print(reverse("list_titles"), reverse("question_titles", args=["PY-BEG-001"]))
print("Disallow: /questions.txt\\n" in Client(SERVER_NAME="127.0.0.1").get("/robots.txt").content.decode())
print(("txt", "Titles") in ExportForm.base_fields["format"].choices, ".txt" in str(ImportForm()))
print(".txt" in import_questions.Command.help, ".txt" in export_questions.Command.help)
"""

each = pytest.mark.parametrize("format_", FORMATS, ids=lambda it: it.name)
each_list = pytest.mark.parametrize("format_", [it for it in FORMATS if it.has_list], ids=lambda it: it.name)
each_document = pytest.mark.parametrize("format_", [it for it in FORMATS if it.document], ids=lambda it: it.name)


def test_newcomer_is_one_module(tmp_path: Path) -> None:
    (tmp_path / "titles.py").write_text(NEWCOMER)

    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.stdout.split() == ["/questions.txt", "/questions/PY-BEG-001.txt", *["True"] * 5], ran.stderr


def test_every_module_is_a_format() -> None:
    modules = [path for path in Path(*formats.__path__).glob("*.py") if path.stem != "__init__"]

    assert len(FORMATS) == len(modules) > 5


def test_no_two_share_a_name_or_an_ending() -> None:
    names = [it.name.lower() for it in FORMATS]
    endings = [ending for it in FORMATS for ending in it.endings]

    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)


@each
def test_format_does_something_and_a_list_in_one_way_alone(format_: Format) -> None:
    assert format_.read or format_.export or format_.document or format_.has_list
    assert sum(map(bool, (format_.page, format_.stream, format_.file))) <= 1


@each_list
def test_list_is_at_its_address_in_its_type(format_: Format, bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get(f"/questions{format_.ending}")

    assert whole(response)
    assert response.status_code == 200
    assert response["Content-Type"] == format_.content_type
    assert ("Content-Disposition" in response) == format_.is_download
    assert reverse(f"list_{format_.name.lower()}") == f"/questions{format_.ending}"


@each_document
def test_question_is_at_its_address_in_its_type(format_: Format, bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get(f"/questions/PY-BEG-001{format_.ending}")

    assert response.status_code == 200
    assert response["Content-Type"] == format_.content_type
    assert ("Content-Disposition" in response) == format_.is_download
    assert "What is PY-BEG-001?" in response.content.decode()


@each
def test_what_a_format_does_not_do_has_no_address(format_: Format, bank: Bank, client: Client) -> None:
    bank.add()

    for ending in format_.endings:
        is_first = ending == format_.ending
        assert is_there(client, f"/questions{ending}") == (format_.has_list and is_first)
        assert is_there(client, f"/questions/PY-BEG-001{ending}") == (bool(format_.document) and is_first)


def is_there(client: Client, path: str) -> bool:
    response = client.get(path)
    return bool(whole(response)) and response.status_code == 200


@each
def test_pages_lead_to_what_there_is(format_: Format, bank: Bank, client: Client) -> None:
    bank.add()

    page, question = text(client, "/questions/?level=beginner"), text(client, "/questions/PY-BEG-001/")

    assert (f'<a href="/questions{format_.ending}?level=beginner"' in page) == format_.has_list
    link = f'<a href="/questions/PY-BEG-001{format_.ending}">{format_.name}</a>'
    alternate = f'<link rel="alternate" href="/questions/PY-BEG-001{format_.ending}" type="{format_.media_type}">'
    assert (link in question) == (alternate in question) == bool(format_.document)


@each
def test_robots_are_kept_from_what_is_not_for_them(format_: Format, client: Client) -> None:
    lines = text(client, "/robots.txt").splitlines()

    is_kept = not format_.is_for_robots
    assert (f"Disallow: /questions{format_.ending}" in lines) == (is_kept and format_.has_list)
    assert (f"Disallow: /questions/*{format_.ending}" in lines) == (is_kept and bool(format_.document))


@each
def test_models_are_told_what_is_for_them(format_: Format, client: Client, db: None) -> None:
    guide = text(client, "/llms.txt")

    assert (f"/questions{format_.ending}): {format_.name}\n" in guide) == (format_.is_for_robots and format_.has_list)
    assert (f"`{format_.ending}`" in guide) == (format_.is_for_robots and bool(format_.document))


@each
def test_admin_and_commands_name_what_can_be_imported_and_exported(format_: Format) -> None:
    choices = dict(ExportForm.base_fields["format"].choices)  # type: ignore[attr-defined]

    assert (choices.get(format_.ending.removeprefix(".")) == format_.label) == bool(format_.export)
    assert (f"{format_.ending} for {format_.label}" in export_questions.Command.help) == bool(format_.export)
    for ending in format_.endings:
        assert (ending in str(ImportForm()).split('accept="')[1].split('"')[0].split(",")) == bool(format_.read)
        assert (ending in import_questions.Command.help) == bool(format_.read)


def row(format_: Format) -> str:
    """What the guide says of a format in its table."""
    endings = " ".join(f"`{ending}`" for ending in format_.endings)
    uses = {
        "import": format_.read,
        "export": format_.export,
        "question": format_.document,
        "list": format_.is_whole,
        "list by page": format_.page,
    }
    return f"| {format_.label} | {endings} | {', '.join(use for use, function in uses.items() if function)} |"


@each
def test_guide_says_what_each_format_does(format_: Format) -> None:
    assert row(format_) in GUIDE.splitlines()


def test_guide_knows_no_format_that_there_is_not() -> None:
    table = GUIDE.split("| format | ending | serves |")[1].split("\n\n")[0]

    assert set(table.splitlines()[2:]) == set(map(row, FORMATS))
