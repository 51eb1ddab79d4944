"""Importing and exporting in the admin."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from questions.editorial import import_export
from questions.exchange import files
from questions.limits import UPLOAD
from questions.models import Question, WorkflowStep
from questions.sections import SECTIONS
from tests.conftest import Bank
from tests.questions.exchange.reading import ROW, whole

IMPORT = "/admin/questions/question/import/"
EXPORT = "/admin/questions/question/export/"
EXPERT = {"slug": "expert", "name": "Expert", "code_part": "EXP", "position": 9}
# A row that lacks nothing.
COMPLETE = ROW | {section.field: "Text." for section in SECTIONS}
COMPLETE |= {"references": "- [Docs](https://example.org)", "follow_ups": [{"text": f"And {n}?"} for n in "123"]}


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files wait for their confirmation."""
    folder = tmp_path / "imports"
    folder.mkdir()
    monkeypatch.setattr(import_export, "_folder", lambda: folder)
    return folder


@pytest.fixture
def writer(client: Client, db: None) -> Client:
    """A client of somebody who may write questions and not review them."""
    user = User.objects.create_user("writer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_question", "change_question"]))
    client.force_login(user)
    return client


def preview(client: Client, *rows: dict[str, Any], name: str = "bank.json", content: bytes = b"", **more: Any) -> Any:
    """What the page answers to a file."""
    content = content or json.dumps({"questions": rows, **more}).encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def html(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def confirm(client: Client, response: Any) -> Any:
    """What the page answers to the confirmation of what it has shown."""
    return client.post(f"{IMPORT}{response.context['token']}/", follow=True)


@pytest.mark.parametrize("address", [IMPORT, f"{IMPORT}0123/", EXPORT])
def test_stranger_is_sent_to_the_login(client: Client, db: None, address: str) -> None:
    assert client.post(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", [IMPORT, f"{IMPORT}0123/", EXPORT])
def test_staff_without_permission_is_refused(client: Client, db: None, address: str) -> None:
    client.force_login(User.objects.create_user("guest", is_staff=True))

    assert client.post(address).status_code == 403


def test_wrong_methods_are_refused(editor: Client) -> None:
    assert editor.put(IMPORT).status_code == 405
    assert editor.put(EXPORT).status_code == 405
    assert editor.get(f"{IMPORT}0123/").status_code == 405


def test_who_may_only_look_sees_export_alone(client: Client, bank: Bank) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_question"))
    client.force_login(user)

    page = html(client.get("/admin/questions/question/"))

    assert EXPORT in page
    assert IMPORT not in page


def test_file_is_shown_first_and_written_when_confirmed(editor: Client, bank: Bank, uploads: Path) -> None:
    bank.add("PY-BEG-002", title="Old title?")

    response = preview(editor, ROW, {"code": "PY-BEG-002", "title": "New title?"})

    page = html(response)
    assert "Not written yet: 1 new, 1 changed, 0 unchanged" in page
    assert "New: PY-BEG-001 What is a list?" in page
    assert "[removed: </span>Old" in page
    assert Question.objects.get().title == "Old title?"

    assert "Imported: 1 new, 1 changed, 0 unchanged." in html(confirm(editor, response))
    assert set(Question.objects.values_list("title", flat=True)) == {"What is a list?", "New title?"}
    assert list(uploads.iterdir()) == []


def test_history_says_who_imported(editor: Client, bank: Bank) -> None:
    confirm(editor, preview(editor, ROW))

    revision = Question.history.get()
    assert (revision.history_user.username, revision.history_change_reason) == ("admin", "Imported")


def audited(client: Client) -> list[tuple[str, str, str]]:
    """The kind, person and object of what the audit page tells, newest first."""
    return [(it.kind, it.person, it.what) for it in client.get("/admin/audit/").context["events"] if it.what]


def test_audit_tells_of_an_import_and_of_each_taxon_that_came_with_it(editor: Client, bank: Bank) -> None:
    confirm(editor, preview(editor, ROW, levels=[EXPERT]))

    assert ("Imported", "admin", "“bank.json”: 1 new") in [(*it[:2], it[2][:18]) for it in audited(editor)]
    assert [it for it in audited(editor) if "Expert" in it[2]] == [("Added", "admin", "level “Expert”")]


def test_audit_tells_of_no_import_that_was_only_shown(editor: Client, bank: Bank) -> None:
    preview(editor, ROW, levels=[EXPERT])

    assert "Imported" not in [kind for kind, _, _ in audited(editor)]


def test_audit_tells_of_an_export(editor: Client, bank: Bank) -> None:
    bank.add()
    editor.post(EXPORT, {"format": "yaml"}).close()

    assert ("Exported", "admin", "“questions.yaml”: 1 questions") in audited(editor)


def test_bad_rows_are_shown_with_field_and_reason_and_nothing_is_kept(
    editor: Client, bank: Bank, uploads: Path
) -> None:
    page = html(preview(editor, ROW, ROW | {"code": "PY-BEG-002", "difficulty": 11}))

    assert "Nothing was written" in page
    assert "question 2</th><td>difficulty</td><td>Ensure this value is less than or equal to 10.</td>" in page
    assert "Confirm import" not in page
    assert list(uploads.iterdir()) == []


def test_what_is_in_a_file_is_escaped(editor: Client, bank: Bank) -> None:
    page = html(preview(editor, ROW | {"title": "<script>?", "level": "<img src=x>"}))

    assert "<script>?" not in page
    assert "<img" not in page


def test_file_that_changes_nothing_has_nothing_to_confirm(editor: Client, bank: Bank, uploads: Path) -> None:
    bank.add(title="Same?")

    page = html(preview(editor, {"code": "PY-BEG-001", "title": "Same?"}))

    assert "the hub has all of it already" in page
    assert list(uploads.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bank.xlsx", b"PK", "The name ends in none of .csv, .json, .yaml, .yml, .md, .zip."),
        ("bank.json", b"{", "bank.json is not JSON"),
        ("bank.zip", b"PK", "bank.zip is not a zip file, or is damaged."),
        ("bank.csv", b"code\n\xff", "bank.csv is not UTF-8: its byte 6 cannot be read."),
        ("bank.json", b"[" * (UPLOAD + 1_000_000), "The file has 11.0 MB; at most 10 MB can be imported here."),
        ("x" * 200 + ".json", b"{", "is not JSON"),
    ],
)
def test_file_that_cannot_be_read_is_refused(
    editor: Client, db: None, name: str, content: bytes, sentence: str
) -> None:
    assert sentence in html(preview(editor, name=name, content=content))


def test_no_file_at_all_is_told(editor: Client) -> None:
    assert "This field is required." in html(editor.post(IMPORT))


@pytest.mark.parametrize("token", ["x" * 300, "0123", "other-0123"])
def test_unknown_confirmation_is_told(editor: Client, token: str) -> None:
    response = editor.post(f"{IMPORT}{token}/", follow=True)

    assert "The file is not here any more. Choose it again." in html(response)


def test_only_who_brought_a_file_can_confirm_it(editor: Client, bank: Bank) -> None:
    response = preview(editor, ROW)
    other = Client()
    other.force_login(User.objects.create_superuser("other"))

    assert "The file is not here any more." in html(confirm(other, response))
    assert not Question.objects.exists()


def test_what_became_bad_since_is_told_and_not_written(editor: Client, bank: Bank, python: Any) -> None:
    response = preview(editor, ROW)
    python.delete()

    page = html(confirm(editor, response))

    assert "There is no technology “python”" in page
    assert not Question.objects.exists()


def test_file_that_is_confirmed_twice_at_once_is_imported_once(
    editor: Client, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = preview(editor, ROW)
    again: list[Any] = []

    def ask_again(path: Path, *args: Any) -> Any:
        again.append(confirm(editor, shown))
        return files_read(path, *args)

    files_read = files.read
    monkeypatch.setattr(files, "read", ask_again)
    confirm(editor, shown)

    assert "The file is not here any more." in html(again[0])
    assert Question.objects.count() == 1


def test_files_that_nobody_confirmed_are_dropped(editor: Client, bank: Bank, uploads: Path) -> None:
    preview(editor, ROW)
    (old,) = uploads.iterdir()
    os.utime(old, (time.time() - 2 * import_export.DAY,) * 2)

    preview(editor, ROW | {"title": "Newer?"})

    assert old not in list(uploads.iterdir())


# Who may what.


def test_writer_imports_drafts(writer: Client, bank: Bank) -> None:
    confirm(writer, preview(writer, ROW))

    assert Question.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "published"}, "You may import drafts alone; those who review may publish."),
        ({"published_at": "2026-11-23T09:00:00+00:00"}, "Only those who review may date a publication."),
        ({"code": "PY-BEG-002"}, "PY-BEG-002 is no draft; only those who review may change it."),
    ],
)
def test_writer_publishes_nothing(writer: Client, bank: Bank, change: dict[str, Any], sentence: str) -> None:
    bank.add("PY-BEG-002")

    assert sentence in html(preview(writer, ROW | change))


