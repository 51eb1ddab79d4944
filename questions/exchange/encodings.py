"""In which encoding a table is: spreadsheets write several, and none of them says so for sure."""

import codecs
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
    if (position := _first_fault(file, "utf-8")) is None:
        return ("utf-16-le", []) if _is_utf_16(file) else ("utf-8", [])
    if _is_utf_16(file):
        return _checked(file, "utf-16-le", name), []
    if _has_utf_8(file) or _first_fault(file, USUAL) is not None:
        raise FileError(f"{name} is not UTF-8: its byte {position + 1:,} cannot be read. Save it as UTF-8.")
    return USUAL, [f"{name} is not UTF-8 and was read as Windows-1252; look whether accents are right."]


def _checked(file: IO[bytes], encoding: str, name: str) -> str:
    if (position := _first_fault(file, encoding)) is not None:
        told = encoding.upper().removesuffix("-SIG").removesuffix("-LE")
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


def _is_utf_16(file: IO[bytes]) -> bool:
    """Whether hardly any but every other byte is zero, as in Latin letters without a mark before them."""
    file.seek(0)
    start = file.read(CHUNK)
    return start[1::2].count(0) > len(start) / 4 and start[::2].count(0) < len(start) / 20


def _has_utf_8(file: IO[bytes]) -> bool:
    """Whether a file that is not UTF-8 has letters that hardly anything else but UTF-8 could be."""
    file.seek(0)
    data = file.read(CHUNK).decode("utf-8", errors="replace")
    return sum(character > "\x7f" and character != "�" for character in data) > data.count("�")
