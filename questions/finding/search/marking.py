"""Where the words of a search stand in a text that is written as people write: with accents, signs, in any script."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from questions.finding.search import semitic
from questions.finding.search.analysis import LANGUAGE_NAMES, analyse
from questions.finding.search.letters import BEYOND_ASCII, IS_UNSPACED, MARKS, clean, normalise
from questions.finding.search.query import Clause, Phrase

TAGS = re.compile(r"(<[^>]*>)")
FORMULA = ("<math", "</math")
# Terms, as `analysis`, `letters` and `languages` write them: `nr3`, the vowel sign `u93e`, the German stem `deqzeil`.
NUMBER = re.compile(r"^nr(?=[0-9])")
HEX = re.compile(r"u([0-9a-f]{3,4})")
TAGGED = re.compile(r"[a-z]{2}q(.+)")
ATTACHED = r"[^\W_]{0,3}"  # what may be written together with an Arabic or Hebrew word, in front of it
UMLAUT = re.compile("([aou])e")  # an umlaut written without dots; in a cleaned text, it is the letter alone
LANGUAGE = {name: re.escape(signs) for signs, name in LANGUAGE_NAMES.items()}
LETTER = re.compile(r"[^\W_]")
SIGN = r"[=!<>+\-*/&|?:.~%]"


Place = tuple[int, int]  # where something begins and ends


class Occurrence(NamedTuple):
    """Where something begins and ends, and which clauses of the search it says."""

    start: int
    end: int
    clauses: frozenset[int]


class Wanted:
    """The phrases of a search, made ready to be looked for in many texts."""

    def __init__(self, weights: Mapping[Clause, float]) -> None:
        self.weights = list(weights.values())
        clauses = defaultdict[Phrase, set[int]](set)
        for number, clause in enumerate(weights):
            for phrase in clause.phrases:
                clauses[phrase].add(number)
        self.clauses = {phrase: frozenset(its) for phrase, its in clauses.items()}
        self.beginning = defaultdict[str, list[Phrase]](list)
        for phrase in clauses:
            self.beginning[phrase[0]].append(phrase)
        self.seen: dict[str, tuple[set[str], list[Phrase]]] = {}
        terms = sorted({term for phrase in clauses for term in phrase})
        self.tagged = {term: match[1] for term in terms if (match := TAGGED.fullmatch(term))}
        self.words, self.pairs = _words(terms), _pairs(terms)

    def weight(self, found: Iterable[Occurrence]) -> float:
        """How much these say, together, of what was searched for."""
        return sum(self.weights[number] for number in frozenset[int]().union(*(it.clauses for it in found)))

    def find(self, text: str) -> list[Occurrence]:
        """Where the phrases stand, in order."""
        plain, place_of = _cleaned(text)
        plain = plain.lower()
        spans = [it.span(1) for it in self.pairs.finditer(plain)] if self.pairs else []
        spans += [
            it.span() for it in self.words.finditer(plain) if it.lastgroup != "word" or _is_start(plain, it.start())
        ]
        words = [(place_of(start), place_of(end)) for start, end in sorted(spans)]
        return list(self._phrases(text, words)) if words else []

    def _phrases(self, text: str, words: list[Place]) -> Iterator[Occurrence]:
        """The phrases among words that may be theirs: one, or several that nothing separates."""
        known = [self._known(text[slice(*place)]) for place in words]
        for first, (_, phrases) in enumerate(known):
            for phrase in phrases:
                run = slice(first, first + len(phrase))
                if len(phrase) == 1 or (_says(known[run], phrase) and _touch(text, words[run])):
                    yield Occurrence(words[first][0], words[run][-1][1], self.clauses[phrase])

    def _known(self, word: str) -> tuple[set[str], list[Phrase]]:
        """The terms of a word, and the phrases that begin with it."""
        if word not in self.seen:
            chunk = analyse(word)
            terms = {term for term, letters in self.tagged.items() if letters in normalise(word)}
            terms.update(chunk.words, chunk.wholes, chunk.also)
            self.seen[word] = terms, [phrase for term in terms for phrase in self.beginning.get(term, ())]
        return self.seen[word]


def _says(known: list[tuple[set[str], list[Phrase]]], phrase: Phrase) -> bool:
    """Whether these words are those of the phrase, in its order."""
    return len(known) == len(phrase) and all(term in terms for term, (terms, _) in zip(phrase, known, strict=True))


def _is_start(text: str, place: int) -> bool:
    """Whether a word starts there; a pattern that asked for that itself would take ten times as long."""
    return not text[max(place - 1, 0) : place].isalnum()


def _touch(text: str, words: list[Place]) -> bool:
    """Whether no other word stands between these."""
    return not any(LETTER.search(text, end, start) for (_, end), (start, _) in pairwise(words))


def _words(terms: Iterable[str]) -> re.Pattern[str]:
    """Whatever may be a wanted word: a stem can differ from its words in the last letter (memori, memory)."""
    words, exact = [], []
    for term in terms:
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
    word = rf"(?P<word>(?:{'|'.join(words)})(?:[^\W_]|[{MARKS}])*)" if words else "(?!)"
    return re.compile("|".join([*exact, word]))


def _pairs(terms: Iterable[str]) -> re.Pattern[str] | None:
    """The wanted pairs of syllables, which overlap."""
    pairs = [re.escape(term) for term in terms if IS_UNSPACED.search(term)]
    return re.compile(f"(?=({'|'.join(pairs)}))") if pairs else None


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
    if text.isascii():
        return text, shift
    end = length = 0
    changed = {run: letters for run in set(BEYOND_ASCII.findall(text)) if (letters := clean(run)) != run}
    for run in BEYOND_ASCII.finditer(text) if changed else ():
        if run[0] in changed:
            letters = changed[run[0]]
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


def _merged(found: Iterable[Occurrence]) -> Iterator[Place]:
    """Where something was found; what touches is one."""
    first = last = -1
    for start, end, _ in found:
        if start > last:
            if last > first:
                yield first, last
            first = start
        last = max(last, end)
    if last > first:
        yield first, last


def marked_text(text: str, found: Iterable[Occurrence], start: int = 0, end: int | None = None) -> SafeString:
    """A part of a text as HTML, what was found in it being marked."""
    end = len(text) if end is None else end
    within = [(first, last) for first, last in _merged(found) if start <= first and last <= end]
    borders = [start, *(border for place in within for border in place), end]
    spans = [text[slice(*span)] for span in pairwise(borders)]
    pieces = zip(spans[::2], spans[1::2], strict=False)
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), spans[-1])


def marked_html(html: str, wanted: Wanted) -> SafeString:
    """Well-formed HTML with what is wanted marked, wherever no tag and no formula takes them apart."""
    pieces, depth = [], 0
    for piece in TAGS.split(html):
        if piece.startswith("<"):
            depth += piece.startswith(FORMULA[0]) - piece.startswith(FORMULA[1])
        elif not depth and (found := wanted.find(text := unescape(piece))):
            piece = marked_text(text, found)
        pieces.append(piece)
    return mark_safe("".join(pieces))
