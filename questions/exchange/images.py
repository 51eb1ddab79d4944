"""Images that leave with questions, and those that come along with them.

In a folder or a zip they are files that texts name by a relative path; everywhere else texts name them by the address
at which the hub serves them. What is elsewhere is never fetched, but named.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from django.conf import settings

from hub import image_storage
from questions.encoding import ImageError, encode, kept_before
from questions.exchange.comparison import Bad
from questions.exchange.rows import FileError, Files, Row, shortened
from questions.limits import IMAGE
from questions.models import Image
from questions.sections import MARKDOWN_FIELDS
from questions.text.images import IN_TEXT, NAME, PATH, is_name, is_ours, references, with_absolute_sources

FOLDER = "images"
ADD = "questions.add_image"
# As `Beside` writes them, for a file in a folder of its technology.
BESIDE = re.compile(rf"(?<![\w/.-])(?:\.\./)+{FOLDER}/{NAME}(?!\w)")
ABSOLUTE = re.compile(rf"(?P<origin>https?://[^\s/()<>\"']+){PATH}(?P<name>{NAME})(?!\w)")
# What stands before the address of an image in a text: of a link, of a definition, of a tag.
PLACES = r"\]\(\s*<?|\]:[ \t]*<?|\b[sS][rR][cC]\s*=\s*[\"']?"
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

Resolve = Callable[[str], str | None]  # from a source in a text to the name of an image, if it can be had


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


class Incoming:
    """The images that come along with questions. They wait in a temporary folder until the questions are written.

    `notes` tells of those that do not come along, and keeps nothing from being imported.
    """

    def __init__(self, files: Files | None, user: Any) -> None:
        self.files = files
        self.may_add = user is None or user.has_perm(ADD)
        self.user = user
        self.notes: list[Bad] = []
        self.taken: dict[str, str] = {}  # names of images, by path
        self.refused: dict[str, str] = {}  # sentences, by path
        self.said: dict[str, str] = {}  # alternative texts, by name

    def __enter__(self) -> Self:
        self.folder = TemporaryDirectory(prefix="hub-images-")
        return self

    def __exit__(self, *exception: object) -> None:
        self.folder.cleanup()

    def rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, with texts that name images of the hub where the images come along or are there already."""
        for row in rows:
            texts = {name: text for name in MARKDOWN_FIELDS if isinstance(text := row.fields.get(name), str)}
            taken = {}
            for name, text in texts.items():
                taken[name], problems = self.taken_in(text, row.where)
                self.notes += [Bad.of(row.where, name, problem) for problem in problems]
            yield row._replace(fields={**row.fields, **taken})

    def taken_in(self, text: str, where: str) -> tuple[str, list[str]]:
        """A text of the file at `where` with the hub's addresses of images, and a sentence for each that stays out."""
        if not any(sign in text for sign in ("](", "]:", "][", "<img", "<IMG", PATH)):
            return text, []
        text = self._with_own_addresses(text)
        base = dirname(where) if self.files else ""
        if self.files:
            text = BESIDE.sub(lambda match: self._address(match[0], base) or match[0], text)
        found, code = references(text)
        problems: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for source, said in found:
            if is_ours(source):
                self.said.setdefault(source.removeprefix(PATH), said)
            elif address := self._address(source, base):
                addresses[source] = address
                self.said.setdefault(address.removeprefix(PATH), said)
            else:
                problems[source] = self._problem(source, base)
        if addresses:
            text = _replaced(text, addresses, code)
            for source in {it.source for it in references(text)[0]} & addresses.keys():
                problems[source] = f"The image {shortened(source)} does not come along: write its path without escapes."
        return text, [*problems.values(), *self._unknown(text)]

    def store(self) -> None:
        """Keep the files of what has come along."""
        for name in self._names():
            image_storage.save(name, Path(self.folder.name, name).read_bytes())

    def record(self) -> None:
        """Keep what is known of them, in the transaction of the questions."""
        for name in self._names():
            Image.objects.record(name, self.said.get(name, ""), self.user)

    def _names(self) -> list[str]:
        return sorted(set(self.taken.values()))

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
        """The hub's address of an image that is a file beside the questions; none, if it cannot be had."""
        path = self._path(source, base)
        if not path or not self.files or path.startswith("../"):
            return None
        if path not in self.taken and path not in self.refused:
            try:
                self._take(path)
            except (FileError, ImageError) as error:
                self.refused[path] = f"{shortened(path)}: {error}"
        name = self.taken.get(path)
        return f"{PATH}{name}" if name else None

    def _take(self, path: str) -> None:
        assert self.files  # noqa: S101
        data = self.files.read(path, IMAGE)
        if data is None:
            raise FileError(f"The image is not in {self.files.name}.")
        if not self.may_add:
            raise ImageError("You may not add images. Ask somebody who may to import them.")
        file = path.rpartition("/")[2]
        encoded = (kept_before(data, file) if is_name(file) else None) or encode(data)
        Path(self.folder.name, encoded.name).write_bytes(encoded.data)
        self.taken[path] = encoded.name

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
        shown = shortened(source)
        if path is None:
            return f"The image {shown} is elsewhere and is not fetched: readers get a link to it. Upload it instead."
        if self.files and path.startswith("../"):
            return f"The image {shown} leads out of {self.files.name}."
        return self.refused.get(path) or f"The image {shown} is a file that does not come along. Import a zip with it."

    def _unknown(self, text: str) -> Iterator[str]:
        names = {match[1] for match in IN_TEXT.finditer(text)} - set(self.taken.values())
        for name in sorted(names - _known(names)):
            yield f"The hub has no image {PATH}{name}."


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
