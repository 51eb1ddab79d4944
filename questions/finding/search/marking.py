"""Where the words of a search stand in a text that is written as people write: with accents, signs, in any script."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from questions.finding.search import semitic
from questions.finding.search.analysis import analyse
from questions.finding.search.letters import BEYOND_ASCII, IS_UNSPACED, MARKS, clean

Place = tuple[int, int]  # where something begins and ends

TAGS = re.compile(r"(<[^>]*>)")
FORMULA = ("<math", "</math")
NUMBER = re.compile(r"^nr(?=[0-9])")
HEX = re.compile(r"u([0-9a-f]{3,4})")
TAGGED = re.compile(r"[a-z]{2}q(.+)")
ATTACHED = r"[^\W_]{0,3}"  # what may be written together with an Arabic or Hebrew word, in front of it
UMLAUT = re.compile("([aou])e")  # as one writes it without dots, of which the cleaned text has the letter alone
LANGUAGE = {"plusplus": r"\+\+", "sharp": "#"}
SIGN = r"[=!<>+\-*/&|?:.~%]"


def places(text: str, wanted: frozenset[str]) -> list[Place]:
    """Where the wanted words stand, in order; those that touch are one."""
    if not wanted:
        return []
    return list(_merged(sorted(_found(text, wanted))))


def _found(text: str, wanted: frozenset[str]) -> Iterator[Place]:
    plain, places_of = _cleaned(text)
    for match in _pairs(wanted).finditer(plain):
        yield places_of(match.start(1)), places_of(match.end(1))
    for match in _pattern(wanted).finditer(plain):
        place = places_of(match.start()), places_of(match.end())
        if match.lastgroup != "word" or wanted.intersection(*_terms(text[slice(*place)])):
            yield place


def _terms(word: str) -> list[set[str]]:
    chunk = analyse(word)
    return [{*chunk.words, *chunk.wholes, *chunk.also}]


@lru_cache(maxsize=64)
def _pattern(wanted: frozenset[str]) -> re.Pattern[str]:
    """Whatever may be a wanted word: a stem can differ from its words in the last letter (memori, memory)."""
    words, exact = [], []
    for term in sorted(wanted):
        if sign := _as_signs(term):
            exact.append(sign)
        elif IS_UNSPACED.search(term):
            continue
        elif tagged := TAGGED.fullmatch(term):
            exact.append(rf"[^\W_]*{re.escape(tagged[1])}[^\W_]*")
        else:
            letters = NUMBER.sub("", term if term.isascii() else HEX.sub(lambda it: chr(int(it[1], 16)), term))
            stem = re.escape(letters[:-1] if len(letters) > 3 and letters.isalpha() else letters)
            words.append(ATTACHED + stem if semitic.takes_prefixes(letters) else UMLAUT.sub(r"\1e?", stem))
    word = rf"(?P<word>(?<![^\W_])(?:{'|'.join(words)})(?:[^\W_]|[{MARKS}])*)" if words else "(?!)"
    return re.compile("|".join([*exact, word]), re.IGNORECASE)


@lru_cache(maxsize=64)
def _pairs(wanted: frozenset[str]) -> re.Pattern[str]:
    """The wanted pairs of syllables, which overlap."""
    pairs = [re.escape(term) for term in sorted(wanted) if IS_UNSPACED.search(term)]
    return re.compile(f"(?=({'|'.join(pairs)}))" if pairs else "(?!)")


def _as_signs(term: str) -> str:
    """The pattern of an operator, or of a language that is named with signs; nothing for another word."""
    if re.fullmatch(r"op(?:[2-7][0-9a-f])+", term):
        signs = "".join(map(chr, bytes.fromhex(term[2:])))
        return rf"(?<!{SIGN}){re.escape(signs)}(?!{SIGN})"
    for name, signs in LANGUAGE.items():
        if len(term) == len(name) + 1 and term.endswith(name):
            return rf"(?<![^\W_]){term[0]}{signs}"
    return ""


def _cleaned(text: str) -> tuple[str, "Shift"]:
    """The text without accents and the like, and what leads from its places back to those of the text."""
    plain, shift = [], Shift()
    end = length = 0
    for run in BEYOND_ASCII.finditer(text):
        letters = clean(run[0])
        length += run.start() - end
        plain += [text[end : run.start()], letters]
        shift.add(length, len(letters), run.start(), run.end())
        length, end = length + len(letters), run.end()
    return "".join([*plain, text[end:]]), shift


class Shift:
    """From places in a cleaned text to those in the text as it was."""

    def __init__(self) -> None:
        self.starts, self.runs = [0], [(0, 0)]

    def add(self, start: int, length: int, original_start: int, original_end: int) -> None:
        """Note a run that was cleaned: letter by letter where its length is the same, else as a whole."""
        if length != original_end - original_start:
            for place in range(length):
                self.starts.append(start + place)
                self.runs.append((start + place, original_start + place * (original_end - original_start) // length))
        self.starts.append(start + length)
        self.runs.append((start + length, original_end))

    def __call__(self, place: int) -> int:
        start, original = self.runs[bisect_right(self.starts, place) - 1]
        return original + place - start


def _merged(found: Iterable[Place]) -> Iterator[Place]:
    first = last = -1
    for start, end in found:
        if start > last:
            if last > first:
                yield first, last
            first = start
        last = max(last, end)
    if last > first:
        yield first, last


def marked_text(text: str, found: Iterable[Place], start: int = 0, end: int | None = None) -> SafeString:
    """A part of a text as HTML, what was found in it being marked."""
    end = len(text) if end is None else end
    within = [(first, last) for first, last in found if start <= first and last <= end]
    borders = [start, *(border for place in within for border in place), end]
    spans = [text[slice(*span)] for span in pairwise(borders)]
    pieces = zip(spans[::2], spans[1::2], strict=False)
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), spans[-1])


def marked_html(html: str, wanted: frozenset[str]) -> SafeString:
    """Well-formed HTML with the wanted words marked, wherever no tag and no formula takes them apart."""
    pieces, depth = [], 0
    for piece in TAGS.split(html):
        if piece.startswith("<"):
            depth += piece.startswith(FORMULA[0]) - piece.startswith(FORMULA[1])
        elif not depth and (found := places(text := unescape(piece), wanted)):
            piece = marked_text(text, found)
        pieces.append(piece)
    return mark_safe("".join(pieces))