def test_writer_may_pass_over_what_is_published(writer: Client, bank: Bank) -> None:
    bank.add("PY-BEG-002", title="Same?")

    page = html(preview(writer, ROW, {"code": "PY-BEG-002", "title": "Same?", "status": "published"}))

    assert "1 new, 0 changed, 1 unchanged" in page


def test_writer_adds_no_technology(writer: Client, bank: Bank) -> None:
    entry = {"slug": "go", "name": "Go", "code_prefix": "GO", "position": 2}

    page = html(preview(writer, ROW, technologies=[entry]))

    assert "The hub has no technology “go”, and you may not add one." in page


def test_reviewer_publishes_by_import_what_is_complete(reviewer: Client, bank: Bank) -> None:
    page = html(confirm(reviewer, preview(reviewer, COMPLETE | {"status": "published"})))

    assert "Imported: 1 new, 0 changed, 0 unchanged." in page
    assert str(Question.objects.get().workflow_steps.get()) == "Published by rita"


def test_reviewer_does_not_publish_by_import_what_lacks_something(reviewer: Client, bank: Bank) -> None:
    page = html(preview(reviewer, COMPLETE | {"status": "published", "references": "<!-- none -->"}))

    assert "It cannot be published yet. It names no references." in page


def test_published_question_may_lose_something_by_import_as_on_its_page(reviewer: Client, bank: Bank) -> None:
    bank.add_complete("PY-BEG-001")

    page = html(confirm(reviewer, preview(reviewer, {"code": "PY-BEG-001", "references": ""})))

    assert "Imported: 0 new, 1 changed, 0 unchanged." in page
    assert not WorkflowStep.objects.exists()


def test_every_new_status_is_logged(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete("PY-BEG-001", status="in_review")

    confirm(reviewer, preview(reviewer, {"code": "PY-BEG-001", "status": "archived"}))

    entry = question.workflow_steps.get()
    assert (str(entry), entry.comment) == ("Archived by rita", "Imported")


# Exports.


@pytest.mark.parametrize("ending", list(import_export.FORMATS))
def test_export_can_be_imported_again(editor: Client, bank: Bank, ending: str) -> None:
    bank.add()
    bank.add("PY-BEG-002", status="draft")

    response = editor.post(EXPORT, {"format": ending})

    assert response["Content-Disposition"] == f'attachment; filename="questions.{ending}"'
    page = html(preview(editor, name=f"questions.{ending}", content=whole(response)))
    assert "0 new, 0 changed, 2 unchanged" in page


def test_unknown_format_is_told(editor: Client) -> None:
    assert "Select a valid choice." in html(editor.post(EXPORT, {"format": "xlsx"}))


def test_bank_that_is_too_large_is_left_to_the_command(
    editor: Client, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank.add()
    monkeypatch.setattr(import_export, "MOST_EXPORTED", 0)

    assert "manage.py export_questions" in html(editor.post(EXPORT, {"format": "csv"}))
