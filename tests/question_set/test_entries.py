"""Each entry by itself: its form, its lengths, and that its programs print what it says they print."""

import re
from collections import Counter
from typing import Any

import pytest

from questions.editorial.examples import fault
from questions.text.code_blocks import blocks, without_blocks
from tests.question_set.question_set import SECTIONS, prose, questions, sentences

HTML_TAG = re.compile(r"</?[a-zA-Z][^>\n]*>")
REFERENCE = re.compile(r"- \[[^\]]+\]\(https://[\w.-]+(/[^\s()]*(\([^\s()]*\)[^\s()]*)*)?\)")

ALSO_ASKED = Counter(line.casefold() for it in questions().values() for line in it["also_asked"].splitlines())

pytestmark = [pytest.mark.one_database, pytest.mark.parametrize("code", sorted(questions())), pytest.mark.slow]


@pytest.fixture
def entry(code: str) -> dict[str, Any]:
    return questions()[code]


def length(text: str) -> int:
    """Words as an author counts them: separated by white space, symbols on their own not counted."""
    return len([word for word in prose(text).split() if re.search(r"\w", word)])


def test_title_is_a_question_of_at_most_110_characters(entry: dict[str, Any]) -> None:
    assert entry["title"].endswith("?")
    assert 30 <= len(entry["title"]) <= 110


@pytest.mark.parametrize(
    ("section", "least", "most"), [("answer", 40, 75), ("explanation", 180, 450), ("scenario", 80, 160)]
)
def test_length_fits_the_section(entry: dict[str, Any], section: str, least: int, most: int) -> None:
    assert least <= length(entry[section]) <= most


@pytest.mark.parametrize("section", SECTIONS)
def test_no_sentence_is_longer_than_35_words(entry: dict[str, Any], section: str) -> None:
    assert [sentence for sentence in sentences(entry[section]) if length(sentence) > 35] == []


def test_three_to_five_mistakes_each_with_a_bold_lead(entry: dict[str, Any]) -> None:
    bullets = re.findall(r"^- .*", entry["mistakes"], re.MULTILINE)

    assert 3 <= len(bullets) <= 5
    assert all(bullet.startswith("- **") for bullet in bullets)


def test_three_follow_ups_in_order(entry: dict[str, Any]) -> None:
    assert [item["position"] for item in entry["follow_ups"]] == [1, 2, 3]
    assert all(item["text"].endswith("?") for item in entry["follow_ups"])


def test_one_to_ten_references_with_title_and_link(entry: dict[str, Any]) -> None:
    lines = entry["references"].splitlines()

    assert 1 <= len(lines) <= 10
    assert [line for line in lines if not REFERENCE.fullmatch(line)] == []


def test_references_name_each_address_once(entry: dict[str, Any]) -> None:
    addresses = [line.rpartition("](")[2] for line in entry["references"].splitlines()]

    assert len(addresses) == len(set(addresses))


def test_is_also_asked_in_nine_to_thirteen_other_ways_none_of_which_is_another_entrys(entry: dict[str, Any]) -> None:
    lines = entry["also_asked"].splitlines()

    assert 9 <= len(lines) <= 13
    assert [line for line in lines if not re.fullmatch(r"- .{8,120}(?<![.;,: ])", line)] == []
    assert [line for line in lines if ALSO_ASKED[line.casefold()] > 1] == []


def test_says_what_it_was_verified_for(entry: dict[str, Any]) -> None:
    assert 0 < len(entry["verified_for"]) <= 40


def test_what_was_true_in_a_month_has_a_date_of_review(entry: dict[str, Any]) -> None:
    assert "review_by" in entry or not re.search(r"\d{4}-\d{2}", entry["verified_for"])


@pytest.mark.parametrize("section", SECTIONS)
def test_markdown_holds_no_html_and_no_heading_but_one_for_the_depths(entry: dict[str, Any], section: str) -> None:
    outside_code = re.sub(r"`[^`]*`", "", prose(entry[section]))
    headings = re.findall(r"^#+ .*", outside_code, re.MULTILINE)

    assert HTML_TAG.findall(outside_code) == []
    assert headings == [] or (section == "explanation" and headings == ["### Going deeper"])


def test_fences_name_a_language(entry: dict[str, Any]) -> None:
    found = [block.language for section in SECTIONS for block in blocks(entry[section])]

    assert all(found)
    assert not any("```" in without_blocks(entry[section]) for section in SECTIONS)


def test_python_entries_show_a_program_with_its_output(entry: dict[str, Any], code: str) -> None:
    if entry["technology"] == ["python"]:
        assert any(block.is_python and block.output for block in blocks(entry["example"]))


def test_programs_have_at_most_40_lines_of_88_characters(entry: dict[str, Any]) -> None:
    programs = [block.code.splitlines() for section in SECTIONS for block in blocks(entry[section]) if block.is_python]

    assert all(len(lines) <= 40 for lines in programs)
    assert [line for lines in programs for line in lines if len(line) > 88] == []


def test_programs_print_exactly_what_the_entry_shows(entry: dict[str, Any], code: str) -> None:
    for block in (block for section in SECTIONS for block in blocks(entry[section]) if block.is_python):
        if block.is_program:
            assert fault(block) == "", block.code
        else:
            compile(block.code, code, "exec")
