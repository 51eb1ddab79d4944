"""Questions as a package for Anki, read as SQLite inside the zip."""

import json
import sqlite3
import tempfile
from contextlib import closing
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from questions import sections
from questions.exchange.formats import anki
from questions.finding.question_filter import QuestionFilter
from questions.models import Category, Level, Question, Technology
from questions.models import question as question_module
from questions.sections import Section
from tests.conftest import Bank
from tests.questions.exchange.reading import content, whole

pytestmark = pytest.mark.one_database

NOTE_FIELDS = [
    *("Code", "Title", "About", "Answer", "Explanation", "Example", "Mistakes", "Scenario"),
    *("Follow-ups", "References", "Link"),
]


class Package:
    """What an exported package holds."""

    def __init__(self, content: bytes) -> None:
        archive = ZipFile(BytesIO(content))
        self.files = sorted(archive.namelist())
        with tempfile.TemporaryDirectory() as folder:
            path = archive.extract("collection.anki2", folder)
            with closing(sqlite3.connect(path)) as connection:
                connection.row_factory = sqlite3.Row
                self.sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                self.notes = {row["guid"]: dict(row) for row in connection.execute("SELECT * FROM notes ORDER BY id")}
                self.cards = [dict(row) for row in connection.execute("SELECT * FROM cards ORDER BY due")]
                col = connection.execute("SELECT models, decks FROM col").fetchone()
        self.models: dict[str, Any] = json.loads(col["models"])
        self.decks: dict[str, Any] = {key: deck for key, deck in json.loads(col["decks"]).items() if key != "1"}

    def fields(self, code: str) -> dict[str, str]:
        """A note's fields by name."""
        names = [field["name"] for model in self.models.values() for field in model["flds"]]
        return dict(zip(names, self.note(code)["flds"].split("\x1f"), strict=True))

    def note(self, code: str) -> dict[str, Any]:
        (note,) = [note for note in self.notes.values() if note["sfld"] == code]
        return note

    @property
    def codes(self) -> list[str]:
        """The codes of the cards in the order in which Anki shows them."""
        codes = {note["id"]: note["sfld"] for note in self.notes.values()}
        return [codes[card["nid"]] for card in self.cards]


def exported(client: Client, query: str = "") -> Package:
    return Package(content(client, f"/questions.apkg{query}"))


def test_package_is_what_anki_reads(bank: Bank, client: Client) -> None:
    bank.add()

    package = exported(client)

    assert package.files == ["collection.anki2", "media"]
    assert package.sound
    assert len(package.models) == len(package.decks) == 1


def test_note_holds_the_html_that_the_database_holds(hostile: Question, client: Client) -> None:
    fields = exported(client).fields("PY-BEG-001")

    assert fields["Answer"] == hostile.answer_html
    assert fields["Explanation"] == hostile.explanation_html
    assert fields["Example"] == hostile.example_html
    assert fields["Mistakes"] == hostile.mistakes_html
    assert fields["Scenario"] == hostile.scenario_html
    assert fields["References"] == hostile.references_html


def test_plain_text_is_escaped(hostile: Question, client: Client) -> None:
    fields = exported(client).fields("PY-BEG-001")

    assert "&lt;b&gt;bold&lt;/b&gt;" in fields["Title"]
    assert "=And &lt;b&gt;then&lt;/b&gt;?" in fields["Follow-ups"]


def test_follow_ups_link_to_published_answers_alone(hostile: Question, client: Client) -> None:
    follow_ups = exported(client).fields("PY-BEG-001")["Follow-ups"]

    assert 'href="http://127.0.0.1:8000/questions/PY-BEG-002/"' in follow_ups
    assert "PY-BEG-003" not in follow_ups


def test_every_question_has_one_card_in_the_order_asked_for(bank: Bank, client: Client) -> None:
    for number in (1, 2, 3):
        bank.add(f"PY-BEG-{number:03}", difficulty=10 - number)

    assert exported(client).codes == ["PY-BEG-003", "PY-BEG-002", "PY-BEG-001"]
    assert exported(client, "?sort=code&difficulty_min=8").codes == ["PY-BEG-001", "PY-BEG-002"]


def test_two_exports_hold_the_same_notes(bank: Bank, client: Client) -> None:
    for number in (1, 2, 3):
        bank.add(f"PY-BEG-{number:03}")

    assert exported(client).notes == exported(client).notes


def test_ids_do_not_depend_on_what_else_is_exported(bank: Bank, client: Client, sql: Technology) -> None:
    bank.add("PY-BEG-001")
    bank.add("SQL-BEG-001", technology=sql)

    alone, together = exported(client, "?technology=sql"), exported(client)

    assert alone.note("SQL-BEG-001") == together.note("SQL-BEG-001")
    assert alone.decks.items() <= together.decks.items()
    assert alone.models.keys() == together.models.keys()


def test_ids_do_not_change_with_the_database_row(bank: Bank, client: Client) -> None:
    question = bank.add("PY-BEG-001")
    before = exported(client).note("PY-BEG-001")

    question.delete()
    bank.add("PY-BEG-001")

    after = exported(client).note("PY-BEG-001")
    assert (after["guid"], after["id"], after["mid"]) == (before["guid"], before["id"], before["mid"])


def test_edited_question_keeps_its_guid_and_has_a_later_date(bank: Bank, client: Client) -> None:
    question = bank.add("PY-BEG-001", answer="Before.")
    Question.objects.update(updated_at="2026-01-01T00:00Z")
    before = exported(client)

    question.answer = "After."
    question.save()

    after = exported(client)
    assert after.notes.keys() == before.notes.keys()
    assert after.fields("PY-BEG-001")["Answer"] == "<p>After.</p>" != before.fields("PY-BEG-001")["Answer"]
    assert after.note("PY-BEG-001")["mod"] > before.note("PY-BEG-001")["mod"]


