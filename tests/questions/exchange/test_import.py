"""What may be imported, and what is refused with a sentence."""

import json
import stat
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from questions import limits
from questions.exchange import files
from questions.exchange.formats import markdown
from questions.finding.search.results import Search
from questions.limits import MEGABYTE
from questions.models import Category, FollowUp, Question
from tests.conftest import Bank
from tests.growth import assert_linear
from tests.questions.exchange.reading import ROW

FILE = """---
code: PY-BEG-001
title: What is a list?
technology: python
category: core
level: beginner
difficulty: 3
---

## Answer

*Mutable.*
"""


def imported(path: Path, *arguments: str) -> str:
    """What the command says of a file that it takes."""
    output = StringIO()
    call_command("import_questions", path, *arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def refused(path: Path) -> str:
    """What it says of one that it does not take, having written nothing."""
    before = list(Question.objects.order_by("pk").values())
    with pytest.raises(CommandError) as error:
        imported(path)
    assert list(Question.objects.order_by("pk").values()) == before
    assert str(error.value).endswith("Nothing was written.")
    return str(error.value)


def as_json(folder: Path, *rows: dict[str, Any], **taxonomies: Any) -> Path:
    path = folder / "bank.json"
    path.write_text(json.dumps({"questions": rows, **taxonomies}, indent=1))
    return path


def as_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_zip(folder: Path, **files: str) -> Path:
    path = folder / "bank.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".md", content)
    return path


# What an import does.


def test_new_question_is_rendered_and_found(bank: Bank, tmp_path: Path) -> None:
    output = imported(as_json(tmp_path, ROW))

    question = Question.objects.get()
    assert output == "+ PY-BEG-001 What is a list?\n1 new, 0 changed, 0 unchanged.\n"
    assert question.answer_html == "<p><em>Mutable.</em></p>"
    assert question.status == "draft"


def test_published_question_is_on_the_site_at_once(bank: Bank, tmp_path: Path, client: Client) -> None:
    imported(as_json(tmp_path, ROW | {"status": "published"}))

    assert b"<em>Mutable.</em>" in client.get("/questions/PY-BEG-001/").content
    assert list(Search("mutable").found) == [Question.objects.get().pk]


def test_change_is_shown_line_by_line_and_made(bank: Bank, tmp_path: Path) -> None:
    question = bank.add(answer="One.\nTwo.\nThree.", difficulty=3)

    output = imported(as_json(tmp_path, {"code": question.code, "answer": "One.\nTwo!\nThree.", "difficulty": "4"}))

    assert output.splitlines() == [
        "~ PY-BEG-001 What is PY-BEG-001?",
        *("    difficulty:", "    -3", "    +4"),
        *("    answer:", "     One.", "    -Two.", "    +Two!", "     Three."),
        "0 new, 1 changed, 0 unchanged.",
    ]
    question.refresh_from_db()
    assert (question.difficulty, question.answer_html) == (4, "<p>One.\nTwo!\nThree.</p>")


def test_dry_run_shows_the_same_and_writes_nothing(bank: Bank, tmp_path: Path) -> None:
    bank.add("PY-BEG-002")
    taxonomies = {"categories": [{"slug": "web", "name": "Web", "position": 2}]}
    path = as_json(tmp_path, ROW | {"category": "web"}, {"code": "PY-BEG-002", "title": "Why?"}, **taxonomies)

    output = imported(path, "--dry-run")

    assert "+ category Web\n" in output
    assert "+ PY-BEG-001 What is a list?\n~ PY-BEG-002 Why?\n    title:\n" in output
    assert output.endswith("1 new, 1 changed, 0 unchanged. Nothing was written: this was a dry run.\n")
    assert list(Question.objects.values_list("title")) == [("What is PY-BEG-002?",)]
    assert not Category.objects.filter(slug="web").exists()


def test_what_a_row_does_not_name_stays(bank: Bank, tmp_path: Path) -> None:
    question = bank.add(mistakes="- none")
    FollowUp.objects.create(question=question, position=1, text="And then?")

    imported(as_json(tmp_path, {"code": question.code, "title": "What else?"}))

    question.refresh_from_db()
    assert (question.title, question.mistakes, question.status) == ("What else?", "- none", "published")
    assert [it.text for it in question.follow_ups.all()] == ["And then?"]


def test_follow_ups_may_lead_to_questions_further_down(bank: Bank, tmp_path: Path) -> None:
    rows = [
        ROW | {"follow_ups": [{"text": "Next?", "answered_by": "PY-BEG-002"}, {"text": "Nobody knows?"}]},
        ROW | {"code": "PY-BEG-002", "follow_ups": [{"text": "Back?", "answered_by": "PY-BEG-001"}]},
    ]

    imported(as_json(tmp_path, *rows))

    found = FollowUp.objects.values_list("question__code", "text", "answered_by__code")
    assert set(found) == {
        ("PY-BEG-001", "Next?", "PY-BEG-002"),
        ("PY-BEG-001", "Nobody knows?", None),
        ("PY-BEG-002", "Back?", "PY-BEG-001"),
    }


def test_history_keeps_what_was_and_what_came(bank: Bank, tmp_path: Path) -> None:
    Question.objects.bulk_create(
        [Question(code="PY-BEG-002", title="Loaded?", difficulty=1, answer="?", **bank.defaults)]
    )
    link = {"follow_ups": [{"text": "Next?", "answered_by": "PY-BEG-003"}]}

    imported(as_json(tmp_path, ROW | link, {"code": "PY-BEG-002", "title": "Imported?"}, ROW | {"code": "PY-BEG-003"}))

    revisions = Question.history.order_by("history_id").values_list("code", "title", "history_type")
    assert list(revisions) == [
        ("PY-BEG-002", "Loaded?", "+"),
        ("PY-BEG-001", "What is a list?", "+"),
        ("PY-BEG-003", "What is a list?", "+"),
        ("PY-BEG-002", "Imported?", "~"),
    ]
    (line,) = Question.history.get(code="PY-BEG-001").follow_ups
    assert line == {"position": 1, "text": "Next?", "answer": "", "answered_by": "PY-BEG-003"}


def test_operator_publishes_what_they_like_and_that_is_logged(bank: Bank, tmp_path: Path) -> None:
    imported(as_json(tmp_path, ROW | {"status": "published"}))

    assert str(Question.objects.get().workflow_steps.get()) == "Published by an operator"


def test_import_that_changes_nothing_writes_no_history(bank: Bank, tmp_path: Path) -> None:
    imported(as_json(tmp_path, ROW))

    imported(as_json(tmp_path, ROW))

    assert Question.history.count() == 1


def test_follow_ups_are_replaced_by_fewer(bank: Bank, tmp_path: Path) -> None:
    question = bank.add(status="published")
    for position in (2, 5, 9):
        FollowUp.objects.create(question=question, position=position, text=f"At {position}?")

    imported(as_json(tmp_path, {"code": question.code, "follow_ups": [{"text": "At 5?"}, {"text": "And new?"}]}))

    assert [it.text for it in question.follow_ups.all()] == ["At 5?", "And new?"]


def test_taxonomies_that_the_hub_has_stay_as_they_are(bank: Bank, tmp_path: Path) -> None:
    imported(as_json(tmp_path, categories=[{"slug": "core", "name": "Renamed", "position": 9}]))

    assert list(Category.objects.values_list("name", "position")) == [("Core", 1)]


def test_byte_order_mark_windows_lines_and_semicolons_are_understood(bank: Bank, tmp_path: Path) -> None:
    columns = [name for name in ROW if name != "difficulty"]
    header, row = ";".join(columns), ";".join(str(ROW[name]) for name in columns)
    content = f"\ufeff{header};difficulty\r\n{row};3\r\n"

    assert imported(as_file(tmp_path, "bank.csv", content)).endswith("1 new, 0 changed, 0 unchanged.\n")


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1+1", "=1+1"), ("''quoted'", "'quoted'"), ("'tis", "'tis"), ("''=1", "'=1"), ("-", "-"), ("plain", "plain")],
)
def test_apostrophe_that_guards_a_cell_is_taken_off(bank: Bank, tmp_path: Path, cell: str, text: str) -> None:
    bank.add()

    imported(as_file(tmp_path, "bank.csv", f'code,verified_for\nPY-BEG-001,"{cell}"\n'))

    assert Question.objects.get().verified_for == text


