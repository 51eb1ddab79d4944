"""Images go out with questions and come back with them; what is elsewhere is named and never fetched."""

import json
import time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from hub import image_storage
from questions.encoding import encode
from questions.exchange.images import Incoming
from questions.models import FollowUp, Image, Question
from questions.text.images import as_text
from tests.conftest import Bank
from tests.questions.editorial.test_import_export import confirm, html, preview
from tests.questions.pictures import kept, picture

pytestmark = pytest.mark.django_db

FILE = """---
code: PY-BEG-001
title: What is a slope?
technology: python
category: core
level: beginner
difficulty: 3
status: draft
---

## Answer

{}
"""
PACKAGES = ["bank.zip", "bank"]
ALL = [*PACKAGES, "bank.json", "bank.yaml", "bank.csv"]


def imported(path: Path, *arguments: str) -> tuple[str, str]:
    """What the command says, and its notes."""
    output, notes = StringIO(), StringIO()
    call_command("import_questions", path, *arguments, stdout=output, stderr=notes)
    return output.getvalue(), notes.getvalue()


def exported(path: Path) -> Path:
    call_command("export_questions", path, stdout=StringIO())
    return path


def content(path: Path) -> dict[str, bytes]:
    """The files of a folder or a zip."""
    if path.is_dir():
        return {str(it.relative_to(path)): it.read_bytes() for it in path.rglob("*") if it.is_file()}
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(path: Path, files: dict[str, str | bytes]) -> Path:
    """A folder or a zip of these files."""
    if path.suffix:
        with ZipFile(path, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return path
    for name, data in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def forget_everything(folder: Path) -> None:
    """As in a hub that has nothing of it."""
    Question.objects.all().delete()
    Image.objects.all().delete()
    for file in folder.iterdir():
        file.unlink()


# Out and in again.


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_comes_back_byte_for_byte_into_an_empty_hub(
    bank: Bank, tmp_path: Path, image_folder: Path, name: str
) -> None:
    photo, drawing = kept("A photo", file_format="JPEG"), kept("A [drawing]", mode="LA", width=61)
    text = f"{photo.markdown} {drawing.markdown}\n\n<img src='/images/{drawing.name}'>\n\n```\n{photo.markdown}\n```"
    question = bank.add(answer=text, references=f"## Answer\n\n[{photo.markdown}](https://example.org)")
    shown_last = kept("A hill", width=62)
    FollowUp.objects.create(question=question, position=1, text="And?", answer=f"Look:\n\n{shown_last.markdown}")
    before = content(exported(tmp_path / name))
    rows = list(Image.objects.order_by("digest").values_list("digest", "file", "width", "height"))
    html = Question.objects.get().answer_html
    forget_everything(image_folder)

    _, notes = imported(tmp_path / name)

    assert notes == ""
    assert Question.objects.get().answer == text
    assert Question.objects.get().answer_html == html
    assert list(Image.objects.order_by("digest").values_list("digest", "file", "width", "height")) == rows
    assert sorted(it.alternative_text for it in Image.objects.all()) == ["A [drawing]", "A hill", "A photo"]
    assert FollowUp.objects.get().answer == f"Look:\n\n{shown_last.markdown}"
    assert set(Image.objects.shown()) == set(Image.objects.all())
    again = tmp_path / "again" / name
    again.parent.mkdir()
    assert content(exported(again)) == before
    assert f"images/{photo.name}" in before


@pytest.mark.parametrize("name", ALL)
def test_a_second_import_changes_nothing(bank: Bank, tmp_path: Path, name: str) -> None:
    question = bank.add(answer=kept().markdown, explanation=f"```\n{kept().markdown}\n```")
    FollowUp.objects.create(question=question, position=1, text="And?", answer=kept().markdown)
    exported(tmp_path / name)

    output, notes = imported(tmp_path / name)

    assert output.endswith("0 new, 0 changed, 1 unchanged.\n")
    assert notes == ""
    assert Image.objects.count() == 1


@pytest.mark.parametrize("name", ["bank.json", "bank.yaml", "bank.csv"])
def test_a_file_names_images_by_the_whole_address(
    bank: Bank, tmp_path: Path, settings: LazySettings, name: str
) -> None:
    image = kept()
    bank.add(answer=image.markdown)

    exported(tmp_path / name)

    assert f"![A slope]({settings.SITE_URL}/images/{image.name})" in (tmp_path / name).read_text("utf-8-sig")


def test_an_address_of_the_hub_from_before_it_moved_is_known(
    bank: Bank, tmp_path: Path, settings: LazySettings
) -> None:
    image = kept()
    bank.add(answer=image.markdown)
    exported(tmp_path / "bank.json")
    Question.objects.all().delete()
    settings.SITE_URL = "https://moved.example.org"

    _, notes = imported(tmp_path / "bank.json")

    assert notes == ""
    assert Question.objects.get().answer == image.markdown


def test_an_image_that_is_lost_keeps_nothing_from_going_out(bank: Bank, tmp_path: Path, image_folder: Path) -> None:
    image = kept()
    bank.add(answer=image.markdown)
    (image_folder / image.name).unlink()

    files = content(exported(tmp_path / "bank.zip"))

    assert image.markdown in files["PY/PY-BEG-001.md"].decode()
    assert not [name for name in files if name.startswith("images/")]


# What readers take away.


def test_documents_and_feeds_name_images_by_the_whole_address(
    bank: Bank, client: Client, settings: LazySettings
) -> None:
    image = kept()
    bank.add(answer=image.markdown)
    address = f"{settings.SITE_URL}/images/{image.name}"

    for path in (
        "/questions/PY-BEG-001.json",
        "/questions.json",
        "/questions/PY-BEG-001.md",
        "/questions/PY-BEG-001.opml",
    ):
        assert address in b"".join(client.get(path)).decode(), path
    for path in ("/questions.md", "/questions.csv", "/questions.opml"):
        assert address in client.get(path).getvalue().decode(), path
    assert f'&lt;img src="{address}"' in client.get("/feed.atom").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/questions/",
        "/questions/PY-BEG-001/",
        "/questions/PY-BEG-001/recall/",
        "/questions/recall/",
        "/questions/print/",
    ],
)
def test_pages_show_images(bank: Bank, client: Client, path: str) -> None:
    image = kept()
    bank.add_complete(answer=image.markdown)

    page = client.get(path).getvalue().decode()

    assert f'<img src="/images/{image.name}" alt="A slope" width="60" height="40" loading="lazy">' in page


