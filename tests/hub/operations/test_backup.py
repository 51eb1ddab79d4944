"""A backup is the whole hub in one file, and the hub again wherever it is restored."""

import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hub.environment import BASE_DIR
from hub.operations import backup
from hub.operations.archive import MANIFEST, Manifest
from hub.operations.errors import OperationError
from hub.operations.serving import join
from tests.databases import first_on_both
from tests.hub.operations.conftest import Hub, MakeHub

pytestmark = pytest.mark.slow

TITLES = "list(Question.objects.values_list('title', 'answer_html'))"


def manifest(path: Path) -> Manifest:
    with zipfile.ZipFile(path) as archive:
        return Manifest.from_json(archive.read(MANIFEST))


def test_hub_that_is_restored_into_an_empty_one_has_every_row_and_searches(hub: Hub, make_hub: MakeHub) -> None:
    saved = hub.backup()
    other = make_hub()

    said = other.do("restore", saved)

    assert "are as they were when saved" in said
    assert manifest(other.backup()).tables == manifest(saved).tables
    assert other.ask(TITLES) == hub.ask(TITLES)
    assert other.ask("SearchDocument.objects.count()") == "1"
    assert other.ask("Category.objects.create(name='New', slug='new', position=2).pk > 1") == "True"
    other.do("check", "--database", "default", "--fail-level", "WARNING")


@pytest.mark.one_database
def test_backup_is_private_and_has_no_secret(hub: Hub) -> None:
    saved = hub.backup()

    assert saved.stat().st_mode & 0o777 == 0o600
    secret = (hub.data_dir / "secret_key").read_bytes()
    with zipfile.ZipFile(saved) as archive:
        assert not any(secret in archive.read(name) for name in archive.namelist())


@pytest.mark.one_database
def test_folder_that_is_missing_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match=r"There is no folder .+/none"):
        backup.write(tmp_path / "none" / "hub.backup.zip", print)


@pytest.mark.one_database
def test_only_the_newest_are_kept_where_that_is_asked_for(hub: Hub) -> None:
    folder = hub.data_dir / "backups"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"hub-2026010{day}-000000.backup.zip").touch()
    (folder / "mine.zip").touch()

    hub.do("backup", "--keep", "2")

    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "hub-20260103-000000.backup.zip"
    assert (len(names), names[-1]) == (3, "mine.zip")


def test_what_is_there_is_replaced_only_where_that_is_asked_for(hub: Hub) -> None:
    saved = hub.backup()
    hub.ask("Question.objects.update(title='Changed since')")

    refused = hub.try_to("restore", saved)
    assert (refused.returncode, hub.ask(TITLES)[:9]) == (1, "[('Change")
    assert "The database is not empty" in refused.stderr

    hub.do("restore", saved, "--replace")
    assert "What is 日本語?" in hub.ask(TITLES)


@pytest.mark.one_database
def test_database_of_a_hub_that_runs_is_not_replaced_on_sqlite(hub: Hub) -> None:
    saved = hub.backup()
    serving = join(hub.data_dir)
    try:
        refused = hub.try_to("restore", saved, "--replace")
    finally:
        os.close(serving)

    assert refused.returncode == 1
    assert f"A hub runs with the data in {hub.data_dir}" in refused.stderr
    hub.do("restore", saved, "--replace")


@pytest.mark.parametrize("damage", first_on_both(["changed", "cut", "no zip"]))
def test_damaged_backup_is_refused_and_nothing_is_touched(hub: Hub, damage: str) -> None:
    saved = hub.backup()
    content = saved.read_bytes()
    with zipfile.ZipFile(saved) as archive:
        middle = archive.getinfo("tables/questions.Question.jsonl").header_offset + 100  # among what is packed
    damaged = {
        "cut": content[:middle],
        "changed": content[:middle]
        + bytes(255 - byte for byte in content[middle : middle + 9])
        + content[middle + 9 :],
        "no zip": b"SQLite format 3\0",
    }
    saved.write_bytes(damaged[damage])

    refused = hub.try_to("restore", saved, "--replace")

    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert refused.stderr.startswith("CommandError: Nothing was restored: ")
    assert "What is 日本語?" in hub.ask(TITLES)


