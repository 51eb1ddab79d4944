"""Images that leave with questions, and those that come along with them.

In a folder or a zip they are files that texts name by a relative path; everywhere else texts name them by the address
at which the hub serves them. What is elsewhere is never fetched, but named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from django.conf import settings

from hub import image_storage
from questions.encoding import ImageError, encode, kept_before
from questions.exchange.comparison import Bad
from questions.exchange.rows import FileError, Files, Row, refuse_above
from questions.limits import IMAGE
from questions.models import Image
from questions.sections import MARKDOWN_FIELDS
from questions.text.images import IN_TEXT, NAME, PATH, is_name, is_ours, references, with_absolute_sources
from questions.text.markdown import MAX_LENGTH

FOLDER = "images"
SHOWN = 200  # characters of an address
ADD = "questions.add_image"
FOLLOW_UPS = "follow_ups"  # a column
# As `Beside` writes them, for a file in a folder of its technology.
BESIDE = re.compile(rf"(?<![\w/.-])(?:\.\./)+{FOLDER}/{NAME}(?!\w)")
ABSOLUTE = re.compile(rf"(?P<origin>https?://[^\s/()<>\"']+){PATH}(?P<name>{NAME})(?!\w)")
# What stands before the address of an image in a text: of a link, of a definition, of a tag.
PLACES = r"\]\(\s*<?|\]:[ \t]*<?|\b[sS][rR][cC]\s*=\s*[\"']?"
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def absolute(text: str) -> str:
    """A text whose images are named by the whole address."""
    return with_absolute_sources(text, settings.SITE_URL)


class Beside:
    """The images of questions that are written as files, each in a folder of its technology."""

    def __init__(self) -> None:
        self.there = image_storage.names()
        self.named: set[str] = set()

    def linked(self, document: str) -> str:
        """A question's file with relative links to images; one that is missing keeps its address."""
        return IN_TEXT.sub(self._link, document)

    def _link(self, match: re.Match[str]) -> str:
        if match[1] not in self.there:
            return match[0]
        self.named.add(match[1])
        return f"../{FOLDER}/{match[1]}"

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The name and content of each image that has been linked."""
        for name in sorted(self.named):
            yield name, image_storage.read(name)


class FolderFiles:
    """The files of a folder."""

    name = "the folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str, limit: int) -> bytes | None:
        file = self.folder / path
        try:
            is_inside = self.folder.resolve() in file.resolve().parents
            if file.is_symlink() or not is_inside:
                raise FileError("It is a link, which is not followed.")
            if not file.is_file():
                return None
            refuse_above(limit, file.stat().st_size, "It")
            return file.read_bytes()
        except (OSError, ValueError):  # A name that no file could have, or one that may not be read.
            return None

    def close(self) -> None:
        """Nothing is open."""


class Incoming:
    """The images that come along with questions. They wait in a temporary folder until the questions are written.

    `notes` tells of those that do not come along, and keeps nothing from being imported.
    """

    def __init__(self, files: Files | None, user: Any) -> None:
        self.files = files
        self.may_add = user is None or user.has_perm(ADD)
        self.user = user
        self.notes: list[Bad] = []
        self.names: dict[str, str | None] = {}  # of images, by path
        self.refused: dict[str, str] = {}  # why there is none, by path
        self.taken: set[str] = set()  # the names of those that come along
        self.said: dict[str, str] = {}  # alternative texts, by name

    def __enter__(self) -> Self:
        self.folder = TemporaryDirectory(prefix="hub-images-")
        return self

    def __exit__(self, *exception: object) -> None:
        self.folder.cleanup()
        if self.files:
            self.files.close()

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, with texts that name images of the hub where the images come along or are there already."""
        for row in rows:
            texts = {name: text for name in MARKDOWN_FIELDS if isinstance(text := row.fields.get(name), str)}
            taken: dict[str, Any] = {name: self._noted(text, row.where, name) for name, text in texts.items()}
            if isinstance(lines := row.fields.get(FOLLOW_UPS), list):
                taken[FOLLOW_UPS] = [self._follow_up(line, row.where) for line in lines]
            elif isinstance(lines, str):  # One a line, as in a cell of a table.
                taken[FOLLOW_UPS] = self._noted(lines, row.where, FOLLOW_UPS)
            yield row._replace(fields={**row.fields, **taken})

    def _follow_up(self, line: Any, where: str) -> Any:
        """A follow-up as a row has it, which may be anything."""
        if not isinstance(line, dict) or not isinstance(answer := line.get("answer"), str):
            return line
        return {**line, "answer": self._noted(answer, where, FOLLOW_UPS)}

    def _noted(self, text: str, where: str, column: str) -> str:
        text, problems = self.taken_in(text, where)
        self.notes += [Bad.of(where, column, problem) for problem in problems]
        return text

    def taken_in(self, text: str, where: str) -> tuple[str, list[str]]:
        """A text of the file at `where` with the hub's addresses of images, and a sentence for each that stays out."""
        is_plain = not any(sign in text for sign in ("![", "<img", "<IMG", PATH))
        if is_plain or len(text) > MAX_LENGTH:  # That much is refused, later.
            return text, []
        base = dirname(where) if self.files else ""
        text = self._with_own_addresses(text)
        text = BESIDE.sub(lambda match: self._address(match[0], base) or match[0], text)
        found, code = references(text)
        problems: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for source, said in found:
            if address := self._address(source, base):
                self.said.setdefault(address.removeprefix(PATH), said)
                if address != source:
                    addresses[source] = address
            elif not is_ours(source):
                problems[source] = self._problem(source, base)
        if addresses:
            text = _replaced(text, addresses, code)
            for source in {it.source for it in references(text)[0]} & addresses.keys():
                problems[source] = f"The image {_cut(source)} does not come along: write its path without escapes."
        return text, [*problems.values(), *self._unknown(text)]

    def store(self) -> None:
        """Keep the files of what has come along."""
        for name in sorted(self.taken):
            image_storage.save(name, Path(self.folder.name, name).read_bytes())

    def record(self) -> None:
        """Keep what is known of them, in the transaction of the questions."""
        for name in sorted(self.taken):
            Image.objects.record(name, self.said.get(name, ""), self.user)

    def _with_own_addresses(self, text: str) -> str:
        """Whole addresses of images that the hub has, as the hub writes them."""
        matches = {match["name"]: match["origin"] for match in ABSOLUTE.finditer(text)}
        if not matches:
            return text
        known = _known(matches)
        return ABSOLUTE.sub(
            lambda it: PATH + it["name"] if it["name"] in known or it["origin"] == settings.SITE_URL else it[0], text
        )

    def _address(self, source: str, base: str) -> str | None:
        """The hub's address of what a source means, if that comes along or is here already."""
        path = self._path(source, base)
        if path is None:
            return None
        if path not in self.names:
            self.names[path] = self._name(path)
        name = self.names[path]
        return f"{PATH}{name}" if name else None

    def _name(self, path: str) -> str | None:
        file = path.rpartition("/")[2]
        try:
            if self.files and not path.startswith("../") and (name := self._take(self.files, path, file)):
                return name
        except (FileError, ImageError) as error:
            self.refused[path] = f"The image {_cut(path)} does not come along. {error}"
        return file if is_name(file) and _known([file]) else None

    def _take(self, files: Files, path: str, file: str) -> str | None:
        data = files.read(path, IMAGE)
        if data is None:
            raise FileError(f"It is not in {files.name}.")
        if not self.may_add:
            raise ImageError("You may not add images; ask somebody who may to import them.")
        encoded = (kept_before(data, file) if is_name(file) else None) or encode(data)
        Path(self.folder.name, encoded.name).write_bytes(encoded.data)
        self.taken.add(encoded.name)
        return encoded.name

    def _path(self, source: str, base: str) -> str | None:
        """The path among the files that a source means; one that begins with a slash begins at their top."""
        if ELSEWHERE.match(source):
            return None
        try:
            path = unquote(urlsplit(source).path)
        except ValueError:
            return None
        return normpath(join(base, path) if not path.startswith("/") else path.lstrip("/")) if path else None

    def _problem(self, source: str, base: str) -> str:
        path = self._path(source, base)
        shown = _cut(source)
        if path is None:
            return f"The image {shown} is elsewhere and is not fetched: readers get a link to it. Upload it instead."
        if self.files and path.startswith("../"):
            return f"The image {shown} leads out of {self.files.name}."
        return self.refused.get(path) or f"The image {shown} does not come along. Import a zip or a folder that has it."

    def _unknown(self, text: str) -> Iterator[str]:
        names = {match[1] for match in IN_TEXT.finditer(text)} - self.taken
        for name in sorted(names - _known(names)):
            yield f"The hub has no image {PATH}{name}."


def _cut(source: str) -> str:
    """As much of a source as tells it from others; some hold a whole image."""
    return source if len(source) <= SHOWN else f"{source[:SHOWN]}…"


def _known(names: Iterable[str]) -> set[str]:
    return set(Image.objects.filter(file__in=list(names)).values_list("file", flat=True)) if names else set()


def _replaced(text: str, addresses: Mapping[str, str], code: set[int]) -> str:
    """The text with these sources replaced where they are of an image, and not within blocks of code."""
    sources = "|".join(map(re.escape, sorted(addresses, key=len, reverse=True)))
    pattern = re.compile(rf"({PLACES})({sources})(?=[\s>)\"']|$)")
    lines = [
        line if number in code else pattern.sub(lambda it: it[1] + addresses[it[2]], line)
        for number, line in enumerate(text.split("\n"))
    ]
    return "\n".join(lines)
