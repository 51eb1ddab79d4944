"""Text to the words that are indexed and looked up: the same for questions, searches and both databases.

Databases split text at all that is no letter or digit and so destroy what this field writes: `C++`, `top_p`, `k-means`,
`O(n^2)`, `==`. Here words are made of letters and digits alone, and the indexes get them ready.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import NamedTuple

import Stemmer

from questions.text import images

MAX_LENGTH = 40  # characters of a word; what is longer is data

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")  # Most of a text is not, and is left alone.
TAG = re.compile(r"<[^>]*>")
PART = re.compile(r"[^\W_]+")
LANGUAGE = re.compile(r"(?<![^\W_])([^\W_]++)(\+\+|#)")  # Possessive: each run of letters is read once.
OPERATOR = re.compile(r"[^\w\s]{2,3}")
NAMES = {"+": "plus", "#": "sharp"}
# British and American spelling are one word: regularise, behaviour.
SPELLINGS = (
    ("is", re.compile(r"is(?=(?:e[drs]?|ing|ations?)$)"), "iz"),
    ("our", re.compile(r"(?<=[a-z]{3})our(?=s?$)"), "or"),
)

_stem = Stemmer.Stemmer("english", 0).stemWord  # Quicker than a cache of its own.


class Chunk(NamedTuple):
    """What stands between two spaces: its words in order, and the one word they make when they are written together."""

    words: tuple[str, ...]
    joined: str | None


def text_of(html: str) -> str:
    """The plain text of stored HTML, which nh3 has made well-formed."""
    return unescape(TAG.sub(" ", images.as_text(html)))


def normalise(text: str) -> str:
    """Lower case, without accents, ligatures and typographic variants."""
    return BEYOND_ASCII.sub(_plain, text).lower()


def _plain(run: re.Match[str]) -> str:
    """The letters of a run; its marks go first, since to sort them takes a time that grows with their square."""
    return _without_marks(unicodedata.normalize("NFKD", _without_marks(run[0])))


def _without_marks(text: str) -> str:
    return "".join(character for character in text if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """The words of a text in order, then the joined words, which must not come between neighbours."""
    chunks = [analyse(chunk) for chunk in normalise(text).split()]
    return [word for chunk in chunks for word in chunk.words] + [chunk.joined for chunk in chunks if chunk.joined]


def surface_words(text: str) -> set[str]:
    """The words of a text as they are written, for correcting what readers type."""
    return {word for word in set(PART.findall(normalise(text))) if word.isalpha() and 2 < len(word) <= MAX_LENGTH}


@lru_cache(maxsize=8_000)
def analyse(chunk: str) -> Chunk:
    """The words of a normalised text without spaces."""
    if chunk.isalpha():
        return Chunk((_word(chunk),) if len(chunk) <= MAX_LENGTH else (), None)
    if language := LANGUAGE.search(chunk):  # C++, C#
        name, signs = language.groups()
        return Chunk((_word(name + "".join(NAMES[sign] for sign in signs)),), None)
    parts = PART.findall(chunk.removesuffix("'s").removesuffix("’s"))
    if not parts:
        return Chunk((_operator(chunk),) if OPERATOR.fullmatch(chunk) else (), None)
    joined = "".join(parts)
    together = _word(joined) if 1 < len(parts) <= 4 and len(joined) <= MAX_LENGTH else None
    return Chunk(tuple(_word(part) for part in parts if len(part) <= MAX_LENGTH), together)


def _word(letters: str) -> str:
    """The stem. PostgreSQL's parser would take a word that begins with a digit apart, so it gets a letter."""
    if letters[0].isdigit():
        return f"n{letters}"
    for part, spelling, replacement in SPELLINGS:
        if part in letters:
            letters = spelling.sub(replacement, letters)
    return _stem(letters)


def _operator(signs: str) -> str:
    return "op" + "".join(f"{ord(sign):x}" for sign in signs)
