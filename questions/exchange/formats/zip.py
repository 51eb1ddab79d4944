"""Questions as a zip of a folder of Markdown, which nobody has to unpack."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hub.zips import DAMAGED
from questions import limits
from questions.exchange import folders, images
from questions.exchange.archives import checked
from questions.exchange.format import Format
from questions.exchange.formats import markdown, yaml
from questions.exchange.loading import taxonomies
from questions.exchange.rows import FileError, Row, Rows, Source, decoded, refuse_above
from questions.models import Question


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
            entries = {PurePosixPath(entry.filename): entry for entry in checked(archive)}
            file = entries.get(PurePosixPath(folders.TAXONOMIES))
            known = folders.taxonomies_of(_unpacked(archive, file)) if file else {}
            texts = {it: entries[it] for it in folders.wanted(entries)}
            blank = [it for it, entry in texts.items() if folders.is_blank(partial(_unpacked, archive, entry))]
    except DAMAGED:
        raise FileError(f"{path.name} is not a zip file, or is damaged.") from None
    taken = {it: entry for it, entry in texts.items() if it not in blank}
    if not taken and not known:
        raise FileError(folders.NOTHING.format(path.name))
    notices = folders.passed_over((it for it, entry in entries.items() if not entry.is_dir()), taken, blank)
    others = ZipFiles(path, {entry.filename: entry for entry in entries.values()})
    rows = Rows(lambda: _rows(path, taken.values()))
    return Source(rows, known, path.name, notices, files=others, has_sections=True)


class ZipFiles:
    """The files of a zip whose entries have been checked."""

    name = "the zip"

    def __init__(self, path: Path, entries: Mapping[str, ZipInfo]) -> None:
        self.path, self.entries = path, entries
        self.archive: ZipFile | None = None  # Open from the first file on: opening reads what a zip says of all files.

    def read(self, path: str, limit: int) -> bytes | None:
        if path not in self.entries:
            return None
        self.archive = self.archive or ZipFile(self.path)
        return _read(self.archive, self.entries[path], limit, "It")

    def close(self) -> None:
        if self.archive:
            self.archive.close()


def _rows(path: Path, entries: Iterable[ZipInfo]) -> Iterator[Row]:
    with ZipFile(path) as archive:
        for entry in sorted(entries, key=lambda entry: entry.filename):
            yield from markdown.rows(entry.filename, partial(_unpacked, archive, entry))


def _unpacked(archive: ZipFile, entry: ZipInfo) -> str:
    return decoded(_read(archive, entry, limits.MARKDOWN_FILE, entry.filename), entry.filename)


def _read(archive: ZipFile, entry: ZipInfo, limit: int, name: str) -> bytes:
    refuse_above(limit, entry.file_size, name)
    try:
        return archive.read(entry)
    except DAMAGED:
        raise FileError(f"{name} in the zip cannot be unpacked.") from None


FORMAT = Format(
    name="Zip",
    endings=(".zip",),
    media_type="application/zip",
    about="of Markdown, one file a question",
    read=read,
    export=export,
)