def test_markdown_by_hand_is_understood(bank: Bank, tmp_path: Path) -> None:
    bank.add("PY-BEG-002")
    by_hand = "## Follow-up Questions\r\n\r\n- Why *not*? → [PY-BEG-002]\r\n* And `then`?\r\n"

    imported(as_file(tmp_path, "list.md", FILE.replace("\n", "\r\n") + by_hand))

    follow_ups = FollowUp.objects.values_list("text", "answered_by__code")
    assert list(follow_ups) == [("Why *not*?", "PY-BEG-002"), ("And `then`?", None)]


def test_folder_is_read_without_what_is_not_a_question(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("README.md", ".git/notes.md", "LICENSE"):
        as_file(tmp_path, name, "Not a question.")
    as_file(tmp_path, "list.md", FILE)

    assert imported(tmp_path).endswith("1 new, 0 changed, 0 unchanged.\n")


# What is bad in a row.


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"code": "PY-1"}, "code: “PY-1” does not fit. A code looks like PY-ADV-004."),
        ({"code": 7}, "code: “7” is no code."),
        ({"code": "PY-BEG-001"}, "code: PY-BEG-001 stands in question 1 in line 3 already."),
        ({"code": "SQL-BEG-001"}, "code: SQL-BEG-001 does not begin with PY-, as the codes of Python do."),
        ({"technology": "cobol"}, "technology: There is no technology “cobol”; there are python."),
        ({"technology": None}, "technology: It says no technology."),
        ({"level": {"slug": "guru", "name": "Guru"}}, "level: There is no level “guru”"),
        ({"difficulty": "many"}, "difficulty: “many” is not a number from 1 to 10."),
        ({"difficulty": 11}, "difficulty: 11 is above 10."),
        ({"status": "open"}, "status: There is no status “open”; there are draft, in_review, "),
        ({"difficulty": 0}, "difficulty: 0 is below 1."),
        ({"title": ""}, "title: It says no title."),
        ({"review_by": "2027-02-30"}, "review_by: “2027-02-30” is not a day such as 2027-03-31."),
        ({"published_at": "yesterday"}, "published_at: “yesterday” is not a moment"),
        ({"title": "x" * 201}, f"title: “{'x' * 40}…” has 201 characters; at most 200 fit."),
        ({"title": "two\nlines"}, "title: This has more than one line."),
        ({"title": ["a"]}, 'title: A text is expected here, not the list ["a"].'),
        ({"title": {"en": "Why?"}}, 'title: A text is expected here, not the entry {"en": "Why?"}.'),
        ({"verified_for": 3.14}, "verified_for: A text is expected here, not the number 3.14."),
        ({"verified_for": True}, "verified_for: A text is expected here, not true."),
        ({"category": ["core"]}, 'category: The name of a category is expected here, not the list ["core"].'),
        ({"title": "nul\0"}, "title: This has a control character, which no text needs."),
        ({"answer": " \n", "status": "published"}, "answer: Only a draft may be without an answer."),
        ({"answer": ">" * 300}, "answer: This text is nested more than 100 deep; simplify its Markdown."),
        ({"hint": "?"}, "hint: Questions have nothing of this name."),
        ({"follow_ups": 7}, "follow_ups: A list of follow-ups is expected here, not the number 7."),
        ({"follow_ups": [{"said": "?"}]}, "follow_ups: A follow-up has a “text”"),
        ({"follow_ups": [{"text": "x" * 301}]}, "follow_ups: A follow-up has 1 to 300 characters"),
        (
            {"follow_ups": [{"text": "?", "answered_by": "PY-BEG-999"}]},
            "follow_ups: There is no question PY-BEG-999, neither in the hub nor in what is imported.",
        ),
    ],
)
def test_bad_row_is_named_with_field_and_reason(
    bank: Bank, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    path = as_json(tmp_path, ROW, ROW | {"code": "PY-BEG-002"} | change)

    sentence = refused(path)

    assert sentence.startswith("question 2 in line 12 (")
    assert f"): {reason}" in sentence


def test_every_bad_row_is_named(bank: Bank, tmp_path: Path) -> None:
    rows = [ROW | {"code": f"PY-BEG-{n:03}", "difficulty": n, "level": "guru"} for n in (1, 11, 12)]

    sentences = refused(as_json(tmp_path, *rows))

    assert sentences.count("difficulty:") == 2
    assert sentences.count("There is no level") == 3


def test_a_file_of_nonsense_is_not_read_to_its_end(bank: Bank, tmp_path: Path) -> None:
    sentences = refused(as_json(tmp_path, *({} for _ in range(1_000))))

    assert sentences.count("It has neither a code nor a title.") == 100
    assert "The rest was not read." in sentences


def test_missing_columns_of_a_new_question_are_told(bank: Bank, tmp_path: Path) -> None:
    sentences = refused(as_json(tmp_path, {"code": "PY-BEG-001"}))

    assert [line.split(": ")[1] for line in sentences.splitlines()[:-1]] == [
        *("title", "technology", "category", "level", "difficulty"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("## Answer", "# Answer", "“# Answer"),
        ("*Mutable.*", "Text\n\n## Answer\n\nAgain", "It has “Answer” twice."),
        ("difficulty: 3", "difficulty: [3", "The front matter is not YAML"),
        ("difficulty: 3", "code: PY-BEG-002", "“code” stands twice in line"),
        ("difficulty: 3", "hint: this", "hint: Questions have nothing of this name."),
        (
            "*Mutable.*",
            "Text\n\n## Follow-up Questions\n\nWhy?",
            "“Why?” among the follow-ups is not an item of a list.",
        ),
    ],
)
def test_bad_markdown_file_is_named(bank: Bank, tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = as_file(tmp_path, "list.md", FILE.replace(old, new, 1).encode(errors="surrogateescape"))

    sentence = refused(path)

    assert sentence.startswith("list.md")
    assert reason in sentence


# What is bad in a file.


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bank.doc", "", f"bank.doc is none of {', '.join(files.READERS)}, and no folder."),
        ("bank.md", b"\xff", "bank.md is not UTF-8: its byte 1 cannot be read."),
        ("bank.json", "{", "bank.json is not JSON: Expecting property name"),
        ("bank.json", "[]", "bank.json has no questions: neither a list of entries with named values"),
        ("bank.json", "[1, 2]", "bank.json has no questions: neither a list of entries with named values"),
        ("bank.json", '{"questions": {}}', "“questions” in bank.json is not a list of entries with named values."),
        (
            "bank.json",
            '{"questions": [{"code": "A", "code": "B"}]}',
            "“code” stands twice in the same entry, in line 1.",
        ),
        ("bank.json", "[" * 100_000, "bank.json nests too deep."),
        (
            "bank.json",
            b'{"questions": "\xff"}',
            "bank.json is not UTF-8: its byte 16 cannot be read. Save it as UTF-8.",
        ),
        ("bank.json", b"\xff\xfe{", "bank.json is not UTF-8"),
        ("bank.yaml", "questions: [", "bank.yaml is not YAML"),
        ("bank.yaml", "a: &a [x]\nb: [*a, *a]", "bank.yaml has the alias *a in line 2; write it out."),
        ("bank.yaml", "[" * 100_000, "bank.yaml nests too deep in line 1."),
        ("bank.yaml", "questions: []\nquestions: []", "“questions” stands twice"),
        ("bank.csv", "", "bank.csv has nothing in its first row, which says what the columns are."),
        ("bank.csv", "code,hint\nPY-BEG-001,?\n", "row 2 (PY-BEG-001): hint: Questions have nothing of this name."),
        (
            "bank.csv",
            "colour,taste\nred,sweet\n",
            "bank.csv has no column that looks like a question; it has “colour”",
        ),
        ("bank.csv", "code,title,title\n", "bank.csv has the column “title” twice."),
        ("bank.csv", "code,title\nPY-BEG-001\n", "row 2 (PY-BEG-001): It has more or fewer cells than the first row."),
        ("bank.csv", b"code,title\nPY-BEG-001,\x81\n", "bank.csv is not UTF-8: its byte 23 cannot be read."),
        ("bank.csv", 'code,title\nPY-BEG-001,"open\n', "bank.csv is not CSV"),
        ("bank.zip", "PK", "bank.zip is not a zip file, or is damaged."),
    ],
)
def test_file_that_cannot_be_read_is_refused(
    bank: Bank, tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    assert reason in refused(as_file(tmp_path, name, content))


def test_missing_file_is_told(bank: Bank, tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "bank.json")


def test_file_above_the_limit_is_refused_unread(bank: Bank, tmp_path: Path) -> None:
    path = as_file(tmp_path, "bank.yaml", "")
    with path.open("wb") as file:
        file.truncate(limits.WHOLE_FILE + MEGABYTE)

    assert refused(path).startswith("bank.yaml has 51.0 MB; at most 50 MB can be imported.")


def test_tags_of_yaml_make_nothing(bank: Bank, tmp_path: Path) -> None:
    bank.add()
    path = as_file(tmp_path, "b.yaml", "questions:\n- code: PY-BEG-001\n  title: !!python/object/apply:os.getcwd []\n")

    assert "question 1 in line 2 (PY-BEG-001): title: A text is expected here, not the list []." in refused(path)


BAD = '{"code": "PY-BEG-001",\n "title": "Why?", "difficulty": 11}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bank.json", f"[{{}},\n\n{BAD}]"),
        ("bank.json", f'{{"a": [{{"title": "And?"}}],\n"b":\n[{BAD}]}}'),
        ("bank.yaml", "- title: And?\n# so\n- code: PY-BEG-001\n  title: Why?\n  difficulty: 11\n"),
        ("bank.yaml", f"questions: [\n\n{BAD}]"),
    ],
)
def test_bad_entry_is_named_by_its_line(bank: Bank, tmp_path: Path, name: str, content: str) -> None:
    assert "in line 3 (PY-BEG-001 Why?): difficulty: 11 is" in refused(as_file(tmp_path, name, content))


