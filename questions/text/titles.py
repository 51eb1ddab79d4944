"""Titles: a line of text in which `code` and $formulas$ are the only Markdown."""

import re
from collections.abc import Callable
from html import escape

from questions.text.formulas import WORD, FormulaError, mathml

PART = re.compile(
    rf"""
    (?P<ticks> `+ ) (?P<code> .+? ) (?P=ticks) (?! ` )
    | (?<! {WORD} | [_$\\] ) \$ (?! \s ) (?P<formula> [^$]*? [^$\s\\] ) \$ (?! {WORD} | [_${{] )
    """,
    re.VERBOSE,
)


def html(title: str, text: Callable[[str], str] = escape) -> str:
    """Safe HTML of a title, whose words `text` makes safe; a formula that cannot be read stays as it was typed."""
    parts, position = [], 0
    for match in PART.finditer(title):
        parts += [text(title[position : match.start()]), _shown(match, text)]
        position = match.end()
    return "".join([*parts, text(title[position:])])


def plain(title: str) -> str:
    """A title for where there is no HTML: code and formulas as they are typed, without what sets them off."""
    return PART.sub(lambda match: (match["code"] or match["formula"]).strip(), title)


def check(title: str) -> None:
    """Raise FormulaError, with a sentence, for a formula that cannot be read."""
    for match in PART.finditer(title):
        if match["formula"]:
            mathml(match["formula"])


def _shown(match: re.Match[str], text: Callable[[str], str]) -> str:
    if match["code"]:
        return f"<code>{text(match['code'].strip())}</code>"
    try:
        return mathml(match["formula"])
    except FormulaError:
        return text(match[0])
