"""Questions from the notes that Anki exports as text: a note on a line, its fields in HTML."""

import csv as notes
import re
from collections.abc import Iterator, Mapping
from functools import partial
from html import unescape
from itertools import count, islice
from pathlib import Path
from typing import Any

from questions.exchange import headings
from questions.exchange.anki_formulas import TAG, with_formulas
from questions.exchange.encodings import encoding_of
from questions.exchange.format import Format
from questions.exchange.formats import csv
from questions.exchange.formats.csv import where
from questions.exchange.rows import FileError, Row, Rows, Source, canonical, refuse_above
from questions.exchange.tables import has_questions
from questions.limits import WHOLE_FILE

SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
SPECIAL_NAMES = ("guid", "notetype", "deck", "tags")
SPECIAL = re.compile(rf"({'|'.join(SPECIAL_NAMES)}) column")
EMPHASIS = ["b", "strong", "i", "em", "u"]
USUAL = ("front", "back")
CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)
MEDIA = re.compile(r"\[(?:sound|anki):[^\]]*\]")


def read(path: Path) -> Source:
    """The notes of the file, or else the rows of a table with a header, or questions as headings."""
    refuse_above(WHOLE_FILE, path.stat().st_size, path.name)
    with path.open("rb") as file:
        encoding, notices = encoding_of(file, path.name)
    text = path.read_bytes().decode(encoding)
    lines = text.splitlines(keepends=True)
    headers, first = _headers(lines)
    if not headers and "\t" not in "".join(lines[:10]):
        return _headed(text, path.name)
    if not headers and has_questions(lines[0].split("\t")):
        return csv.read(path)
    return Source(Rows(lambda: _rows(lines, headers, first, path.name)), name=path.name, notices=notices)


def _headed(text: str, name: str) -> Source:
    if source := headings.source_of(text, name):
        return source
    raise FileError(
        f"{name} has neither notes, as Anki exports them with tabs or with a line such as #separator:tab, nor "
        "questions as headings."
    )


def _headers(lines: list[str]) -> tuple[dict[str, str], int]:
    """What the lines at the top say, such as `#separator:tab`, and how many they are."""
    headers: dict[str, str] = {}
    for number, line in enumerate(lines):
        name, colon, value = line.removeprefix("#").rstrip("\r\n").partition(":")
        if not line.startswith("#") or not colon:
            return headers, number
        headers[name.strip().casefold()] = value if name.strip().casefold() == "columns" else value.strip()
    return headers, len(lines)


def _rows(lines: list[str], headers: Mapping[str, str], first: int, name: str) -> Iterator[Row]:
    separator = _separator(headers.get("separator", "tab"))
    reader = notes.reader(islice(lines, first, None), delimiter=separator, strict=True)
    is_html = headers.get("html", "").casefold() == "true"
    names = _names(headers, separator)
    front = next(number for number in count(1) if names.get(number) not in SPECIAL_NAMES)
    try:
        line = first + 1
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                texts = [_text(cell, is_html, column == front) for column, cell in enumerate(cells, start=1)]
                yield Row(where(number, line), {_name(names, n): text for n, text in enumerate(texts, start=1)})
            line = first + reader.line_num + 1
    except notes.Error as error:
        raise FileError(f"{name} cannot be read as notes: {error}, below line {line:,}.") from None


def _separator(said: str) -> str:
    return SEPARATORS.get(said.casefold(), said[:1] or "\t")


def _names(headers: Mapping[str, str], separator: str) -> dict[int, str]:
    """What columns are called, as far as the lines at the top say."""
    names = dict(enumerate(headers["columns"].split(separator), start=1)) if headers.get("columns") else {}
    for header, number in headers.items():
        if (match := SPECIAL.fullmatch(header)) and number.isdecimal():
            names[int(number)] = match[1]
    return names


def _name(names: dict[int, str], number: int) -> str:
    """The name of a column; of those that have none, the first two are the sides of a card."""
    if name := names.get(number, "").strip():
        return name
    before = sum(not names.get(it, "").strip() for it in range(1, number))
    return USUAL[before] if before < len(USUAL) else f"column {number}"


def _text(cell: str, is_html: bool, is_front: bool) -> str:
    """A field as Markdown, without what only Anki understands; the front, which is a title, without emphasis."""
    plain = MEDIA.sub("", CLOZE.sub(r"\1", cell))
    markdown = partial(_markdown, is_front=is_front) if is_html else canonical
    return with_formulas(plain, markdown, is_html, is_front)


def _markdown(html: str, is_front: bool) -> str:
    if not TAG.search(html):
        return canonical(unescape(html)).replace("\xa0", " ")
    from markdownify import markdownify  # Takes long to load, and few imports need it.

    as_title: dict[str, Any] = (
        {"strip": EMPHASIS, "escape_asterisks": False, "escape_underscores": False} if is_front else {}
    )
    text = markdownify(html, heading_style="ATX", escape_misc=False, **as_title)
    return canonical(re.sub(r"\n{3,}", "\n\n", text)).replace("\xa0", " ")


FORMAT = Format(
    name="Anki text",
    endings=(".txt",),
    media_type="text/plain",
    about="notes that Anki exports as text",
    read=read,
)
