"""Everything that a hub holds in one file, consistent while people write."""

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models import FileField, Model
from django.utils import timezone

from hub.operations import tables
from hub.operations.archive import MANIFEST, Manifest, digest_of, file_name, table_name
from hub.operations.errors import OperationError
from hub.operations.tables import Say, Tally
from hub.owner import name_of
from hub.version import VERSION

PREFIX, SUFFIX = "hub-", ".backup.zip"
ROOM = 32 * 2**20  # bytes that must stay free


def write(target: Path, say: Say) -> Manifest:
    """Write a backup, whole or not at all: what is unfinished has another name, and goes when writing fails.

    Raises OSError, a database error, or OperationError.
    """
    if target.exists() and not target.is_file():
        raise OperationError(f"{target} is no file, but something else that is not to be replaced. Name a file.")
    _refuse_folder(target.parent)
    _refuse_full_disk(target.parent)
    part = target.with_name(f".{target.name}.part")
    try:
        with open(part, "wb", opener=_private) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive, snapshot(target.parent):
                manifest = _filled(archive, say)
                archive.writestr(MANIFEST, manifest.to_json())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def usual_folder() -> Path:
    """Where backups are kept unless somebody names another place."""
    return Path(settings.ENVIRONMENT.data_dir / "backups")


def default_target() -> Path:
    """A new file in the usual folder, which is made, named after the time."""
    folder = usual_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    return Path(folder / f"{PREFIX}{timezone.now():%Y%m%d-%H%M%S}{SUFFIX}")


def newest() -> Path | None:
    """The newest backup in the usual folder."""
    return max(usual_folder().glob(f"{PREFIX}*{SUFFIX}"), default=None)


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups that were named after their time; return what went."""
    older = sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), reverse=True)[keep:]
    for path in older:
        path.unlink()
    return older


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _refuse_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise OperationError(f"There is no folder {folder}.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OperationError(f"{name_of(os.geteuid())} may not write to {folder}.")


def _refuse_full_disk(folder: Path) -> None:
    """A copy of a SQLite database stands beside the backup until that is written."""
    needed = ROOM
    if connection.vendor == "sqlite" and Path(connection.settings_dict["NAME"]).is_file():
        needed += 2 * Path(connection.settings_dict["NAME"]).stat().st_size
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OperationError(f"{folder} has {free >> 20:,} MB free; a backup may need {needed >> 20:,} MB.")


@contextmanager
def snapshot(folder: Path) -> Iterator[None]:
    """Let the default connection see the database as it is now, whatever others write meanwhile."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with TemporaryDirectory(dir=folder, prefix=".backup-") as name:
        copy = Path(name) / "copy.sqlite3"
        _copy_sqlite(copy)
        with database_at(copy):
            yield


def _copy_sqlite(target: Path) -> None:
    """SQLite's own way to copy a database that others write to: a plain copy of the file may be half of a change."""
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy, connection.wrap_database_errors:
        connection.connection.backup(copy)


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Let the default connection lead to another SQLite file for a while."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _filled(archive: zipfile.ZipFile, say: Say) -> Manifest:
    nodes = tables.applied()
    kept = tables.kept(tables.models(nodes))
    tallies = {model._meta.label: _write_table(archive, model, say) for model in kept}
    files = {}
    for model in kept:
        for storage, name in uploaded(model):
            try:
                files[name] = _write_file(archive, storage, name)
            except FileNotFoundError:  # All the rest is worth saving.
                say(f"The file {name} is missing: the backup is without it. `manage.py check_hub` says who shows it.")
    if files:
        say(f"{len(files):,} files")
    return Manifest(
        version=VERSION,
        made_at=timezone.now().isoformat(),
        database=f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}",
        site_url=settings.SITE_URL,
        migrations=nodes,
        tables=tallies,
        files=files,
    )


def _write_table(archive: zipfile.ZipFile, model: type[Model], say: Say) -> Tally:
    total = Tally()
    with archive.open(table_name(model._meta.label), "w", force_zip64=True) as file:
        for line in tables.with_progress(tables.lines(model), model._meta.label, say):
            file.write(line + b"\n")
            total = total.with_line(line)
    return total


def uploaded(model: type[Model]) -> Iterator[tuple[Storage, str]]:
    """The files that the rows of a model name, each with where it is kept."""
    for field in model._meta.concrete_fields:
        if isinstance(field, FileField):
            for name in model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                yield field.storage, name


def _write_file(archive: zipfile.ZipFile, storage: Storage, name: str) -> str:
    """Copy an uploaded file into the archive; return its SHA-256."""
    with storage.open(name) as source, archive.open(file_name(name), "w", force_zip64=True) as file:
        return digest_of(source, file)
