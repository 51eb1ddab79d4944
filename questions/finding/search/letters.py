"""The letters of any script as search compares them: without accents, ligatures and typographic variants."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")  # Most of a text is not, and is left alone.
VOICED = "\u3099\u309a"  # Without these, Japanese has other syllables.
SHORT_I = str.maketrans({"й": "\ue000", "Й": "\ue001"})  # A letter of its own, unlike other letters with a breve.
SHORT_I_BACK = str.maketrans({"\ue000": "й", "\ue001": "Й"})
# What no decomposition takes apart.
LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ı": "i",
        "ς": "σ",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ł": "l",
        "Ł": "L",
        "þ": "th",
        "Þ": "Th",
        "ħ": "h",
        "Ħ": "H",
        "ٱ": "ا",
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ـ": "",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})  # As one writes without them.

# Scripts that put no spaces between words, and Korean, which joins particles to them.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)


def clean(text: str) -> str:
    """Without accents, ligatures and typographic variants; capitals stay."""
    return text if text.isascii() else BEYOND_ASCII.sub(_plain, text)


def normalise(text: str) -> str:
    """The same in lower case."""
    return clean(text).lower()


def _plain(run: re.Match[str]) -> str:
    """The letters of a run; its marks go first, since to sort them takes a time that grows with their square."""
    letters = unicodedata.normalize("NFKD", _without_marks(run[0].translate(SHORT_I)))
    return unicodedata.normalize("NFC", _without_marks(letters).translate(SHORT_I_BACK)).translate(LETTERS)


def _without_marks(text: str) -> str:
    return "".join(it for it in text if not unicodedata.combining(it) or it in VOICED)


def _ranges(points: Iterable[int]) -> str:
    """Code points as the inside of a regular expression's brackets."""
    points = list(points)
    borders = [0, *(place for place, (one, other) in enumerate(pairwise(points), start=1) if other > one + 1)]
    runs = [points[start:end] for start, end in zip(borders, [*borders[1:], None], strict=True)]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


# Vowels that are written as marks, which Python takes for no part of a word.
MARKS = _ranges(it for it in range(0x300, 0x10000) if unicodedata.category(chr(it)) in ("Mn", "Mc"))
PART_OF_ASCII = re.compile(r"[a-zA-Z0-9]+")
SPACED = f"[^\\W_{UNSPACED}](?:[^\\W_{UNSPACED}]|[{MARKS}])*"  # a part in a script that puts spaces between words
PART_OF_ANY = re.compile(f"[{UNSPACED}]+|{SPACED}")
OF_LETTERS = re.compile(f"[^\\W\\d_](?:[^\\W\\d_]|[{MARKS}])*")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def parts(text: str) -> list[str]:
    """The runs of letters and digits of one script in a cleaned text."""
    if text.isascii():
        return PART_OF_ASCII.findall(text)
    return [part for part in PART_OF_ANY.findall(text) if any(map(str.isalnum, part))]


def as_word(letters: str) -> str:
    """The same in letters and digits alone, which every index takes as one word; marks become their numbers."""
    return letters if letters.isalnum() else "".join(it if it.isalnum() else f"u{ord(it):x}" for it in letters)
