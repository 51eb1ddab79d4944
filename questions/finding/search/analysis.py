"""Text to the words that are indexed and looked up: the same for questions, searches and both databases.

Databases split text at all that is no letter or digit and so destroy what this field writes: `C++`, `top_p`, `k-means`,
`O(n^2)`, `==`. Here words are made of letters and digits alone, and the indexes get them ready.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from itertools import chain, pairwise
from typing import NamedTuple

import Stemmer

from questions.finding.search import semitic
from questions.finding.search.dictionary import names
from questions.finding.search.languages import stems
from questions.finding.search.letters import IS_UNSPACED, OF_LETTERS, UMLAUTS, as_word, clean, normalise, parts
from questions.text import images

__all__ = ["Chunk", "analyse", "normalise", "surface_words", "text_of", "words"]

MAX_LENGTH = 100  # characters of a word; what is longer is data
MAX_SURFACE = 40  # of a word that can be completed or mistyped
MAX_PARTS = 4  # of what is also one word

PUNCTUATION = "().,;:?!`'\""
TAG = re.compile(r"<[^>]*>")
CODE = re.compile(r"([a-z]{2,4})-([a-z]{3})-(\d{3,5})")
VERSION = re.compile(r"v?(\d+(?:\.\d+)+)")
V = re.compile(r"(?<![a-z])v(?=\d+\.\d)")  # of a version within more: v2.0.0-rc.1, TLSv1.3
LANGUAGE = re.compile(r"(?<![^\W_])([a-zA-Z])(\+\+|#)(?![a-zA-Z])")  # C++17 is C++ too; total++ is no language.
LANGUAGE_NAMES = {"++": "plusplus", "#": "sharp"}
HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
SEVERAL = 4  # humps, of which one may be a single letter: AVeryLongName, but not iPhone
HEADS = tuple(map(re.compile, (r"[a-zA-Z]{2,}(?=[0-9])", r"[a-zA-Z]{2,}[0-9]+(?=[a-zA-Z])", r"[A-Z]{2,}(?=v[0-9])")))
TOUCHING = re.compile(r"[a-z]{2,}[0-9]|[0-9]+[a-z]+$")
RUN = re.compile(r"[a-z]+|[0-9]+")
OPERATOR = re.compile(
    r"<=>|===|!==|\*\*=|//=|>>=|<<=|&&=|\|\|=|\?\?=|>>>|\.\.\.|==|!=|<=|>=|=>|->|<-|\+\+|--|\+=|-=|\*=|/=|%=|\*\*|//|"
    r"&&|\|\||\?\?|\?\.|::|:=|<<|>>|\.\.|=~|\|>|<>|"
    r"!!|~~|@@|#!|\.\*|\.\+|\(\?(?:[:=!]|<[=!])?|\$[?@_]|\{\{|\}\}|\{%|<%"
)
SIGNS = re.compile(r"[^\w\s]{2,3}")
# British and American spelling are one word: regularise, behaviour, analyse, catalogue.
SPELLINGS = (
    ("is", re.compile(r"is(?=(?:e[drs]?|ing|ations?|able)$)"), "iz"),
    ("lys", re.compile(r"lys(?=(?:e[drs]?|ing)$)"), "lyz"),
    ("our", re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|al|ful|hood|ite|less)?$)"), "or"),
    ("logue", re.compile(r"logue(?=s?$)"), "log"),
)
PLURAL = re.compile(r"[^aeiouys]{3,}s")  # LLMs, which the stemmer takes for no word
SCRIPTS = (
    ("\u0370", "\u03ff", "greek"),
    ("\u0400", "\u052f", "russian"),
    ("\u0530", "\u058f", "armenian"),
    ("\u0900", "\u097f", "hindi"),
    ("\u0b80", "\u0bff", "tamil"),
)

_english = Stemmer.Stemmer("english", 0).stemWord  # Quicker than a cache of its own.


class Chunk(NamedTuple):
    """What stands between two spaces: its words in order, what it is in one word, and what else finds it."""

    words: tuple[str, ...]
    wholes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def text_of(html: str) -> str:
    """The plain text of stored HTML, which nh3 has made well-formed."""
    return unescape(TAG.sub(" ", images.as_text(html)))


def words(text: str, language: str = "") -> list[str]:
    """The words of a text in order, then those that must not come between neighbours: whole chunks, other stems."""
    chunks = text.split()
    analysed = [analyse(chunk) for chunk in chunks]
    rest = chain.from_iterable(chunk.wholes + chunk.also for chunk in analysed)
    tagged = chain.from_iterable(in_language(chunk, language) for chunk in chunks) if language else ()
    return [*(word for chunk in analysed for word in chunk.words), *rest, *tagged]


def in_language(chunk: str, language: str) -> Iterator[str]:
    """The stems that the words of a chunk have in a language."""
    plain = normalise(chunk)
    for part in parts(plain) if not CODE.fullmatch(plain.strip(PUNCTUATION)) else ():
        if part.isascii() and part.isalpha() and len(part) <= MAX_LENGTH:
            yield from stems(part, language)


def surface_words(text: str) -> set[str]:
    """The words of a text as they are written, for correcting and completing what readers type."""
    found = set(filter(OF_LETTERS.fullmatch, parts(normalise(text))))
    return {word for word in found if 2 < len(word) <= MAX_SURFACE and not IS_UNSPACED.match(word)}


@lru_cache(maxsize=8_000)
def analyse(chunk: str) -> Chunk:
    """The words of a text without spaces."""
    plain = clean(chunk)
    if code := CODE.fullmatch(plain.lower().strip(PUNCTUATION)):
        return _code(*code.groups())
    if version := VERSION.fullmatch(bare := plain.strip(PUNCTUATION)):
        numbers, whole = version[1].split("."), bare.replace(".", "")
        return Chunk(tuple(map(_word, numbers)), tuple(dict.fromkeys((_word(whole.removeprefix("v")), _word(whole)))))
    plain = V.sub("", plain)
    plain = LANGUAGE.sub(lambda match: f" {match[1]}{LANGUAGE_NAMES[match[2]]} ", plain)
    found = [part for part in parts(plain.removesuffix("'s")) if len(part) <= MAX_LENGTH]
    operators = tuple(map(_operator, OPERATOR.findall(plain)))
    if not found:
        return Chunk(operators or ((_operator(plain),) if SIGNS.fullmatch(plain) else ()))
    pieces = [_pieces(part) for part in found]
    in_order = [word for its in pieces for word in its]
    wholes = [*_joined(found, in_order), *_without_umlauts(chunk), *_without_prefixes(found)]
    several = [
        _word(part.lower())
        for part, its in zip(found, pieces, strict=True)
        if part.isascii() and len(its) > 1 < len(found)
    ]
    letters = [as_word(letter) for part in found if IS_UNSPACED.match(part) and len(part) > 1 for letter in part]
    letters += [head for part in found for head in _heads(part)]
    return Chunk(tuple(in_order), tuple(dict.fromkeys(wholes)), (*several, *letters, *operators))


def apart(chunk: str) -> tuple[str, ...]:
    """The words of a chunk, letters and digits apart, as in `pep8` and `tls1.3`; nothing where they never touch."""
    found = parts(normalise(chunk)) if chunk.isascii() and not CODE.fullmatch(chunk.lower()) else []
    if not any(map(TOUCHING.match, found)):
        return ()
    return tuple(_word(run) for part in found for run in RUN.findall(part))


def _code(prefix: str, part: str, number: str) -> Chunk:
    """A code is found whole, without its prefix, and as one begins to type it."""
    beginnings = [f"{prefix}{part}{number[:length]}" for length in range(len(number))]
    return Chunk((f"{prefix}{part}{number}",), (), (f"{part}{number}", *beginnings))


def _pieces(part: str) -> list[str]:
    """The words of a part: syllables in pairs where a script has no spaces, the humps of a name, or itself."""
    if IS_UNSPACED.match(part):
        return [as_word(f"{one}{other}") for one, other in pairwise(part)] or [as_word(part)]
    if not part.islower() and part.isascii():
        humps = HUMP.findall(part)
        if _is_composed([len(hump) for hump in humps if hump.isalpha()]) and part.lower() not in names():
            return [_word(hump.lower()) for hump in humps]
    return [_word(part.lower())]


def _is_composed(lengths: list[int]) -> bool:
    """Whether humps of these lengths are words, and no name as `iPhone` or `OAuth2` is."""
    return len(lengths) > 1 and max(lengths) > 2 and (min(lengths) > 1 or len(lengths) >= SEVERAL)


def _heads(part: str) -> list[str]:
    """What a name with numbers begins with: `oauth` and `oauth2` of OAuth2Client, `uuid` of UUIDv4."""
    return [_word(match[0].lower()) for head in HEADS if (match := head.match(part))]


def _joined(found: list[str], in_order: list[str]) -> list[str]:
    """What several parts are in one word."""
    joined = "".join(found)
    if len(in_order) == 1 or len(found) > MAX_PARTS or len(joined) > MAX_LENGTH or IS_UNSPACED.search(joined):
        return []
    return [_word(joined.lower())]


def _without_umlauts(chunk: str) -> list[str]:
    """A word as it is written where there are none: Groesse."""
    if chunk.isascii() or (other := chunk.lower().translate(UMLAUTS)) == chunk.lower():
        return []
    found = parts(normalise(other))
    return [_word(found[0])] if len(found) == 1 and len(found[0]) <= MAX_LENGTH else []


def _without_prefixes(found: list[str]) -> list[str]:
    """An Arabic or Hebrew word without what may be another word in front of it."""
    if len(found) != 1 or found[0].isascii():
        return []
    return [as_word(bare) for bare in semitic.without_prefix(found[0])]


def _word(letters: str) -> str:
    """The stem. PostgreSQL's parser would take a word that begins with a digit apart, so it gets letters."""
    if letters[0].isdigit():
        return f"nr{as_word(letters)}"
    if not letters.isascii():
        language = next((name for first, last, name in SCRIPTS if first <= letters[0] <= last), "")
        return as_word(_stemmer(language).stemWord(letters) if language else semitic.stem(letters))
    if PLURAL.fullmatch(letters):
        return letters[:-1]
    for part, spelling, replacement in SPELLINGS:
        if part in letters:
            letters = spelling.sub(replacement, letters)
    return _english(letters)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)


def _operator(signs: str) -> str:
    return "op" + "".join(f"{ord(sign):x}" for sign in signs)