def test_question_that_did_not_change_is_no_later_in_a_later_export(bank: Bank, client: Client) -> None:
    question = bank.add("PY-BEG-001")

    note = exported(client).note("PY-BEG-001")

    assert note["mod"] == int(question.updated_at.timestamp())


def test_ids_are_as_they_always_were(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-001")

    package = exported(client)

    note = package.note("PY-BEG-001")
    assert (note["guid"], note["id"], note["mid"]) == ("c4NBC_z!tu", 1_598_164_389_422, 1_795_430_417)
    assert list(package.decks) == ["1795400934"]


def test_tags_name_technology_level_and_category(bank: Bank, client: Client, advanced: Level) -> None:
    models = Category.objects.create(name="AI/ML", slug="ai-ml", position=2)
    bank.add("PY-ADV-001", level=advanced, category=models)

    tags = exported(client).note("PY-ADV-001")["tags"].split()

    assert tags == ["technology::python", "level::advanced", "category::ai-ml"]


def test_each_technology_in_the_list_has_a_deck(bank: Bank, client: Client, sql: Technology) -> None:
    bank.add("PY-BEG-001")
    bank.add("SQL-BEG-001", technology=sql)

    package = exported(client)

    decks = {deck["id"]: deck["name"] for deck in package.decks.values()}
    assert [decks[card["did"]] for card in package.cards] == ["Interview Questions::Python", "Interview Questions::SQL"]
    assert [deck["name"] for deck in exported(client, "?technology=sql").decks.values()] == ["Interview Questions::SQL"]


def test_decks_of_all_prefixes_differ() -> None:
    prefixes = ["AA", "ZZ", "AAA", "ZZZ", "AAAA", "ZZZZ"]

    assert len({anki.DECK_ID + int(prefix, 36) for prefix in prefixes}) == len(prefixes)


def test_cards_style_code_by_day_and_by_night(bank: Bank, client: Client) -> None:
    bank.add(answer="```python\nprint(1)\n```")

    package = exported(client)

    (model,) = package.models.values()
    assert '<span class="mi">1</span>' in package.fields("PY-BEG-001")["Answer"]
    assert "pre {" in model["css"]
    assert ".nightMode" in model["css"]


def test_card_asks_the_title_and_answers_with_every_field(bank: Bank, client: Client) -> None:
    bank.add()

    (model,) = exported(client).models.values()
    (template,) = model["tmpls"]

    assert "{{Title}}" in template["qfmt"]
    assert "Answer" not in template["qfmt"]
    for field in anki.FIELDS[3:]:
        assert f"{{{{{field}}}}}" in template["afmt"]


def test_note_type_is_as_it_always_was(bank: Bank, client: Client) -> None:
    bank.add()

    (model,) = exported(client).models.values()

    assert (model["id"], model["name"]) == ("1795430417", "Knowledge Hub question")
    assert [field["name"] for field in model["flds"]] == NOTE_FIELDS
    assert [template["name"] for template in model["tmpls"]] == ["Question"]


def test_new_section_changes_no_note_type_and_is_on_the_card(
    monkeypatch: pytest.MonkeyPatch, bank: Bank, client: Client
) -> None:
    """Wherever among the sections it stands."""
    bank.add("PY-BEG-002")
    before = exported(client)
    notes = Section("notes", "Interviewer's Notes", 100)
    monkeypatch.setattr(sections, "SECTIONS", (notes, *sections.SECTIONS))
    monkeypatch.setattr(question_module, "SECTIONS", sections.SECTIONS)
    monkeypatch.setattr(Question, "notes_html", "<p>Ask slowly.</p>", raising=False)
    bank.add(scenario="At night.")

    with load_again(anki).package(QuestionFilter({}, Question.objects.public())) as file:
        package = Package(file.read())

    fields = package.fields("PY-BEG-001")
    assert package.models == before.models
    assert fields["Answer"] == "<p>It depends.</p>"
    assert fields["Scenario"] == "<p>At night.</p><h3>Interviewer&#x27;s Notes</h3><p>Ask slowly.</p>"


def load_again(module: ModuleType) -> ModuleType:
    """A second copy of a module, whose constants follow from what is there now."""
    spec = spec_from_file_location("copy", module.__file__ or "")
    assert spec
    assert spec.loader
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy


def test_codes_that_share_a_number_get_different_ids(
    monkeypatch: pytest.MonkeyPatch, bank: Bank, client: Client
) -> None:
    monkeypatch.setattr(anki, "NOTE_IDS", 2)
    for number in (1, 2, 3):
        bank.add(f"PY-BEG-{number:03}")

    package = exported(client)

    ids = [note["id"] for note in package.notes.values()] + [card["id"] for card in package.cards]
    assert len(set(ids)) == 6


def test_empty_list_is_a_package_too(client: Client, db: None) -> None:
    package = exported(client)

    assert package.sound
    assert package.notes == {}


def test_export_leaves_no_temporary_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bank: Bank, client: Client
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bank.add()

    content(client, "/questions.apkg")

    assert list(tmp_path.iterdir()) == []


def test_file_is_for_download(bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get("/questions.apkg")

    assert response["Content-Disposition"] == 'attachment; filename="questions.apkg"'
    assert int(response["Content-Length"]) == len(whole(response))
