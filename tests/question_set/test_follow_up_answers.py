"""The answers to the follow-ups of the set: each is there, short enough to be spoken, and most lead on."""

import re

import pytest

from questions.editorial.examples import fault
from questions.text.code_blocks import blocks, without_blocks
from tests.question_set.question_set import questions

LEAST, MOST = 40, 90  # words, code and formulas apart
LINKED, ALL = 120, 162
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
TARGET = re.compile(r"\]\([^)]*\)")

pytestmark = pytest.mark.one_database
FOLLOW_UPS = [(code, it["position"]) for code, entry in questions().items() for it in entry["follow_ups"]]


def answer_of(code: str, position: int) -> str:
    """The Markdown of an answer; nothing, if there is none."""
    (found,) = [it for it in questions()[code]["follow_ups"] if it["position"] == position]
    return found.get("answer", "")


@pytest.mark.parametrize(("code", "position"), FOLLOW_UPS)
def test_follow_up_has_an_answer_of_40_to_90_words(code: str, position: int) -> None:
    prose = TARGET.sub("]", FORMULA.sub("", without_blocks(answer_of(code, position))))
    words = [word for word in prose.split() if re.search(r"\w", word)]

    assert LEAST <= len(words) <= MOST, f"Follow-up {position} of {code} has an answer of {len(words)} words."


@pytest.mark.parametrize(("code", "position"), FOLLOW_UPS)
def test_programs_in_an_answer_print_what_it_shows_and_fragments_are_python(code: str, position: int) -> None:
    for block in blocks(answer_of(code, position)):
        if block.is_program:
            assert fault(block) == "", block.code
        elif block.is_python:
            assert compile(block.code, code, "exec")


def test_at_least_120_of_162_follow_ups_link_to_another_entry_that_is_there() -> None:
    links = {
        (code, it["position"]): it["answered_by"][0]
        for code, entry in questions().items()
        for it in entry["follow_ups"]
        if it.get("answered_by")
    }

    assert len(FOLLOW_UPS) == ALL
    assert [(place, link) for place, link in links.items() if link not in questions() or link == place[0]] == []
    assert len(links) >= LINKED
