"""In which encoding a table is: spreadsheets write several, and none of them says so for sure."""

import codecs
from itertools import pairwise
from typing import IO

from questions.exchange.rows import FileError

CHUNK = 1 << 20  # bytes
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
USUAL = "cp1252"  # what spreadsheets in the west write where they are not asked


def encoding_of(file: IO[bytes], name: str) -> tuple[str, list[str]]:
    """The encoding of a file, and a sentence where it was guessed.

    Raises FileError where it is none that is usual, or where a part of the file is in another than the rest.
    """
    start = file.read(4)
    file.seek(0)
    if mark := next((it for it in MARKS if start.startswith(it)), None):
        return _checked(file, MARKS[mark], name), []
    if encoding := _utf_16(file):
        return _checked(file, encoding, name), []
    if (position := _first_fault(file, "utf-8")) is None:
        return "utf-8", []
    if _has_utf_8(file) or _first_fault(file, USUAL) is not None:
        raise FileError(f"{name} is not UTF-8: its byte {position + 1:,} cannot be read. Save it as UTF-8.")
    if _is_foreign(file):
        raise FileError(f"{name} is in an encoding that cannot be told for sure. Save it as UTF-8.")
    return USUAL, [f"{name} is not UTF-8 and was read as Windows-1252; look whether accents are right."]


def _checked(file: IO[bytes], encoding: str, name: str) -> str:
    if (position := _first_fault(file, encoding)) is not None:
        told = encoding.upper().removesuffix("-SIG").removesuffix("-LE").removesuffix("-BE")
        raise FileError(f"{name} is not {told}: its byte {position + 1:,} cannot be read. Save it as UTF-8.")
    return encoding


def _first_fault(file: IO[bytes], encoding: str) -> int | None:
    """The position of the first byte that cannot be read, or nothing."""
    file.seek(0)
    decoder, position = codecs.getincrementaldecoder(encoding)(), 0
    while True:
        chunk = file.read(CHUNK)
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return position - kept + error.start
        if not chunk:
            return None
        position += len(chunk)


def _utf_16(file: IO[bytes]) -> str:
    """Which UTF-16 it is without a mark before it: no text has zeros, but each space and end of a line has one then."""
    file.seek(0)
    start = file.read(CHUNK)
    for encoding in ("utf-16-le", "utf-16-be") if b"\0" in start else ():
        text = start.decode(encoding, errors="replace")
        if "\0" not in text and any(sign in text for sign in "\n\r\t"):
            return encoding
    return ""


def _has_utf_8(file: IO[bytes]) -> bool:
    """Whether a file that is not UTF-8 has letters that hardly anything else but UTF-8 could be."""
    file.seek(0)
    data = file.read(CHUNK).decode("utf-8", errors="replace")
    return sum(character > "\x7f" and character != "�" for character in data) > data.count("�")


def _is_foreign(file: IO[bytes]) -> bool:
    """Whether most letters beyond ASCII stand side by side: those of other scripts do, accented ones hardly ever."""
    file.seek(0)
    signs = file.read(CHUNK)
    beyond = [number for number, sign in enumerate(signs) if sign > 0x7F]
    return sum(other == one + 1 for one, other in pairwise(beyond)) > len(beyond) / 2
