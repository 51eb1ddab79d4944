"""Titles: a line of text in which `code` and $formulas$ are the only Markdown."""

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Literal, NamedTuple

from questions.text.formulas import WORD, FormulaError, mathml

LONG_IN_TITLE = 15  # characters of a formula: it may be wider than a phone, in large letters
PART = re.compile(
    rf"""
    (?P<ticks> `+ ) (?P<code> .+? ) (?P=ticks) (?! ` )
    | (?<! {WORD} | [_$\\] ) \$ (?! \s ) (?P<formula> [^$]*? [^$\s\\] ) \$ (?! {WORD} | [_${{] )
    """,
    re.VERBOSE,
)


class Part(NamedTuple):
    """A stretch of a title as it reads without HTML: code and formulas as they are typed."""

    text: str
    kind: Literal["text", "code", "formula"]


def html(title: str, text: Callable[[str], str] = escape) -> str:
    """Safe HTML of a title, whose words `text` makes safe; a formula that cannot be read stays as it was typed."""
    parts, position = [], 0
    for match in PART.finditer(title):
        parts += [text(title[position : match.start()]), _shown(match, text)]
        position = match.end()
    return "".join([*parts, text(title[position:])])


def plain(title: str) -> str:
    """A title for where there is no HTML: code and formulas without what sets them off."""
    return "".join(part.text for part in parts(title))


def parts(title: str) -> Iterator[Part]:
    """The same, part by part."""
    position = 0
    for match in PART.finditer(title):
        yield Part(title[position : match.start()], "text")
        yield Part(match["code"].strip(), "code") if match["code"] else Part(match["formula"], "formula")
        position = match.end()
    yield Part(title[position:], "text")


def check(title: str) -> None:
    """Raise FormulaError, with a sentence, for a formula that cannot be read."""
    for match in PART.finditer(title):
        if match["formula"]:
            mathml(match["formula"])


def _shown(match: re.Match[str], text: Callable[[str], str]) -> str:
    if match["code"]:
        return f"<code>{text(match['code'].strip())}</code>"
    try:
        shown = mathml(match["formula"])
    except FormulaError:
        return text(match[0])
    return f'<span class="formula long">{shown}</span>' if len(match["formula"]) > LONG_IN_TITLE else shown
