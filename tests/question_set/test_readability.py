"""Whether entries read easily: Flesch reading ease of each section, with code, formulas and Markdown apart."""

import re
from typing import Any

import pytest
import textstat

from questions.text.code_blocks import without_blocks
from tests.question_set.question_set import SECTIONS, questions

LEAST = {"beginner": 60}
LEAST_OF_OTHERS = 50
MARKUP = re.compile(
    r"""
    \]\([^)]*\) | !?\[ | \]              # links and images, but for their words
    | [*_~]{1,3}(?=\w) | (?<=[\w.,:;!?)])[*_~]{1,3}
    | ^\s*(?:\#+|>|[-*+]|\d+[.)])\s+      # headings, quotations, items
    """,
    re.MULTILINE | re.VERBOSE,
)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)

pytestmark = [pytest.mark.one_database, pytest.mark.slow]


def spoken(markdown: str) -> str:
    """The sentences of a text: no blocks of code, formulas, tables or alerts' names, and each item ends with a stop."""
    text = FORMULA.sub("x", without_blocks(markdown))
    text = CODE.sub("it", text)  # A name in code is a word that is read, not one that is hard.
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)", text)
    plain = [MARKUP.sub("", it).strip() for it in paragraphs if not it.lstrip().startswith(("|", "> [!"))]
    return "\n".join(it if it.endswith((".", "?", "!")) else f"{it}." for it in plain if it)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("code", sorted(questions()))
def test_section_reads_easily(code: str, section: str) -> None:
    entry: dict[str, Any] = questions()[code]
    least = LEAST.get(entry["level"][0], LEAST_OF_OTHERS)

    ease = textstat.flesch_reading_ease(spoken(entry[section]))

    assert ease >= least, f"{section} of {code} has a reading ease of {ease:.0f}; it needs {least}."
