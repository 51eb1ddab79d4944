"""A backup as a file: a zip of tables, files and a manifest that says what they must be."""

import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from hub.operations.errors import OperationError
from hub.operations.tables import Node, Tally
from hub.zips import DAMAGED

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 2**20  # bytes


class Manifest(NamedTuple):
    """What a backup is: of which hub, in which state, and what must be in it."""

    version: str  # of the hub
    made_at: str
    database: str  # such as `sqlite 3.40.1`
    site_url: str
    migrations: list[Node]
    tables: dict[str, Tally]
    files: dict[str, str]  # each with its SHA-256

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **self._asdict()}, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        found: dict[str, Any] = json.loads(text)
        if found.pop("format") != FORMAT:
            raise OperationError("It was written by a newer hub, in a form that this one cannot read.")
        tables = {label: Tally(*tally) for label, tally in found.pop("tables").items()}
        migrations = [(app, name) for app, name in found.pop("migrations")]
        return cls(**found, tables=tables, migrations=migrations)


def table_name(label: str) -> str:
    """Where the rows of a model stand."""
    return f"tables/{label}.jsonl"


def file_name(name: str) -> str:
    """Where an uploaded file stands."""
    return f"files/{name}"


def opened(path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    """A backup to read, every byte of which is as it was written; raises OperationError."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise OperationError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        archive = zipfile.ZipFile(path)
        manifest = Manifest.from_json(archive.read(MANIFEST))
        broken = archive.testzip()
    except DAMAGED as error:
        raise OperationError(f"{path} is not a backup of a hub, or not whole: {error}.") from None
    except (AttributeError, KeyError, TypeError):
        raise OperationError(f"{path} is not a backup of a hub: its manifest is missing, or another's.") from None
    if broken:
        raise OperationError(f"{path} is damaged: {broken} is not what was written.")
    return archive, manifest


def lines_of(archive: zipfile.ZipFile, label: str) -> Iterator[bytes]:
    """The lines of a table."""
    with archive.open(table_name(label)) as file:
        for line in file:
            yield line.removesuffix(b"\n")


def digest_of(file: IO[bytes], copy: IO[bytes] | None = None) -> str:
    """The SHA-256 of a file, which is copied on the way if there is somewhere to copy it to."""
    digest = sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        if copy:
            copy.write(chunk)
    return digest.hexdigest()
