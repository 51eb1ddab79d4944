"""A backup becomes a hub again: in an empty data folder or database, on either database, from this version or older."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from hub.operations import tables
from hub.operations.archive import Manifest, digest_of, file_name, lines_of, opened
from hub.operations.backup import database_at, uploaded
from hub.operations.errors import OperationError
from hub.operations.serving import keep_out
from hub.operations.tables import Node, Say

# Raised where tables, rows or files are missing or malformed: somebody has made or changed the backup by hand.
UNLIKE_THE_MANIFEST = (KeyError, TypeError, ValueError, ValidationError)


def restore(path: Path, say: Say, replace: bool = False) -> Manifest:
    """Read a backup into the database that is configured; where anything fails, that stays as it was.

    Raises OperationError for a backup that is not whole, and unless what is there may be replaced.
    """
    archive, manifest = opened(path)
    with archive:
        _refuse_unknown(manifest.migrations, manifest.version)
        if not replace and connection.introspection.table_names():
            raise OperationError("The database is not empty. --replace puts the backup in its place.")
        with _new_database():
            try:
                _fill(archive, manifest, say)
            except UNLIKE_THE_MANIFEST as error:
                raise OperationError(f"{path} does not hold what its manifest says: {error!r}.") from None
            _check_at_once()
            call_command("migrate", verbosity=0, interactive=False)
    return manifest


def _refuse_unknown(nodes: list[Node], version: str) -> None:
    known = MigrationLoader(None).graph.nodes
    if unknown := [f"{app}.{name}" for app, name in nodes if (app, name) not in known]:
        raise OperationError(f"It is of a newer hub, {version}, whose {', '.join(unknown)} this one does not know.")


@contextmanager
def _new_database() -> Iterator[None]:
    """An empty database that takes the place of what is there when all has gone well."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            _drop_tables()
            yield
        return
    keep_out(settings.ENVIRONMENT.data_dir)  # Its workers would go on writing into the replaced file.
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(f"{place.name}.restoring")
    _remove(draft)
    try:
        with database_at(draft):
            yield
        draft.chmod(0o600)
        _move_away(place)
        draft.replace(place)
    finally:
        _remove(draft)


def _move_away(path: Path) -> None:
    """Keep the database that is replaced under another name, unless it is the empty file that connecting creates."""
    if path.exists() and path.stat().st_size:
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode = DELETE")  # Moves what is in the write-ahead log into the file.
        path.replace(path.with_name(f"{path.name}.replaced"))
    _remove(path)


def _remove(path: Path) -> None:
    """Remove a SQLite database with its journals, which would spoil the next one."""
    path.unlink(missing_ok=True)
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)


def _check_at_once() -> None:
    """Check foreign keys now, not at the end of the transaction: PostgreSQL alters no table with checks pending."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _drop_tables() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


def _fill(archive: zipfile.ZipFile, manifest: Manifest, say: Say) -> None:
    """Make the tables as they were, load them, and compare every row and file with the manifest."""
    MigrationExecutor(connection).migrate(manifest.migrations)
    every = tables.models(manifest.migrations)
    models = tables.kept(every)
    with transaction.atomic():
        tables.clear(every)
        for model in models:
            label = model._meta.label
            tables.load(model, tables.with_progress(lines_of(archive, label), label, say))
        tables.finish(models)
    for model in models:
        _compare(model, manifest)
        for storage, name in uploaded(model):
            if name not in manifest.files:
                say(f"The file {name} was missing when this backup was made.")
                continue
            with archive.open(file_name(name)) as file:
                if digest_of(file) != manifest.files[name]:
                    raise OperationError(f"The file {name} is not what was saved.")
            if not storage.exists(name):
                with archive.open(file_name(name)) as file:
                    storage.save(name, File(file))


def _compare(model: type[Model], manifest: Manifest) -> None:
    label = model._meta.label
    found, wanted = tables.tally(tables.lines(model)), manifest.tables[label]
    if found != wanted:
        raise OperationError(f"{label} has {found.rows:,} rows, not the {wanted.rows:,} that were saved, or others.")
