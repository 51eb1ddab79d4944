"""English words and names of this field: none of them is a typing mistake, even if no question has it."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

NAMES = Path(__file__).with_name("names.txt")


def is_sound(word: str) -> bool:
    """Whether this is an English word, or a name of this field."""
    return word in names() or f"\n{word}\n" in _english()


@cache
def names() -> frozenset[str]:
    """Names of this field: they are neither split at their capitals nor corrected."""
    return frozenset(NAMES.read_text(encoding="utf-8").split())


@cache
def _english() -> str:
    """All words as one text, which takes a tenth of the memory of a set."""
    english = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return "\n" + re.sub(r" \d+", "", english)