def test_rows_that_are_not_those_of_the_manifest_are_refused(hub: Hub, make_hub: MakeHub) -> None:
    saved, forged = hub.backup(), hub.data_dir / "forged.zip"
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(forged, "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"And then?", b"And thus?"))
    empty = make_hub()

    refused = empty.try_to("restore", forged)

    assert "questions.FollowUp has 1 rows" in refused.stderr
    assert empty.try_to("restore", saved).returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("manifest.json", None, "its manifest is missing, or another's."),
        ("manifest.json", b"[]", "its manifest is missing, or another's."),
        ("tables/questions.Category.jsonl", None, "does not hold what its manifest says: KeyError("),
        ("tables/questions.Category.jsonl", b"[1]\n", "does not hold what its manifest says: ValueError("),
        ("tables/questions.Category.jsonl", b"no JSON\n", "does not hold what its manifest says: JSONDecodeError("),
    ],
)
def test_file_that_somebody_has_made_or_changed_is_refused_in_a_sentence(
    name: str, content: bytes | None, sentence: str, hub: Hub, make_hub: MakeHub
) -> None:
    saved, forged = hub.backup(), hub.data_dir / "forged.zip"
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(forged, "w") as other:
        for member in archive.namelist():
            if member != name:
                other.writestr(member, archive.read(member))
        if content is not None:
            other.writestr(name, content)

    refused = make_hub().try_to("restore", forged)

    assert refused.returncode == 1
    assert sentence in refused.stderr.splitlines()[-1]
    assert "Traceback" not in refused.stderr


def test_folder_in_place_of_a_file_is_refused(hub: Hub) -> None:
    refused = hub.try_to("backup", hub.data_dir)

    assert f"{hub.data_dir} is no file" in refused.stderr
    assert hub.data_dir.is_dir()


def test_image_that_is_missing_keeps_nothing_else_from_being_saved(hub: Hub, make_hub: MakeHub) -> None:
    hub.do("shell", "--no-imports", "-c", LOST_IMAGE)

    said = hub.do("backup", target := hub.data_dir / "saved.backup.zip")
    restored = make_hub()
    told = restored.do("restore", target)

    assert "The file lost.webp is missing: the backup is without it." in said
    assert "The file lost.webp was missing when this backup was made." in told
    assert "What is 日本語?" in restored.ask(TITLES)


LOST_IMAGE = (
    "from questions.models import Image;"
    "Image.objects.create(file='lost.webp', alternative_text='Lost', width=1, height=1, digest='0' * 32)"
)


@pytest.mark.one_database
def test_missing_file_is_a_sentence(hub: Hub) -> None:
    refused = hub.try_to("restore", hub.data_dir / "none.zip")

    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert "none.zip cannot be read: No such file or directory." in refused.stderr


@pytest.mark.one_database
def test_backup_of_a_newer_hub_is_refused_by_name(hub: Hub, make_hub: MakeHub) -> None:
    saved, newer = hub.backup(), hub.data_dir / "newer.zip"
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(newer, "w") as other:
        for name in archive.namelist():
            other.writestr(
                name, archive.read(name).replace(b'"migrations": [', b'"migrations": [["questions", "9999_x"],')
            )

    assert "questions.9999_x this one does not know" in make_hub().try_to("restore", newer).stderr


def test_backup_of_an_older_hub_is_migrated(hub: Hub, make_hub: MakeHub) -> None:
    hub.do("migrate", "questions", "0016", "-v0")
    saved = hub.backup()
    assert ("questions", "0016_has_code") in manifest(saved).migrations
    other = make_hub()

    other.do("restore", saved)

    assert "What is 日本語?" in other.ask(TITLES)
    other.do("migrate", "--check")


@pytest.mark.one_database
def test_full_disk_is_told_and_leaves_no_half_of_a_backup(hub: Hub) -> None:
    most = 4_000  # bytes, less than any backup

    done = subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", "backup"],
        env={"HUB_DATA_DIR": str(hub.data_dir)} | hub.database,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        text=True,
        capture_output=True,
        timeout=60,
    )

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stderr.startswith("CommandError: No backup was written: ")
    assert list((hub.data_dir / "backups").iterdir()) == []


def test_database_is_copied_into_another_of_either_kind(hub: Hub, make_hub: MakeHub, tmp_path: Path) -> None:
    there = tmp_path / "there.sqlite3"
    hub.do("copy_database", f"sqlite:///{there}")
    other = Hub(hub.data_dir, {"DATABASE_URL": f"sqlite:///{there}"})
    assert other.ask(TITLES) == hub.ask(TITLES)

    back = make_hub()
    other.do("copy_database", back.database.get("DATABASE_URL", f"sqlite:///{back.data_dir}/hub.sqlite3"))

    assert manifest(back.backup()).tables == manifest(hub.backup()).tables


def test_copy_never_goes_over_data(hub: Hub) -> None:
    url = hub.database.get("DATABASE_URL", f"sqlite:///{hub.data_dir}/hub.sqlite3")

    refused = hub.try_to("copy_database", url)

    assert (refused.returncode, "The database is not empty" in refused.stderr) == (1, True)
