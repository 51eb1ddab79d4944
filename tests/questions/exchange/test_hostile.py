"""What a hostile file is told: a sentence, the same on both databases."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from openpyxl import Workbook

from questions.exchange import files
from questions.exchange.comparison import Outcome
from questions.exchange.importer import Result, import_questions
from questions.exchange.rows import FileError, Row, Source
from questions.limits import MOST_BAD, MOST_FOLLOW_UPS, MOST_TAXA
from questions.models import Category, FollowUp, Question
from tests.conftest import Bank
from tests.questions.exchange.reading import ROW

pytestmark = pytest.mark.slow

TAXON = {"slug": "web", "name": "Web", "position": 2}
NOT_STORED = "This has half of a character, which cannot be stored."
CONTROL = "This has a control character, which no text needs."
DEEP: list[Any] = []
for _ in range(200):
    DEEP = [DEEP]


def imported(*rows: dict[str, Any], user: User | None = None, **taxonomies: Any) -> Result:
    source = Source([Row(f"question {n}", row) for n, row in enumerate(rows, start=1)], taxonomies)
    return import_questions(source, user)


def reasons(*rows: dict[str, Any], **taxonomies: Any) -> str:
    """Why an import is refused; nothing is written."""
    result = imported(*rows, **taxonomies)
    assert not Question.objects.exists()
    assert result.bad
    sentences = "\n".join(map(str, result.bad))
    sentences.encode()  # It can be shown.
    return sentences


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "\ud800?"}, f"title: {NOT_STORED}"),
        ({"answer": "\udfff"}, f"answer: {NOT_STORED}"),
        ({"code": "PY-BEG-\ud800"}, "code: “PY-BEG-\\ud800” is no code."),
        ({"code": "PY-BEG-\0"}, "code: “PY-BEG-\\x00” is no code."),
        ({"code": ["PY-BEG-001"]}, 'code: “["PY-BEG-001"]” is no code.'),
        ({"code": {"PY": 1}}, 'code: “{"PY": 1}” is no code.'),
        ({"code": "X" * 10**6}, f"code: “{'X' * 40}…” does not fit. A code looks like PY-ADV-004."),
        ({"level": ["beginner"]}, 'level: The name of a level is expected here, not the list ["beginner"].'),
        ({"level": {"slug": {"a": 1}}}, 'level: The name of a level is expected here, not the entry {"a": 1}.'),
        ({"level": "\ud800"}, "level: There is no level “\\ud800”; there are beginner."),
        ({"level": {"a": 1}}, 'level: The name of a level is expected here, not the entry {"a": 1}.'),
        ({"level": 3}, "level: The name of a level is expected here, not the number 3."),
        ({"level": DEEP}, "level: The name of a level is expected here, not the list [[[["),
        ({"published_at": "0001-01-01T00:00:00+14:00"}, "is not a moment such as"),
        ({"published_at": "9999-12-31T23:59:59-14:00"}, "is not a moment such as"),
        ({"published_at": ["2026"]}, "is not a moment such as"),
        ({"review_by": "10000-01-01"}, "is not a day such as"),
        ({"review_by": {}}, "review_by: “{}” is not a day such as"),
        ({"difficulty": 10**4_000}, "difficulty: “1000"),
        ({"difficulty": float("inf")}, "difficulty: “Infinity” is not a number from 1 to 10."),
        ({"difficulty": True}, "difficulty: “true” is not a number from 1 to 10."),
        ({"status": ["draft"]}, 'status: A text is expected here, not the list ["draft"].'),
        ({"follow_ups": [{"text": "?"}] * 50_000}, f"at most {MOST_FOLLOW_UPS} follow-ups; this one has 50,000."),
        ({"follow_ups": [{"text": "?\0"}]}, f"follow_ups: {CONTROL}"),
        ({"follow_ups": [{"text": "?", "answered_by": "\ud800"}]}, f"follow_ups: {NOT_STORED}"),
        ({"follow_ups": [{"text": "?", "answered_by": "X" * 10**6}]}, "follow_ups: There is no question XXXX"),
        ({"\ud800\n": "?"}, "\\ud800\\n: Questions have nothing of this name."),
    ],
)
def test_hostile_value_is_refused_with_a_sentence(bank: Bank, change: dict[str, Any], sentence: str) -> None:
    assert sentence in reasons(ROW | change)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "W\0b"}, f"name: {CONTROL}"),
        ({"name": "\ud800"}, f"name: {NOT_STORED}"),
        ({"name": ["Web"]}, 'name: A text is expected here, not the list ["Web"].'),
        ({"name": "Core"}, "name: There is a category with “Core” already."),
        ({"slug": ["web"]}, 'slug: A text is expected here, not the list ["web"].'),
        ({"slug": {}}, "slug: A text is expected here, not the entry {}."),
        ({"slug": "a b"}, "slug: “a b” does not fit. A slug has letters, digits, hyphens and underscores."),
        ({"slug": "x" * 61}, f"slug: “{'x' * 40}…” has 61 characters; at most 60 fit."),
        ({"position": 32_768}, "position: “32768” is not a number from 0 to 32,767."),
        ({"position": 10**4_000}, "position: “1000"),
        ({"position": -1}, "position: “-1” is not a number from 0 to 32,767."),
        ({"position": []}, "position: “[]” is not a number"),
        ({"pk": 1}, "There is no “pk”"),
    ],
)
def test_hostile_taxon_is_refused_with_a_sentence(bank: Bank, change: dict[str, Any], sentence: str) -> None:
    assert sentence in reasons(ROW, categories=[TAXON | change])
    assert not Category.objects.exclude(slug="core").exists()


def test_new_taxa_of_one_name_are_refused(bank: Bank) -> None:
    twice = [TAXON, TAXON | {"slug": "net"}]

    assert "categories, entry 2: name: There is a category with “Web” already." in reasons(categories=twice)


def test_too_many_taxa_are_refused(bank: Bank) -> None:
    many = [{"slug": f"c{n}", "name": f"C {n}"} for n in range(MOST_TAXA + 1)]

    assert f"A file brings at most {MOST_TAXA:,} categories." in reasons(categories=many)


def test_no_more_is_told_than_a_page_can_show(bank: Bank) -> None:
    assert len(imported(ROW | {f"column{n}": "?" for n in range(10_000)}).bad) == MOST_BAD


def test_most_follow_ups_are_written_and_fewer_take_their_place(bank: Bank) -> None:
    imported(ROW | {"follow_ups": [{"text": f"And {n}?"} for n in range(MOST_FOLLOW_UPS)]})
    assert FollowUp.objects.count() == MOST_FOLLOW_UPS

    imported(ROW | {"follow_ups": [{"text": "And one?"}]})

    assert [it.text for it in FollowUp.objects.all()] == ["And one?"]


def test_links_without_end_are_looked_up(bank: Bank) -> None:
    def row(n: int) -> dict[str, Any]:
        links = [{"text": "?", "answered_by": f"XX-{n}-{m}"} for m in range(MOST_FOLLOW_UPS)]
        return ROW | {"code": f"PY-BEG-{n:03}", "follow_ups": links}

    assert len(imported(*(row(n) for n in range(400))).bad) == MOST_BAD


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("b.json", b'{"questions": [{"code": %s}]}' % (b"1" * 5_000), "b.json has a number that is too long."),
        ("b.json", b'{"questions": [{"a": %s}]}' % (b"[" * 500 + b"]" * 500), "b.json nests too deep."),
        ("b.json", b'{"\\ud800": 1, "\\ud800": 2}', "“\\ud800” stands twice in the same entry, in line 1."),
        ("b.yaml", b"questions:\n- {[a, b]: 1}\n", "b.yaml is not YAML: a name is no text in line 2."),
        ("b.csv", "ä,ö\n".encode() + b"\xe4,\x81\n", "b.csv is not UTF-8: its byte 7 cannot be read."),
        ("b.csv", b"code," + b"x" * 2_000_000, "b.csv is not CSV: field larger than field limit"),
        ("b.csv", b"code,title\nPY-BEG-001," + b'"' + b"x\n" * 600_000, "below the row of line 1."),
        ("b.xlsx", b"PK\3\4", "b.xlsx is not an Excel workbook, or is damaged."),
        ("b.txt", b"\0\1\2", "b.txt has neither notes, as Anki exports them"),
        ("b.txt", b"#separator:tab\n\x81\t", "b.txt is not UTF-8"),
    ],
)
def test_hostile_file_is_refused_with_a_sentence(
    bank: Bank, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FileError) as error:
        import_questions(files.read(path))

    assert sentence in str(error.value)


def test_hostile_file_gets_an_answer_in_the_admin(editor: Client, bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(json.dumps({"questions": [ROW | {"code": "\ud800", "\ud801": 1}, ROW | {"level": ["\ud800"]}]}))

    with path.open("rb") as file:
        response = editor.post("/admin/questions/question/import/", {"file": file}, follow=True)

    assert response.status_code == 200
    assert "\\ud801" in response.content.decode()


def test_zip_packed_otherwise_than_usual_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "b.zip", "w", ZIP_BZIP2) as archive:
        archive.writestr("list.md", "?")

    with pytest.raises(FileError, match="packed in a way that only few programs know"):
        files.read(tmp_path / "b.zip")


# In one transaction, which is short, and says who.


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_rows_are_read_rendered_and_checked(bank: Bank) -> None:
    states: list[bool] = []

    def tell(outcome: Outcome) -> None:
        states.append(connection.in_atomic_block)

    import_questions(Source([Row("question 1", ROW)], {"categories": [TAXON]}), tell=tell)

    assert states == [False]
    assert Question.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks no reader out")
def test_what_is_written_stays_in_memory_until_it_is_all_there(bank: Bank) -> None:
    pages: list[int] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "questions_question"'):
            pages.append(connection.connection.execute("PRAGMA cache_spill").fetchone()[0])
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        imported(ROW)

    assert pages == [pytest.approx(250_000, rel=0.1)]  # of 4 kB


@pytest.mark.django_db(transaction=True)
def test_question_that_somebody_saves_before_it_is_written_is_not_overwritten(bank: Bank) -> None:
    question = bank.add()

    def tell(outcome: Outcome) -> None:
        question.title = "Theirs?"
        question.save()

    with pytest.raises(FileError, match="Somebody changed the same questions at the same time; import again"):
        import_questions(Source([Row("question 1", {"code": "PY-BEG-001", "title": "Mine?"})]), tell=tell)

    assert Question.objects.get().title == "Theirs?"


@pytest.mark.django_db(transaction=True)
def test_question_that_somebody_adds_before_it_is_written_stops_the_import(bank: Bank) -> None:
    def tell(outcome: Outcome) -> None:
        bank.add()

    with pytest.raises(FileError, match="Somebody changed the same questions at the same time; import again"):
        import_questions(Source([Row("question 1", ROW)], {"categories": [TAXON]}), tell=tell)

    assert not Category.objects.filter(slug="web").exists()


def test_taxa_that_come_by_import_are_in_the_log(bank: Bank, admin_user: User) -> None:
    imported(ROW | {"category": "web"}, user=admin_user, categories=[TAXON])

    entry = LogEntry.objects.get()
    assert (entry.user, entry.is_addition(), entry.object_repr) == (admin_user, True, "Web")
    assert entry.get_edited_object() == Category.objects.get(slug="web")
    assert Question.objects.get().category.slug == "web"


def test_taxa_that_an_operator_imports_are_nobodys(bank: Bank) -> None:
    imported(categories=[TAXON])

    assert not LogEntry.objects.exists()


def test_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "b.xlsx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", " " * 20_000_000)

    with pytest.raises(FileError, match="The zip unpacks to more than 100 times its size"):
        files.read(tmp_path / "b.xlsx")


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    book, path = Workbook(write_only=True), tmp_path / "b.xlsx"
    book.create_sheet("Bank").append(["Question"])
    book.save(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, bomb + part if name.endswith("sheet1.xml") else part)

    with pytest.raises(FileError, match="is not an Excel workbook, or is damaged"):
        list(files.read(path).rows)
