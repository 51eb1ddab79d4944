"""Where a search text stands in a question: the sections, and a few words around the first place, marked."""

import re
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questions.finding.search.analysis import analyse, normalise, text_of
from questions.finding.search.query import Query
from questions.models import Question
from questions.sections import SECTIONS

BEFORE, AFTER = 70, 170  # characters around the first place


class Match(NamedTuple):
    """The titles of the sections that have a word of the search, and the place that has most of them."""

    sections: list[str]
    snippet: SafeString


def match_in(question: Question, query: Query) -> Match:
    """Where the words of the query stand in the question's sections."""
    wanted = frozenset(word for clause in query.positive for phrase in clause.phrases for word in phrase)
    texts = {section.title: text_of(getattr(question, section.html_field)) for section in SECTIONS}
    places = {title: found for title, text in texts.items() if (found := _places(text, wanted))}
    if not places:
        return Match([], SafeString())
    best = max(places, key=lambda title: len({_stem(texts[title][slice(*place)]) for place in places[title]}))
    return Match(list(places), _snippet(texts[best], places[best]))


def _places(text: str, wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Where the wanted words begin and end."""
    return [match.span() for match in _beginnings(wanted).finditer(text) if _stem(match[0]) in wanted]


@lru_cache(maxsize=64)
def _beginnings(wanted: frozenset[str]) -> re.Pattern[str]:
    """Words that may have the stems: a stem can differ from its words in the last letter (memori, memory)."""
    stems = sorted(re.escape(stem[:-1] if len(stem) > 3 else stem) for stem in wanted)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(stems)})[^\W_]*", re.IGNORECASE)


def _stem(word: str) -> str:
    words = analyse(normalise(word)).words
    return words[0] if words else ""


def _snippet(text: str, places: list[tuple[int, int]]) -> SafeString:
    """The text around the first place, on whole words, its places marked."""
    start = text.rfind(" ", 0, max(places[0][0] - BEFORE, 0)) + 1
    end = text.find(" ", places[0][1] + AFTER)
    end = len(text) if end == -1 else end
    pieces, position = [], start
    for first, last in (place for place in places if place[1] <= end):
        pieces.append((text[position:first], text[first:last]))
        position = last
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}{}{}", "… " if start else "", marked, text[position:end], " …" if end < len(text) else "")
