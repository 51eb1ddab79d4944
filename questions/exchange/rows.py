"""What every format of import makes of a file: rows of columns, and a sentence for what cannot be read."""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from questions.limits import DEPTH, MEGABYTE
from questions.sections import MARKDOWN_FIELDS

COLUMNS = (
    *(
        "code",
        "title",
        "technology",
        "category",
        "level",
        "difficulty",
        "status",
        "verified_for",
        "review_by",
        "published_at",
    ),
    *MARKDOWN_FIELDS,
    "follow_ups",
)
WRITTEN_ONLY = ("url", "updated_at")  # What exports tell and imports pass over.
TAXONOMIES = ("technologies", "categories", "levels")
SHOWN = 40  # characters of a value that a sentence quotes
KINDS = {bool: "", int | float: "the number ", list: "the list ", Mapping: "the entry "}


class FileError(Exception):
    """A file that cannot be imported, or made: a sentence that says why."""

    def __str__(self) -> str:
        return printable(super().__str__())


class Row(NamedTuple):
    """A question as a file has it: where it stands, its columns, or else a sentence that says why it has none.

    Values are texts; follow-ups may also be a list of mappings. What a row does not name stays as it is.
    """

    where: str
    fields: Mapping[str, Any]
    problem: str = ""
    has_own_code: bool = True  # It was not found by its title.


@dataclass(frozen=True)
class Rows:
    """Rows that are read anew each time somebody goes through them."""

    read: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.read()


class FollowUpLine(NamedTuple):
    """A follow-up: its text, its own answer in Markdown, and the code of the question that answers it, or nothing."""

    text: str
    answer: str
    code: str


class Files(Protocol):
    """The other files of a folder or a zip, by their path within it."""

    name: str  # what sentences call it

    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, None where there is none; raises FileError for one that may not be read."""

    def close(self) -> None:
        """No more files are asked for."""


@dataclass(frozen=True)
class Source:
    """The content of a file. Rows may be read as they are asked for, again and again, which may raise FileError.

    A file that can be read in several ways, such as a workbook with several sheets, has each of them by what it is
    called; the content is the one named by `reading`. Where there are files beside the questions, rows stand at their
    path among them.
    """

    rows: Iterable[Row]
    taxonomies: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    name: str = "The file"
    notices: Sequence[str] = ()  # what is passed over or was guessed, in sentences
    reading: str = ""
    readings: Mapping[str, Callable[[], "Source"]] = field(default_factory=dict)
    files: Files | None = None
    has_sections: bool = False  # Its column “section” is the folder or the heading that a question stands in.

    def read_as(self, reading: str) -> "Source":
        """The content in another reading; for one that it does not have, as it is."""
        read = self.readings.get(reading)
        return replace(read(), files=self.files) if read and reading != self.reading else self


def canonical(text: str) -> str:
    """A Markdown text without what editors, browsers and files change by the way: line ends, and blank ones around."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    return "\n".join(lines[first:])


def indented(text: str, width: int) -> str:
    """A text within an item of a list; `dedented` gives it back as it was."""
    return "\n".join(" " * width + line if line else "" for line in text.split("\n"))


def dedented(lines: Sequence[str], width: int) -> str:
    """The text of lines that are indented by so many spaces, or by as few as any of them is."""
    lines = [line.expandtabs(4) if line.startswith("\t") else line for line in lines]
    least = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return canonical("\n".join(line[min(width, least) :] for line in lines))


def printable(sentence: str) -> str:
    """A sentence that quotes a file, with escapes for what no page or terminal should be sent."""
    return "".join(it if it.isprintable() else ascii(it)[1:-1] for it in sentence)


def shortened(value: object) -> str:
    """The beginning of a value, which may be of any length; what is no text is shown as in JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def quoted(value: object) -> str:
    """The beginning of a value in quotation marks."""
    return f"“{shortened(value)}”"


def expected(what: str, value: object) -> str:
    """A sentence on something else that stands where it is expected."""
    kind = next((name for types, name in KINDS.items() if isinstance(value, types)), "")
    return f"{what} is expected here, not {kind}{shortened(value)}."


def repeated(keys: Iterable[str]) -> str | None:
    """The first key that has been there before, if one has."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def refuse_deep(document: Any, name: str) -> None:
    """Raise FileError for entries within entries within entries that no file of questions needs."""
    level = [document]
    for _ in range(DEPTH + 1):
        level = [child for it in level if isinstance(it, dict | list) for child in _children(it)]
    if level:
        raise FileError(f"{name} nests too deep.")


def _children(entry: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return entry.values() if isinstance(entry, dict) else entry


def refuse_above(limit: int, size: int, name: str) -> None:
    """Raise FileError for more than so many bytes."""
    if size > limit:
        raise FileError(f"{name} has {size / MEGABYTE:,.1f} MB; at most {limit / MEGABYTE:,.0f} MB can be imported.")


def text_of(path: Path, limit: int) -> str:
    """The whole text of a file of at most so many bytes."""
    refuse_above(limit, path.stat().st_size, path.name)
    return decoded(path.read_bytes(), path.name)


def decoded(data: bytes, name: str) -> str:
    """UTF-8 as text, with or without a byte order mark, and UTF-16 with one."""
    try:
        return data.decode("utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(not_utf_8(name, error)) from None


def not_utf_8(name: str, error: UnicodeDecodeError) -> str:
    return f"{name} is not UTF-8: its byte {error.start + 1:,} cannot be read. Save it as UTF-8."
