"""Images: where they are kept, which questions show them, how they are served, and what is missing."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hub import image_storage
from questions import revisions
from questions.image_files import check_images
from questions.models import Image, ImageUse, Question
from tests.conftest import Bank
from tests.questions.pictures import kept

pytestmark = pytest.mark.django_db


def names(images: object) -> list[str]:
    return sorted(image.name for image in images)  # type: ignore[attr-defined]


def command(*arguments: str) -> str:
    output = StringIO()
    call_command("images", *arguments, stdout=output)
    return output.getvalue()


# Kept.


def test_the_same_image_is_kept_once(image_folder: Path) -> None:
    first, second = kept("A slope"), kept("Another word for it")

    assert first == second
    assert second.alternative_text == "A slope"
    assert [path.name for path in image_folder.iterdir()] == [first.name]


def test_a_file_is_readable_by_whom_the_umask_says(image_folder: Path) -> None:
    kept()

    (path,) = image_folder.iterdir()
    (image_folder / "other").touch()
    assert path.stat().st_mode == (image_folder / "other").stat().st_mode


# Served.


def test_an_image_is_served_for_ever_as_nothing_but_an_image(client: Client) -> None:
    image = kept()

    response = client.get(image.get_absolute_url())

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.content == image_storage.read(image.name)
    assert not response.cookies


def test_only_pages_from_here_may_show_what_is_no_image(client: Client) -> None:
    assert client.get("/")["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", [f"/images/{'0' * 32}-1x1.webp", "/images/", "/images/../hub.sqlite3", "/images/%2e%2e%2fsecret_key"]
)
def test_an_image_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert "immutable" not in response.get("Cache-Control", "")


def test_an_image_can_only_be_read(client: Client) -> None:
    assert client.post(kept().get_absolute_url()).status_code == 405


def test_an_image_that_cannot_be_reached_is_503(client: Client, image_folder: Path) -> None:
    image = kept()
    (image_folder / image.name).unlink()
    (image_folder / image.name).mkdir()  # Which is no file to open, for root either.

    response = client.get(image.get_absolute_url())

    assert response.status_code == 503
    assert response["Retry-After"] == "60"


# Shown.


def test_a_saved_question_shows_its_images(bank: Bank) -> None:
    image, other = kept(), kept(width=61)
    question = bank.add(answer=image.markdown, references=f"- {other.markdown}")

    assert set(question.image_uses.values_list("name", "is_current")) == {(image.name, True), (other.name, True)}
    assert names(Image.objects.shown()) == sorted([image.name, other.name])


def test_an_image_that_an_earlier_version_shows_is_not_unused(bank: Bank) -> None:
    image = kept()
    question = bank.add(answer=image.markdown)
    question.answer = "Words."
    question.save()

    assert not Image.objects.shown()
    assert not Image.objects.unused()
    assert names(Image.objects.in_history_only()) == [image.name]

    revisions.restore(revisions.of(question.pk).last())

    assert names(Image.objects.shown()) == [image.name]


def test_an_image_of_a_deleted_question_waits_for_it_to_come_back(bank: Bank) -> None:
    image = kept()
    question = bank.add(answer=image.markdown)
    question.delete()

    assert not Image.objects.shown()
    assert not Image.objects.unused()

    revisions.restore(revisions.deletions().get())

    assert names(Image.objects.shown()) == [image.name]


def test_an_image_in_code_is_not_shown(bank: Bank) -> None:
    image = kept()
    bank.add(answer=f"`{image.markdown}`")

    assert names(Image.objects.unused()) == [image.name]


def test_questions_that_are_loaded_show_their_images(bank: Bank, tmp_path: Path) -> None:
    image = kept()
    bank.add(answer=image.markdown)
    fixture = tmp_path / "questions.json"
    call_command("dumpdata", "questions.question", "--natural-primary", "--natural-foreign", output=str(fixture))
    Question.objects.all().delete()
    ImageUse.objects.all().delete()

    call_command("loaddata", str(fixture), verbosity=0)

    assert names(Image.objects.shown()) == [image.name]


def test_rendering_again_notes_what_is_shown(bank: Bank) -> None:
    image = kept()
    question = bank.add()
    Question.objects.filter(pk=question.pk).update(answer=image.markdown)

    call_command("render_questions", stdout=StringIO())

    assert names(Image.objects.shown()) == [image.name]


def test_a_save_without_images_asks_once_more(bank: Bank, django_assert_num_queries: object) -> None:
    question = bank.add()

    with django_assert_num_queries(1):  # type: ignore[operator]
        ImageUse.objects.note([question])


# The command.


def test_unused_images_are_listed_and_deleted_on_demand(
    bank: Bank, image_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    used, unused = kept(), kept("Never shown", width=61)
    bank.add(answer=used.markdown)

    listed = command("--unused")

    assert unused.name in listed
    assert "Never shown" in listed
    assert listed.endswith("1 unused.\n")
    assert Image.objects.count() == 2

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert command("--unused", "--delete").endswith("1 unused, deleted.\n")

    assert [path.name for path in image_folder.iterdir()] == [used.name]
    assert Image.objects.get() == used


def test_what_was_uploaded_just_now_can_be_left_alone() -> None:
    kept()

    assert command("--unused", "--older-than", "1") == "0 unused.\n"


def test_deleting_needs_to_be_told_what() -> None:
    with pytest.raises(CommandError, match="name both"):
        command("--delete")


def test_a_file_that_belongs_to_nothing_goes_after_a_day(image_folder: Path) -> None:
    image = kept()
    Image.objects.all().delete()
    assert command("--unused") == "0 unused.\n"
    os.utime(image_folder / image.name, (0, 0))

    assert command("--unused", "--delete") == f"{image.name}  (a file without an image)\n1 unused, deleted.\n"
    assert not list(image_folder.iterdir())


# Missing.


def test_a_missing_file_is_named_with_who_shows_it(bank: Bank, image_folder: Path) -> None:
    image = kept()
    bank.add("PY-BEG-001", answer=image.markdown)
    assert check_images(None, ["default"]) == []
    (image_folder / image.name).unlink()

    (message,) = check_images(None, ["default"])

    assert message.msg == f"The image {image.name}, shown by PY-BEG-001, is missing."
    with pytest.raises(CommandError, match="shown by PY-BEG-001, is missing"):
        command()


def test_an_image_that_never_was_is_missing_too(bank: Bank) -> None:
    name = f"{'0' * 32}-10x10.webp"
    bank.add("PY-BEG-001", answer=f"![x](/images/{name})")

    (message,) = check_images(None, ["default"])

    assert message.msg == f"The image {name}, shown by PY-BEG-001, is missing."


def test_checks_without_the_database_do_not_ask_it() -> None:
    assert check_images(None, []) == []


def test_a_hub_without_images_misses_none() -> None:
    assert command() == "0 images.\n"


def test_a_damaged_file_is_whole_again_once_the_image_is_uploaded_again(image_folder: Path) -> None:
    image = kept()
    whole = (image_folder / image.name).read_bytes()
    (image_folder / image.name).write_bytes(b"half")

    assert kept() == image
    assert (image_folder / image.name).read_bytes() == whole
