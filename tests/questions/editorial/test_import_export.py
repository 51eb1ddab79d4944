"""Importing and exporting in the admin."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from questions.editorial import import_export
from questions.exchange import files, samples
from questions.exchange.registry import FORMATS
from questions.limits import UPLOAD
from questions.models import ImportFile, Question, WorkflowStep
from questions.models.import_file import KEPT, LONGEST_RUN
from questions.sections import SECTIONS
from tests.conftest import Bank
from tests.questions.exchange.reading import ROW, whole

IMPORT = "/admin/questions/question/import/"
EXPORT = "/admin/questions/question/export/"
ADDRESSES = [IMPORT, *(f"{IMPORT}0123/{step}" for step in ("", "preview/", "confirm/")), EXPORT]
EXPERT = {"slug": "expert", "name": "Expert", "code_part": "EXP", "position": 9}
# A row that lacks nothing.
COMPLETE = ROW | {section.field: "Text." for section in SECTIONS}
COMPLETE |= {"references": "- [Docs](https://example.org)", "follow_ups": [{"text": f"And {n}?"} for n in "123"]}


@pytest.fixture
def writer(client: Client, db: None) -> Client:
    """A client of somebody who may write questions and not review them."""
    user = User.objects.create_user("writer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_question", "change_question"]))
    client.force_login(user)
    return client


def upload(client: Client, *rows: dict[str, Any], name: str = "bank.json", content: bytes = b"", **more: Any) -> Any:
    """What the page answers to a file: how it is understood, or why it is refused."""
    content = content or json.dumps({"questions": rows, **more}).encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)}, follow=True)


def chosen(response: Any, **choices: Any) -> dict[str, Any]:
    """What the page of an understood file would send, with some of it chosen otherwise."""
    form = response.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**shown, **choices}.items() if value not in (None, False)}


def preview(client: Client, *rows: dict[str, Any], choices: Mapping[str, Any] | None = None, **file: Any) -> Any:
    """What the page shows of a file that is taken as it is understood, with some of it chosen otherwise."""
    response = upload(client, *rows, **file)
    if "understood" not in response.context:
        return response
    address = response.redirect_chain[-1][0]
    return client.post(address, chosen(response, **(choices or {})), follow=True)


def html(response: Any) -> str:
    assert response.status_code == 200
    return whole(response).decode()


def confirm(client: Client, response: Any) -> str:
    """What the page answers to the confirmation of what it has shown, read to its end."""
    return html(client.post(response.redirect_chain[-1][0].replace("/preview/", "/confirm/"), follow=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_stranger_is_sent_to_the_login(client: Client, db: None, address: str) -> None:
    assert client.post(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_staff_without_permission_is_refused(client: Client, db: None, address: str) -> None:
    client.force_login(User.objects.create_user("guest", is_staff=True))

    assert client.post(address).status_code == 403


def test_wrong_methods_are_refused(editor: Client) -> None:
    assert editor.put(IMPORT).status_code == 405
    assert editor.put(EXPORT).status_code == 405
    assert editor.put(f"{IMPORT}0123/").status_code == 405
    assert editor.post(f"{IMPORT}0123/preview/").status_code == 405
    assert editor.get(f"{IMPORT}0123/confirm/").status_code == 405
    assert editor.post(f"{IMPORT}samples/questions.csv").status_code == 405


def test_who_may_only_look_sees_export_alone(client: Client, bank: Bank) -> None:
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_question"))
    client.force_login(user)

    page = html(client.get("/admin/questions/question/"))

    assert EXPORT in page
    assert IMPORT not in page


def test_file_is_shown_first_and_written_when_confirmed(editor: Client, bank: Bank) -> None:
    bank.add("PY-BEG-002", title="Old title?")

    response = preview(editor, ROW, {"code": "PY-BEG-002", "title": "New title?"})

    page = html(response)
    assert "Not written yet: 1 new, 1 changed, 0 unchanged" in page
    assert "New: PY-BEG-001 What is a list?" in page
    assert "[removed: </span>Old" in page
    assert Question.objects.get().title == "Old title?"

    assert "Imported: 1 new, 1 changed, 0 unchanged." in confirm(editor, response)
    assert set(Question.objects.values_list("title", flat=True)) == {"What is a list?", "New title?"}


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
    editor.post(EXPORT, {"format": "yaml"}).getvalue()

    assert ("Exported", "admin", "“questions.yaml”: 1 questions") in audited(editor)


def test_bad_rows_are_shown_with_field_and_reason_and_nothing_is_kept(editor: Client, bank: Bank) -> None:
    page = html(preview(editor, ROW, ROW | {"code": "PY-BEG-002", "difficulty": 11}))

    assert "Nothing was written" in page
    assert "question 2 in line 1 (PY-BEG-002 What is a list?)</th><td>difficulty</td><td>11 is above 10." in page
    assert "Confirm import" not in page


def test_what_is_in_a_file_is_escaped(editor: Client, bank: Bank) -> None:
    page = html(preview(editor, ROW | {"title": "<script>?", "level": "<img src=x>"}))

    assert "<script>?" not in page
    assert "<img" not in page


def test_file_that_changes_nothing_has_nothing_to_confirm(editor: Client, bank: Bank) -> None:
    bank.add(title="Same?")

    page = html(preview(editor, {"code": "PY-BEG-001", "title": "Same?"}))

    assert "the hub has all of it already" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bank.doc", b"PK", f"The name ends in none of {', '.join(files.READERS)}."),
        ("bank.xlsx", b"PK", "bank.xlsx is not an Excel workbook, or is damaged."),
        ("bank.json", b"{", "bank.json is not JSON"),
        ("bank.zip", b"PK", "bank.zip is not a zip file, or is damaged."),
        ("bank.csv", b"code\n\x81", "bank.csv is not UTF-8: its byte 6 cannot be read."),
        ("bank.json", b"[" * (UPLOAD + 1_000_000), "The file has 11.0 MB; at most 10 MB can be imported here."),
        ("x" * 200 + ".json", b"{", "is not JSON"),
    ],
)
def test_file_that_cannot_be_read_is_refused(
    editor: Client, db: None, name: str, content: bytes, sentence: str
) -> None:
    assert sentence in html(preview(editor, name=name, content=content))
    assert not ImportFile.objects.exists()


def test_no_file_at_all_is_told(editor: Client) -> None:
    assert "This field is required." in html(editor.post(IMPORT))


@pytest.mark.parametrize("token", ["x" * 300, "0123", "other-0123"])
@pytest.mark.parametrize("step", ["", "preview/", "confirm/"])
def test_unknown_file_is_told(editor: Client, token: str, step: str) -> None:
    address = f"{IMPORT}{token}/{step}"
    response = editor.post(address, follow=True) if step == "confirm/" else editor.get(address, follow=True)

    assert "The file is not here any more. Choose it again." in html(response)


def test_only_who_brought_a_file_can_confirm_it(editor: Client, bank: Bank) -> None:
    response = preview(editor, ROW)
    other = Client()
    other.force_login(User.objects.create_superuser("other"))

    assert "The file is not here any more." in confirm(other, response)
    assert not Question.objects.exists()


def test_what_became_bad_since_is_told_and_not_written(editor: Client, bank: Bank, python: Any) -> None:
    response = preview(editor, ROW)
    python.delete()

    page = confirm(editor, response)

    assert "There is no technology “python”" in page
    assert not Question.objects.exists()


def test_file_that_is_confirmed_twice_at_once_is_imported_once(editor: Client, bank: Bank) -> None:
    shown = preview(editor, ROW)
    assert ImportFile.objects.get().claim()

    assert "The file bank.json is just being imported" in confirm(editor, shown)
    assert not Question.objects.exists()


def test_file_whose_import_ended_without_a_word_can_be_confirmed_again(editor: Client, bank: Bank) -> None:
    shown = preview(editor, ROW)
    ImportFile.objects.update(started_at=timezone.now() - LONGEST_RUN - timedelta(seconds=1))

    assert "Imported: 1 new" in confirm(editor, shown)


def test_file_that_is_imported_is_told_so_and_its_content_is_gone(editor: Client, bank: Bank) -> None:
    shown = preview(editor, ROW)
    confirm(editor, shown)

    assert "The file bank.json is imported already: 1 new, 0 changed, 0 unchanged." in confirm(editor, shown)
    assert bytes(ImportFile.objects.get().content) == b""
    assert Question.objects.count() == 1


def test_page_that_is_closed_early_leaves_nothing_written_and_can_be_opened_again(editor: Client, bank: Bank) -> None:
    shown = preview(editor, *(ROW | {"code": f"PY-BEG-{n:03}"} for n in range(1, 60)))
    address = shown.redirect_chain[-1][0].replace("/preview/", "/confirm/")
    response = editor.post(address)
    assert isinstance(response, StreamingHttpResponse)
    parts = iter(response)
    assert b"All of it is written, or nothing" in next(parts)
    assert b"25 of 59 questions read" in next(parts)

    response._iterator.close()  # The test client's own, which keeps the connection.

    assert not Question.objects.exists()
    assert "Imported: 59 new" in confirm(editor, shown)


def test_files_that_nobody_confirmed_are_dropped_after_a_day(editor: Client, bank: Bank) -> None:
    upload(editor, ROW)
    old = ImportFile.objects.get()
    ImportFile.objects.update(created_at=timezone.now() - KEPT - timedelta(seconds=1))

    upload(editor, ROW | {"title": "Newer?"})

    assert ImportFile.objects.get().token != old.token


# How a file is understood.

FOREIGN = [
    {"Frage": "What is a set?", "Antwort": "Unordered.", "Wo": "Sets", "Difficulty": "Easy", "Id": 7},
    {"Frage": "What is a frozen set?", "Antwort": "", "Wo": "core", "Difficulty": "", "Id": 8},
]
SAID = {"technology": "python", "level": "BEGINNER", "difficulty": "4"}


def test_columns_are_guessed_shown_and_changeable(editor: Client, bank: Bank) -> None:
    page = html(response := upload(editor, content=json.dumps(FOREIGN).encode()))

    guessed = {column.name: field.value() for column, field in response.context["form"].of_columns}
    assert guessed == {"Frage": "title", "Antwort": "answer", "Wo": "", "Difficulty": "difficulty", "Id": ""}
    assert "bank.json: 2 questions" in page
    assert "<li>What is a set?</li>" in page

    choices = {"column_2": "category", "unknown": "create", **SAID}
    page = html(shown := preview(editor, content=json.dumps(FOREIGN).encode(), choices=choices))

    assert "Not written yet: 2 new" in page
    assert "New category Sets" in page
    assert "Not imported: “Id”." in page
    confirm(editor, shown)
    found = Question.objects.values_list("code", "title", "category__name", "difficulty", "status")
    assert sorted(found) == [
        ("PY-BEG-001", "What is a set?", "Sets", 3, "draft"),
        ("PY-BEG-002", "What is a frozen set?", "Core", 4, "draft"),
    ]


def test_what_is_missing_is_asked_for_and_what_was_chosen_is_kept(editor: Client, bank: Bank) -> None:
    response = preview(editor, content=json.dumps(FOREIGN).encode(), choices={"level": "guru", "difficulty": "11"})

    page = html(response)
    assert "Say which technology they have: no column does." in page
    assert "There is no level “guru”. Choose below to create what the hub does not have." in page
    assert "Ensure this value is less than or equal to 10." in page
    assert response.context["form"]["level"].value() == "guru"
    assert response.context["form"]["column_0"].value() == "title"


def test_writer_who_may_not_add_a_level_is_told(writer: Client, bank: Bank) -> None:
    choices = SAID | {"level": "guru", "column_2": "category"}

    page = html(preview(writer, content=json.dumps(FOREIGN).encode(), choices=choices))

    assert "There is no level “guru”, and you may not add one." in page


def test_name_that_is_nearly_one_of_the_hub_is_asked_about_and_made_by_choice_alone(editor: Client, bank: Bank) -> None:
    row = ROW | {"level": "Begginer"}

    assert "The hub has no level “Begginer”: did you mean “Beginner”?" in html(upload(editor, row))
    shown = preview(editor, row)
    assert "There is no level “Begginer”: did you mean “Beginner”?" in html(shown)
    assert "Nothing was written" in confirm(editor, shown)

    assert "New level “Begginer”: did you mean “Beginner”?" in html(preview(editor, row, choices={"alike": "create"}))
    confirm(editor, preview(editor, row, choices={"alike": "take"}))
    assert Question.objects.get().level == bank.defaults["level"]


def test_default_that_is_nearly_one_of_the_hub_is_asked_about(editor: Client, bank: Bank) -> None:
    page = html(preview(editor, {"title": "Why?"}, choices=SAID | {"category": "core", "level": "Begginer"}))

    assert "There is no level “Begginer”: did you mean “Beginner”?" in page


def test_what_was_chosen_is_there_again(editor: Client, bank: Bank) -> None:
    shown = preview(editor, ROW, {"title": "And a set?"}, choices=SAID | {"category": "core", "same_title": "add"})

    page = editor.get(shown.redirect_chain[-1][0].replace("preview/", ""))

    form = page.context["form"]
    assert (form["technology"].value(), form["same_title"].value(), form["level"].value()) == (
        "python",
        "add",
        "BEGINNER",
    )


HEADINGS = b"# Bank\n\n## What is a list?\n\n### What is it for?\n\nOrder.\n\n## What is a set?\n\nUnordered.\n"


def test_headings_that_are_questions_can_be_chosen(editor: Client, bank: Bank) -> None:
    response = upload(editor, name="bank.md", content=HEADINGS)
    assert "bank.md: 2 questions" in html(response)
    address = response.redirect_chain[-1][0]
    data = chosen(response, reading="headings with ###", reread="1")

    response = editor.post(address, data)

    assert "bank.md: 1 question</h2>" in html(response)
    assert "<li>What is it for?</li>" in html(response)
    everywhere = SAID | {"category": "core", "reading": "headings with ###"}
    shown = editor.post(address, chosen(response, **everywhere), follow=True)
    assert "New: PY-BEG-001 What is it for?" in html(shown)


def test_long_titles_are_counted_and_cut(editor: Client, bank: Bank) -> None:
    title = "What is printed? " + "x = 1; " * 40
    response = upload(editor, ROW | {"title": title})
    assert "1 title is too long, or has several lines." in html(response)

    confirm(editor, preview(editor, ROW | {"title": title}))

    question = Question.objects.get()
    assert question.title == "What is printed?"
    assert question.answer == f"{title.strip()}\n\n*Mutable.*"


def test_what_is_like_a_question_that_is_there_is_told(editor: Client, bank: Bank) -> None:
    bank.add("PY-BEG-009", title="What is a list, and when is it used?")

    page = html(preview(editor, ROW | {"title": "What is a list and when is it used?"}))

    assert "Like PY-BEG-009 What is a list, and when is it used? (1" in page


def test_same_titles_without_codes_are_passed_over(editor: Client, bank: Bank) -> None:
    bank.add("PY-BEG-009", title="What is a set?", answer="Another answer.")
    choices = SAID | {"column_2": "category", "unknown": "create"}

    page = html(shown := preview(editor, content=json.dumps(FOREIGN).encode(), choices=choices))

    assert "1 new, 0 changed, 0 unchanged, 1 passed over" in page
    assert "Passed over, the hub has one of this title: PY-BEG-009 What is a set?" in page
    confirm(editor, shown)
    assert Question.objects.get(code="PY-BEG-009").answer == "Another answer."


def test_images_that_are_left_out_are_told(editor: Client, bank: Bank) -> None:
    answer = "![a](https://example.org/a.png) <script>alert(1)</script>"

    page = html(preview(editor, ROW | {"answer": answer}))

    assert "is elsewhere and is not fetched" in page
    assert "&lt;script&gt; is shown as text." in page


@pytest.mark.parametrize("name", samples.NAMES)
def test_samples_can_be_taken_away_and_brought_in(editor: Client, bank: Bank, name: str) -> None:
    content = whole(editor.get(f"{IMPORT}samples/{name}"))
    said = {"technology": "python", "level": "beginner", "category": "core", "difficulty": "3"}

    page = confirm(editor, preview(editor, name=name, content=content, choices=said | {"unknown": "create"}))

    assert "Imported: 1 new" in page or "Imported: 2 new" in page
    assert "What is a list?" in set(Question.objects.values_list("title", flat=True))


def test_unknown_sample_is_not_found(editor: Client) -> None:
    assert editor.get(f"{IMPORT}samples/secret.csv").status_code == 404


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
    page = confirm(reviewer, preview(reviewer, COMPLETE | {"status": "published"}))

    assert "Imported: 1 new, 0 changed, 0 unchanged." in page
    assert str(Question.objects.get().workflow_steps.get()) == "Published by rita"


def test_reviewer_does_not_publish_by_import_what_lacks_something(reviewer: Client, bank: Bank) -> None:
    page = html(preview(reviewer, COMPLETE | {"status": "published", "references": "<!-- none -->"}))

    assert "It cannot be published yet. It names no references." in page


def test_reviewer_publishes_a_bank_of_answers_where_they_are_enough(
    reviewer: Client, bank: Bank, settings: LazySettings
) -> None:
    settings.PUBLISH_NEEDS = "answer"
    rows = [{"question": "What is a list?", "answer": "A sequence."}, {"question": "What is a set?", "answer": ""}]
    everywhere = SAID | {"category": "core", "status": "published"}

    page = html(preview(reviewer, content=json.dumps(rows).encode(), choices=everywhere))
    assert "Only a draft may be without an answer." in page

    confirm(reviewer, preview(reviewer, content=json.dumps(rows[:1] * 2).encode(), choices=everywhere))
    assert list(Question.objects.values_list("status", flat=True)) == ["published"] * 2


def test_published_question_may_lose_something_by_import_as_on_its_page(reviewer: Client, bank: Bank) -> None:
    bank.add_complete("PY-BEG-001")

    page = confirm(reviewer, preview(reviewer, {"code": "PY-BEG-001", "references": ""}))

    assert "Imported: 0 new, 1 changed, 0 unchanged." in page
    assert not WorkflowStep.objects.exists()


def test_every_new_status_is_logged(reviewer: Client, bank: Bank) -> None:
    question = bank.add_complete("PY-BEG-001", status="in_review")

    confirm(reviewer, preview(reviewer, {"code": "PY-BEG-001", "status": "archived"}))

    entry = question.workflow_steps.get()
    assert (str(entry), entry.comment) == ("Archived by rita", "Imported")


# Exports.


@pytest.mark.parametrize("ending", [it.ending.removeprefix(".") for it in FORMATS if it.export])
def test_export_can_be_imported_again(editor: Client, bank: Bank, ending: str) -> None:
    bank.add()
    bank.add("PY-BEG-002", status="draft")

    response = editor.post(EXPORT, {"format": ending})

    assert response["Content-Disposition"] == f'attachment; filename="questions.{ending}"'
    page = html(preview(editor, name=f"questions.{ending}", content=whole(response)))
    assert "0 new, 0 changed, 2 unchanged" in page


def test_unknown_format_is_told(editor: Client) -> None:
    assert "Select a valid choice." in html(editor.post(EXPORT, {"format": "docx"}))


def test_bank_that_is_too_large_is_left_to_the_command(
    editor: Client, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank.add()
    monkeypatch.setattr(import_export, "LARGEST_EXPORT", 0)

    assert "manage.py export_questions" in html(editor.post(EXPORT, {"format": "csv"}))
