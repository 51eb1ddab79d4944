"""Questions from Markdown as `as_markdown.file` writes it: one file, a folder of them, or a zip of such a folder.

What a file does not say is empty: it holds the whole question. Beside the questions, `taxonomies.yaml` may hold what
they are sorted by.
"""

import re
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from questions import limits
from questions.exchange import from_yaml
from questions.exchange.markdown_sections import FOLLOW_UPS, TITLES, divided
from questions.exchange.rows import FileError, Row, Source, decoded, quoted, refuse_above, source_of, text_of
from questions.sections import MARKDOWN_FIELDS

TAXONOMIES = "taxonomies.yaml"
# What zipfile raises for a file that is no zip, or no longer one.
DAMAGED = (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"(?:[0-9]+[.)]|[-*+])\s+(.*)")
ARROW = " → ["
ANSWER = re.compile(r"([^\]]*)\](?:\([^)]*\))?")  # what stands behind the arrow
ESCAPED = re.compile(r"\\(.)")


def read_file(path: Path) -> Source:
    """The question of one file."""
    return Source([_row(path.name, partial(_text, path))])


def read_folder(folder: Path) -> Source:
    """The questions of a folder and those below it, file by file."""
    files = sorted(path for path in folder.rglob("*") if _is_wanted(path.relative_to(folder)))
    for path in files:
        if path.is_symlink() or folder.resolve() not in path.resolve().parents:
            raise FileError(f"{path.relative_to(folder)} is a link, which is not followed.")
    taxonomies = folder / TAXONOMIES
    return Source(
        (_row(str(path.relative_to(folder)), partial(_text, path)) for path in files if path.suffix == ".md"),
        _taxonomies(_text(taxonomies)) if taxonomies in files else {},
    )


def read_zip(path: Path) -> Source:
    """The questions of a zip, file by file; nothing of it is unpacked to disk."""
    try:
        with ZipFile(path) as archive:
            entries = [entry for entry in _checked(archive) if _is_wanted(PurePosixPath(entry.filename))]
            taxonomies = [entry for entry in entries if entry.filename == TAXONOMIES]
            known = _taxonomies(_unpacked(archive, taxonomies[0])) if taxonomies else {}
    except DAMAGED:
        raise FileError(f"{path.name} is not a zip file, or is damaged.") from None
    return Source(_zip_rows(path, [entry for entry in entries if entry.filename.endswith(".md")]), known)


def _is_wanted(path: Path | PurePosixPath) -> bool:
    """Whether it is a question or the taxonomies; hidden files, a README and all else are passed over."""
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    is_question = path.suffix == ".md" and path.stem.upper() != "README"
    return not is_hidden and (is_question or path.as_posix() == TAXONOMIES)


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


def _zip_rows(path: Path, entries: list[ZipInfo]) -> Iterator[Row]:
    with ZipFile(path) as archive:
        for entry in sorted(entries, key=lambda entry: entry.filename):
            yield _row(entry.filename, partial(_unpacked, archive, entry))


def _unpacked(archive: ZipFile, entry: ZipInfo) -> str:
    refuse_above(limits.MARKDOWN_FILE, entry.file_size, entry.filename)
    try:
        return decoded(archive.read(entry), entry.filename)
    except DAMAGED:
        raise FileError(f"{entry.filename} in the zip cannot be unpacked.") from None


def _text(path: Path) -> str:
    return text_of(path, limits.MARKDOWN_FILE)


def _taxonomies(text: str) -> Any:
    return source_of(from_yaml.document(text, TAXONOMIES), TAXONOMIES).taxonomies


def _row(where: str, text: Callable[[], str]) -> Row:
    """The question of a file, or what keeps it from being read."""
    try:
        return Row(where, _fields(text()))
    except FileError as error:
        return Row(where, {}, str(error))


def _fields(text: str) -> dict[str, Any]:
    front = FRONT.match(text.replace("\r\n", "\n"))
    if not front:
        raise FileError("It does not begin with front matter between two lines of ---.")
    fields = from_yaml.document(front[1], "The front matter")
    if not isinstance(fields, dict):
        raise FileError("Its front matter has no named values.")
    (_, above), *sections = divided(front.string[front.end() :])
    if above:
        raise FileError(f"{quoted(above)} stands above the first section; those are {', '.join(TITLES.values())}.")
    for field, body in sections:
        if field in fields:
            raise FileError(f"It has “{TITLES[field or '']}” twice.")
        fields[field] = _follow_ups(body) if field == FOLLOW_UPS else body
    return dict.fromkeys((*MARKDOWN_FIELDS, "verified_for"), "") | {FOLLOW_UPS: []} | fields


def _follow_ups(body: str) -> list[dict[str, str]]:
    return [_follow_up(line.strip()) for line in body.split("\n") if line.strip()]


def _follow_up(line: str) -> dict[str, str]:
    item = ITEM.fullmatch(line)
    if not item:
        raise FileError(f"{quoted(line)} among the follow-ups is not an item of a list.")
    said, _, behind = item[1].rpartition(ARROW)
    answer = ANSWER.fullmatch(behind) if said else None
    return {"text": ESCAPED.sub(r"\1", said if answer else item[1]), "answered_by": answer[1] if answer else ""}