def test_search_and_search_engines_find_what_an_image_shows(bank: Bank, client: Client) -> None:
    bank.add(answer=kept("A gigantic anaconda").markdown)

    assert b"PY-BEG-001" in client.get("/questions/?q=anaconda").content
    assert b'"text": "A gigantic anaconda"' in client.get("/questions/PY-BEG-001/").content


def test_a_package_for_anki_carries_images(bank: Bank, client: Client) -> None:
    image, lost = kept(), f"{'0' * 32}-10x10.webp"
    bank.add("PY-BEG-001", answer=f"{image.markdown} ![Lost](/images/{lost})")
    bank.add("PY-BEG-002", answer=image.markdown)

    archive = ZipFile(BytesIO(client.get("/questions.apkg").getvalue()))

    assert json.loads(archive.read("media")) == {"0": image.name}
    assert archive.read("0") == image_storage.read(image.name)
    collection = archive.read("collection.anki2")
    assert f'<img src="{image.name}" alt="A slope"'.encode() in collection
    assert f'/images/{lost}"'.encode() in collection


# What others bring.


@pytest.mark.parametrize("name", PACKAGES)
def test_files_that_texts_name_come_along(
    python: object, beginner: object, core: object, tmp_path: Path, name: str
) -> None:
    text = """![One](../img/one.png) ![Two](<two pictures/two.png> "Title") <img src="../img/one.png"> ![Three][3]
![Four](/img/four.jpg) ![Five](two%20pictures/two.png?raw=true)

[3]: ./three.gif

    ![code](../img/one.png)

```
![code](../img/one.png)
```"""
    files: dict[str, str | bytes] = {
        "python/slopes/question.md": FILE.format(text),
        "python/img/one.png": picture(61, 40),
        "python/slopes/two pictures/two.png": picture(62, 40),
        "python/slopes/three.gif": picture(63, 40, "GIF"),
        "img/four.jpg": picture(64, 40, "JPEG"),
        "img/never-named.png": picture(65, 40),
    }

    output, notes = imported(package(tmp_path / name, files))

    assert notes == ""
    assert output.endswith("1 new, 0 changed, 0 unchanged.\n")
    images = {image.width: image for image in Image.objects.all()}
    assert sorted(images) == [61, 62, 63, 64]
    assert {width: image.alternative_text for width, image in images.items()} == {
        61: "One",
        62: "Two",
        63: "Three",
        64: "Four",
    }
    answer = Question.objects.get().answer
    assert answer.count(f"/images/{images[61].name}") == 2
    assert answer.count("../img/one.png") == 2
    assert f'![Two](</images/{images[62].name}> "Title")' in answer
    assert f"[3]: /images/{images[63].name}" in answer


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("https://example.org/a.png", "The image https://example.org/a.png is elsewhere and is not fetched"),
        ("//example.org/a.png", "The image //example.org/a.png is elsewhere and is not fetched"),
        ("data:image/png;base64,AAAA", "is elsewhere and is not fetched"),
        ("file:///etc/passwd", "is elsewhere and is not fetched"),
        ("img/none.png", "The image img/none.png does not come along. It is not in the "),
        ("img/text.png", "The image img/text.png does not come along. This is not an image that can be read"),
        ("img/drawing.svg", "The image img/drawing.svg does not come along. SVG is not taken"),
        ("../outside.png", "The image ../outside.png leads out of the "),
        ("..%2Foutside.png", "leads out of the "),
        ("img/%00.png", "It is not in the "),
        (f"/images/{'0' * 32}-10x10.webp", "The hub has no image /images/"),
    ],
)
@pytest.mark.parametrize("name", PACKAGES)
def test_what_does_not_come_along_is_named_and_everything_else_comes(
    python: object, beginner: object, core: object, tmp_path: Path, name: str, source: str, sentence: str
) -> None:
    (tmp_path / "outside.png").write_bytes(picture())
    files: dict[str, str | bytes] = {
        "question.md": FILE.format(f"![A picture]({source})"),
        "img/text.png": "no image",
        "img/drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }

    output, notes = imported(package(tmp_path / name, files))

    assert notes.startswith("! question.md: answer: ")
    assert sentence in notes
    assert output.endswith("1 new, 0 changed, 0 unchanged.\n")
    assert Question.objects.get().answer == f"![A picture]({source})"
    assert "A picture" in as_text(Question.objects.get().answer_html)
    assert not Image.objects.exists()


def test_a_link_in_a_folder_is_not_followed(python: object, beginner: object, core: object, tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(picture())
    folder = package(tmp_path / "bank", {"question.md": FILE.format("![x](a.png) ![y](elsewhere/outside.png)")})
    (folder / "a.png").symlink_to(tmp_path / "outside.png")
    (folder / "elsewhere").symlink_to(tmp_path, target_is_directory=True)

    _, notes = imported(folder)

    assert "The image a.png does not come along. It is a link, which is not followed." in notes
    assert "The image elsewhere/outside.png does not come along. It is a link, which is not followed." in notes
    assert not Image.objects.exists()


def test_one_file_brings_the_images_beside_it(python: object, beginner: object, core: object, tmp_path: Path) -> None:
    package(tmp_path, {"question.md": FILE.format("![x](img/a.png)"), "img/a.png": picture()})

    _, notes = imported(tmp_path / "question.md")

    assert notes == ""
    assert Question.objects.get().answer == f"![x](/images/{Image.objects.get().name})"


def test_one_file_of_an_export_knows_the_images_of_the_hub(bank: Bank, tmp_path: Path) -> None:
    bank.add(answer=kept().markdown)
    exported(tmp_path / "bank")

    output, notes = imported(tmp_path / "bank" / "PY" / "PY-BEG-001.md")

    assert notes == ""
    assert output == "0 new, 0 changed, 1 unchanged.\n"


@pytest.mark.one_database
@pytest.mark.parametrize("sign", ["![a](", "../", "![a](b.png)", "https://a", "<img src=", "[a]: ", "![a](../images/"])
def test_any_text_is_read_in_a_time_that_its_length_allows(db: None, sign: str) -> None:
    begin = time.process_time()

    with Incoming(None, None) as images:
        images.taken_in(sign * (50_000 // len(sign)), "question.md")

    assert time.process_time() - begin < 5


def test_many_images_come_in_no_time(python: object, beginner: object, core: object, tmp_path: Path) -> None:
    data = picture()
    files: dict[str, str | bytes] = {f"{number}.png": data for number in range(500)}
    text = "\n".join(f"![x]({number}.png)" for number in range(500))
    begin = time.process_time()

    imported(package(tmp_path / "bank.zip", files | {"question.md": FILE.format(text)}))

    assert Question.objects.get().answer == "\n".join([f"![x](/images/{Image.objects.get().name})"] * 500)
    assert time.process_time() - begin < 20


def test_a_link_in_a_zip_is_refused_as_ever(tmp_path: Path, db: None) -> None:
    link = ZipInfo("a.png")
    link.external_attr = 0o120777 << 16
    with ZipFile(tmp_path / "bank.zip", "w") as archive:
        archive.writestr("question.md", FILE.format("![x](a.png)"))
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(Exception, match=r"a\.png in the zip is a link, which is not followed"):
        imported(tmp_path / "bank.zip")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_dry_run_keeps_nothing(
    python: object, beginner: object, core: object, tmp_path: Path, image_folder: Path, name: str
) -> None:
    files: dict[str, str | bytes] = {"question.md": FILE.format("![x](a.png)"), "a.png": picture()}

    output, _ = imported(package(tmp_path / name, files), "--dry-run")

    assert "1 new" in output
    assert not image_folder.exists()
    assert not Image.objects.exists()


def test_a_bad_row_keeps_images_out_too(
    python: object, beginner: object, core: object, tmp_path: Path, image_folder: Path
) -> None:
    files: dict[str, str | bytes] = {
        "question.md": FILE.format("![x](a.png)").replace("difficulty: 3", "difficulty: 30"),
        "a.png": picture(),
    }

    with pytest.raises(Exception, match="difficulty"):
        imported(package(tmp_path / "bank.zip", files))

    assert not image_folder.exists()
    assert not Image.objects.exists()


def test_a_picture_under_a_name_of_the_hub_is_encoded_if_it_is_another(
    python: object, beginner: object, core: object, tmp_path: Path
) -> None:
    name = f"{'0' * 32}-60x40.webp"
    files: dict[str, str | bytes] = {
        "PY/question.md": FILE.format(f"![x](../images/{name})"),
        f"images/{name}": picture(60, 40, "WEBP", exif=b"Exif\0\0secret"),
    }

    imported(package(tmp_path / "bank.zip", files))

    image = Image.objects.get()
    assert image.name != name
    assert b"secret" not in image_storage.read(image.name)
    assert Question.objects.get().answer == f"![x](/images/{image.name})"


def test_an_address_from_the_top_of_a_package_is_a_file_of_it(
    python: object, beginner: object, core: object, tmp_path: Path
) -> None:
    encoded = encode(picture())
    text = f"![x](/images/{encoded.name})"
    files: dict[str, str | bytes] = {"PY/question.md": FILE.format(text), f"images/{encoded.name}": encoded.data}

    _, notes = imported(package(tmp_path / "bank.zip", files))

    assert notes == ""
    assert Question.objects.get().answer == text
    assert Image.objects.get().name == encoded.name


def test_a_missing_file_is_there_again_after_an_import(bank: Bank, tmp_path: Path, image_folder: Path) -> None:
    image = kept()
    bank.add(answer=image.markdown)
    exported(tmp_path / "bank.zip")
    (image_folder / image.name).unlink()

    imported(tmp_path / "bank.zip")

    assert (image_folder / image.name).exists()


# In the admin.


def previewed(client: Client, path: Path) -> Any:
    """What the page answers to a file that is taken as it is understood."""
    return preview(client, name=path.name, content=path.read_bytes())


def test_the_page_says_what_is_left_out_before_anything_is_written(bank: Bank, writer: Client, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "question.md": FILE.format("![x](a.png) ![y](https://example.org/y.png)"),
        "a.png": picture(),
    }

    response = previewed(writer, package(tmp_path / "bank.zip", files))

    assert "The image https://example.org/y.png is elsewhere and is not fetched" in html(response)
    assert not Image.objects.exists()
    assert "Imported: 1 new" in confirm(writer, response)
    assert Image.objects.get().uploaded_by.get_username() == "wanda"  # type: ignore[union-attr]


def test_who_may_not_add_images_imports_without_them(bank: Bank, writer: Client, tmp_path: Path) -> None:
    editors = Group.objects.get(name="Editors")
    editors.permissions.remove(*editors.permissions.filter(codename="add_image"))
    files: dict[str, str | bytes] = {"question.md": FILE.format("![x](a.png)"), "a.png": picture()}

    response = previewed(writer, package(tmp_path / "bank.zip", files))

    assert "You may not add images;" in html(response)
