"""Images on the editors' desk."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from questions.limits import IMAGE
from questions.models import Image
from tests.conftest import Bank
from tests.questions.pictures import animation, kept, picture

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/questions/image/upload/"
ADD = "/admin/questions/image/add/"
LIST = "/admin/questions/image/"


def form(data: bytes = b"", name: str = "a.png", said: str = "A slope") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data or picture()), "alternative_text": said}


# From the editor.


def test_the_editor_gets_markdown_for_its_image(writer: Client) -> None:
    answer = writer.post(UPLOAD, form(said="A [steep] slope")).json()

    image = Image.objects.get()
    assert answer == {"markdown": f"![A \\[steep\\] slope](/images/{image.name})", "note": ""}
    assert (image.width, image.height, image.alternative_text) == (60, 40, "A [steep] slope")
    assert image.uploaded_by == User.objects.get(username="wanda")
    assert writer.get(f"/images/{image.name}").status_code == 200


def test_the_same_image_again_is_the_same_and_said_anew(writer: Client) -> None:
    writer.post(UPLOAD, form())
    answer = writer.post(UPLOAD, form(said="A hill")).json()

    image = Image.objects.get()
    assert image.alternative_text == "A slope"
    assert answer["markdown"] == f"![A hill](/images/{image.name})"


def test_an_animation_is_taken_with_a_sentence(writer: Client) -> None:
    answer = writer.post(UPLOAD, form(animation("GIF"))).json()

    assert answer["note"] == "Only the first picture of the animation is kept."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (form(b"no image"), "This is not an image that can be read; PNG, JPEG, WebP, GIF and AVIF are taken."),
        (form(b"<svg/>", "a.svg"), "SVG is not taken"),
        (form(b"\0\0\0\x18ftypheic" + bytes(30), "a.heic"), "HEIC is not taken"),
        (form(picture()[:90]), "The image is damaged or incomplete."),
        (form(bytes(IMAGE + 1)), "The file has 10.0 MB; 10 MB fit."),
        (form(said=" "), "This field is required."),
        (form(said="x" * 501), "Ensure this value has at most 500 characters"),
        ({"alternative_text": "A slope"}, "This field is required."),
        ({"file": "text", "alternative_text": "A slope"}, "This field is required."),
    ],
)
def test_what_is_not_taken_is_a_sentence(writer: Client, sent: dict[str, object], sentence: str) -> None:
    for value in sent.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)

    response = writer.post(UPLOAD, sent)

    assert response.status_code == 200
    assert response.json()["refused"].startswith(sentence)
    assert not Image.objects.exists()


def test_a_storage_that_fails_is_a_sentence(writer: Client, settings: LazySettings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = {"BACKEND": "hub.image_storage.ImageFolder", "OPTIONS": {"location": tmp_path / "file"}}
    settings.STORAGES = settings.STORAGES | {"images": folder}

    answer = writer.post(UPLOAD, form()).json()

    assert answer["refused"].startswith("The image cannot be kept now: ")
    assert "The image cannot be kept now: " in writer.post(ADD, form()).content.decode()


def test_a_name_is_not_what_is_believed(writer: Client) -> None:
    assert "markdown" in writer.post(UPLOAD, form(picture(file_format="JPEG"), "page.html")).json()
    assert Image.objects.get().name.endswith(".webp")


def test_uploading_needs_a_token(groups: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("root"))

    assert client.post(UPLOAD, form()).status_code == 403


def test_uploading_is_no_reading(writer: Client) -> None:
    assert writer.get(UPLOAD).status_code == 405


def test_the_editor_knows_where_to_send_images(editor: Client) -> None:
    page = editor.get("/admin/questions/question/add/").content.decode()

    assert page.count(f'data-upload="{UPLOAD}"') == 6
    assert f'data-largest-image="{IMAGE}"' in page


# Without scripts.


def test_a_form_takes_an_image_and_gives_markdown_to_copy(writer: Client) -> None:
    page = writer.post(ADD, form(), follow=True).content.decode()

    image = Image.objects.get()
    assert "Copy its Markdown into the text that is to show it." in page
    assert f'<code class="image-markdown">![A slope](/images/{image.name})</code>' in page
    assert image.uploaded_by == User.objects.get(username="wanda")


def test_a_form_that_is_not_taken_says_why(writer: Client) -> None:
    page = writer.post(ADD, form(b"no image")).content.decode()

    assert "This is not an image that can be read" in page
    assert "A slope" in page


def test_an_image_that_is_there_leads_to_it(writer: Client) -> None:
    image = kept()

    response = writer.post(ADD, form())

    assert response["Location"] == f"/admin/questions/image/{image.pk}/change/"
    assert Image.objects.get().alternative_text == "A slope"


def test_what_an_image_shows_can_be_said_anew(writer: Client) -> None:
    image = kept()

    writer.post(f"/admin/questions/image/{image.pk}/change/", {"alternative_text": "A hill"})

    image.refresh_from_db()
    assert image.alternative_text == "A hill"
    assert image.name


def test_a_page_says_which_questions_show_an_image(bank: Bank, editor: Client) -> None:
    image, unused, old = kept(), kept(width=61), kept(width=62)
    bank.add("PY-BEG-001", title="What is a slope?", answer=image.markdown)
    question = bank.add("PY-BEG-002", answer=old.markdown)
    question.answer = "Words."
    question.save()

    def page(image: Image) -> str:
        return editor.get(f"/admin/questions/image/{image.pk}/change/").content.decode()

    assert "PY-BEG-001 What is a slope?</a>" in page(image)
    assert "No question" in page(unused)
    assert "Only earlier versions of questions" in page(old)


# The list.


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("", {"Shown", "Old", "Unused", "Missing"}),
        ("shown", {"Shown"}),
        ("history", {"Old"}),
        ("unused", {"Unused", "Missing"}),
        ("missing", {"Missing"}),
        ("nonsense", {"Shown", "Old", "Unused", "Missing"}),
    ],
)
def test_the_list_tells_unused_images_from_others(
    bank: Bank, editor: Client, image_folder: Path, use: str, expected: set[str]
) -> None:
    shown, old, _, missing = (kept(name, width=60 + n) for n, name in enumerate(["Shown", "Old", "Unused", "Missing"]))
    bank.add("PY-BEG-001", answer=shown.markdown)
    question = bank.add("PY-BEG-002", answer=old.markdown)
    question.answer = "Words."
    question.save()
    (image_folder / missing.name).unlink()

    page = editor.get(f"{LIST}?use={use}").content.decode()

    assert set(re.findall(r'<a href="[^"]*/change/[^"]*">(\w+)</a>', page)) == expected


def test_the_list_takes_as_many_queries_for_many_images(editor: Client, django_assert_max_num_queries: object) -> None:
    for width in range(50, 70):
        kept(width=width)

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert editor.get(LIST).status_code == 200


def test_chosen_images_go_with_their_files(
    editor: Client, image_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    image, other = kept(), kept(width=61)
    action = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        editor.post(LIST, action)

    assert Image.objects.get() == other
    assert [path.name for path in image_folder.iterdir()] == [other.name]


def test_an_image_that_a_question_shows_cannot_go(bank: Bank, editor: Client) -> None:
    image = kept()
    bank.add(answer=image.markdown)
    action = {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"}

    page = editor.post(LIST, action, follow=True).content.decode()

    assert "which a question or its history shows" in page
    assert editor.post(f"/admin/questions/image/{image.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Image.objects.get() == image
