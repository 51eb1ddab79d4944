"""Questions as a zip of a folder of Markdown, which nobody has to unpack."""

import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from questions import limits
from questions.exchange import folders, images
from questions.exchange.format import Format
from questions.exchange.formats import markdown, yaml
from questions.exchange.loading import taxonomies
from questions.exchange.rows import FileError, Row, Source, decoded, refuse_above
from questions.models import Question

# What zipfile raises for a file that is no zip, or no longer one.
DAMAGED = (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)


def export(file: IO[bytes], questions: Iterable[Question]) -> None:
    """Write the questions, each into its file, with all that the editors know."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(folders.TAXONOMIES, yaml.dump(taxonomies()))
        beside = images.Beside()
        for question in questions:
            archive.writestr(markdown.file_name(question.code), beside.linked(markdown.file(question)))
        for name, data in beside.files():
            archive.writestr(f"{images.FOLDER}/{name}", data, ZIP_STORED)


def read(path: Path) -> Source:
    """The questions of a zip, file by file; nothing of it is unpacked to disk."""
    try:
        with ZipFile(path) as archive:
            every = _checked(archive)
            entries = [entry for entry in every if folders.is_wanted(PurePosixPath(entry.filename))]
            files = [entry for entry in entries if entry.filename == folders.TAXONOMIES]
            known = folders.taxonomies_of(_unpacked(archive, files[0])) if files else {}
    except DAMAGED:
        raise FileError(f"{path.name} is not a zip file, or is damaged.") from None
    rows = _rows(path, [entry for entry in entries if entry.filename.endswith(".md")])
    return Source(rows, known, ZipFiles(path, {entry.filename: entry for entry in every}))


class ZipFiles:
    """The files of a zip whose entries have been checked."""

    name = "the zip"

    def __init__(self, path: Path, entries: Mapping[str, ZipInfo]) -> None:
        self.path, self.entries = path, entries

    def read(self, path: str, limit: int) -> bytes | None:
        if path not in self.entries:
            return None
        with ZipFile(self.path) as archive:
            return _read(archive, self.entries[path], limit)


def _checked(archive: ZipFile) -> list[ZipInfo]:
    """The entries of a zip that neither leads elsewhere nor unpacks to more than it seems."""
    entries = archive.infolist()
    if len(entries) > limits.MOST_FILES:
        raise FileError(f"The zip has {len(entries):,} files; at most {limits.MOST_FILES:,} can be imported.")
    for name, number in Counter(entry.filename for entry in entries).items():
        if number > 1:
            raise FileError(f"The zip has {name} twice.")
    for entry in entries:
        _check_entry(entry)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    refuse_above(limits.UNPACKED, unpacked, "The zip, unpacked,")
    if unpacked > limits.MEGABYTE and unpacked > limits.MOST_PACKED * packed:
        raise FileError(f"The zip unpacks to more than {limits.MOST_PACKED} times its size, which texts do not.")
    return entries


def _check_entry(entry: ZipInfo) -> None:
    name = entry.filename
    if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
        raise FileError(f"The zip has a file at {name}, which leads out of it.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileError(f"{name} in the zip is a link, which is not followed.")
    if entry.flag_bits & 1:
        raise FileError(f"{name} in the zip is encrypted.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FileError(f"{name} in the zip is packed in a way that only few programs know; pack it anew.")


def _rows(path: Path, entries: list[ZipInfo]) -> Iterator[Row]:
    with ZipFile(path) as archive:
        for entry in sorted(entries, key=lambda entry: entry.filename):
            yield markdown.row(entry.filename, partial(_unpacked, archive, entry))


def _unpacked(archive: ZipFile, entry: ZipInfo) -> str:
    return decoded(_read(archive, entry, limits.MARKDOWN_FILE), entry.filename)


def _read(archive: ZipFile, entry: ZipInfo, limit: int) -> bytes:
    refuse_above(limit, entry.file_size, entry.filename)
    try:
        return archive.read(entry)
    except DAMAGED:
        raise FileError(f"{entry.filename} in the zip cannot be unpacked.") from None


FORMAT = Format(
    name="Zip",
    endings=(".zip",),
    media_type="application/zip",
    about="of Markdown, one file a question",
    read=read,
    export=export,
)