@pytest.mark.parametrize("title", ["No", "2026-11-23", "1.0", "~", "12:30"])
def test_what_yaml_takes_for_something_else_stays_text(bank: Bank, tmp_path: Path, title: str) -> None:
    bank.add()

    imported(as_file(tmp_path, "b.yaml", f"questions:\n- code: PY-BEG-001\n  title: {title}\n"))

    assert Question.objects.get().title == title


# Zips and folders.


@pytest.mark.parametrize("name", ["../list.md", "/etc/list.md", "a/../../list.md", "C:/list.md", "a\\..\\list.md"])
def test_path_out_of_a_zip_is_refused(bank: Bank, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bank.zip"
    with ZipFile(path, "w") as archive:
        entry = ZipInfo("list.md")
        entry.filename = name
        archive.writestr(entry, FILE)

    assert "which leads out of it." in refused(path)


def test_link_in_a_zip_is_refused(bank: Bank, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bank.zip", "w") as archive:
        entry = ZipInfo("list.md")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    assert "list.md in the zip is a link, which is not followed." in refused(tmp_path / "bank.zip")


@pytest.mark.parametrize("target", ["/etc/passwd", "other"])
def test_link_in_a_folder_is_refused(bank: Bank, tmp_path: Path, target: str) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "list.md").symlink_to(target)

    assert "list.md is a link, which is not followed." in refused(folder)


def test_linked_folder_is_not_followed(bank: Bank, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "bank", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    as_file(elsewhere, "list.md", FILE)
    (folder / "more").symlink_to(elsewhere, target_is_directory=True)

    assert "bank has no Markdown file with anything in it." in refused(folder)


def test_zip_that_unpacks_to_too_much_is_refused(bank: Bank, tmp_path: Path) -> None:
    path = as_zip(tmp_path, **{f"bomb{n}": "\0" * 900_000 for n in range(3)})

    assert "The zip unpacks to more than 100 times its size, which texts do not." in refused(path)


def test_zip_of_too_many_files_or_bytes_is_refused(bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_zip(tmp_path, one=FILE, two=FILE)

    monkeypatch.setattr(limits, "UNPACKED", 100)
    too_big = refused(path)
    monkeypatch.setattr(limits, "MOST_FILES", 1)
    too_many = refused(path)

    assert "The zip, unpacked, has 0.0 MB" in too_big
    assert "The zip has 2 files; at most 1 can be imported." in too_many


def test_file_in_a_zip_above_the_limit_is_refused(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "bank.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("list.md", "x" * (limits.MARKDOWN_FILE + MEGABYTE))

    assert "list.md: list.md has 2.0 MB; at most 1 MB can be imported." in refused(path)


def test_damaged_file_in_a_zip_is_named(bank: Bank, tmp_path: Path) -> None:
    path = as_zip(tmp_path, list=FILE * 20)
    data = bytearray(path.read_bytes())
    data[60:80] = b"\xff" * 20
    path.write_bytes(data)

    assert "list.md in the zip cannot be unpacked." in refused(path)


def test_file_that_stands_twice_in_a_zip_is_refused(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "bank.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("list.md", FILE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("list.md", FILE)

    assert "The zip has list.md twice." in refused(path)


# Exports.


def test_export_with_an_unknown_ending_is_refused(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"bank\.docx ends in none of \.csv, .*\.zip\."):
        call_command("export_questions", tmp_path / "bank.docx")


def test_export_to_where_nothing_can_be_written_is_refused(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("export_questions", tmp_path / "missing" / "bank.json")


def test_export_of_an_empty_hub_can_be_imported(bank: Bank, tmp_path: Path) -> None:
    for name in ("bank.csv", "bank.json", "bank.yaml", "bank.zip", "bank"):
        call_command("export_questions", tmp_path / name, stdout=StringIO())

        assert imported(tmp_path / name) == "0 new, 0 changed, 0 unchanged.\n"


@pytest.mark.parametrize("unit", [" → [", " → [a](b", "\\", "→ [a]", "- ", "] → [a"])
def test_time_to_read_a_follow_up_of_a_file_grows_with_it_alone(unit: str, tmp_path: Path) -> None:
    def read(text: str) -> None:
        list(markdown.read(as_file(tmp_path, "a.md", text)).rows)

    assert_linear(read, lambda size: f"{FILE}\n## Follow-up Questions\n\n1. {unit * (size // len(unit))}\n")


@pytest.mark.parametrize(
    ("line", "asked", "answered_by"),
    [
        ("1. Why?", "Why?", ""),
        ("- Why? → [PY-BEG-002](../PY-BEG-002.md)", "Why?", "PY-BEG-002"),
        ("* Is a → [b]? → [PY-BEG-002]", "Is a → [b]?", "PY-BEG-002"),
        ("2) Is a → [b]?", "Is a → [b]?", ""),
    ],
)
def test_answer_of_a_follow_up_is_the_last_link(line: str, asked: str, answered_by: str, tmp_path: Path) -> None:
    (row,) = markdown.read(as_file(tmp_path, "a.md", f"{FILE}\n## Follow-up Questions\n\n{line}\n")).rows

    assert row.fields["follow_ups"] == [{"text": asked, "answer": "", "answered_by": answered_by}]
