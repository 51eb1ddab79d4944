"""The set as a whole: its counts, its links, and that no two entries say the same."""

from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, pairwise

import pytest

from questions.editorial.examples import blocks
from tests.question_set.question_set import SECTIONS, answers, prose, questions, words

COUNTS = {
    ("python", "beginner"): 9,
    ("python", "intermediate"): 9,
    ("python", "advanced"): 5,
    ("ai-integration", "beginner"): 4,
    ("ai-integration", "intermediate"): 6,
    ("ai-integration", "advanced"): 5,
    ("machine-learning", "beginner"): 6,
    ("machine-learning", "intermediate"): 5,
    ("machine-learning", "advanced"): 5,
}


def reachable(start: set[str]) -> set[str]:
    """Every code that a walk along follow-ups from `start` comes to."""
    seen: set[str] = set()
    while start:
        seen |= start
        start = {code for seen_code in start for code in answers(seen_code)} - seen
    return seen


def test_number_of_questions_a_technology_and_level() -> None:
    assert Counter((q["technology"][0], q["level"][0]) for q in questions().values()) == COUNTS


def test_all_are_published() -> None:
    assert {question["status"] for question in questions().values()} == {"published"}


def test_at_least_100_of_162_follow_ups_are_linked() -> None:
    links = [item["answered_by"] for question in questions().values() for item in question["follow_ups"]]

    assert len(links) == 162
    assert len([link for link in links if link]) >= 100


def test_follow_ups_lead_to_other_questions_of_the_set() -> None:
    assert [
        (code, link) for code in questions() for link in answers(code) if link == code or link not in questions()
    ] == []


def test_no_question_is_an_orphan() -> None:
    led_to = {link for code in questions() for link in answers(code)}

    assert [code for code in questions() if code not in led_to and not answers(code)] == []


@pytest.mark.parametrize("technology", ["python", "ai-integration", "machine-learning"])
def test_a_reader_can_walk_from_beginner_questions_to_all_others(technology: str) -> None:
    own = {
        code: question["level"][0] for code, question in questions().items() if question["technology"] == [technology]
    }
    reached = reachable({code for code, level in own.items() if level == "beginner"})

    assert sorted(own.keys() - reached) == []


def test_no_two_titles_are_nearly_the_same() -> None:
    titles = [question["title"].lower() for question in questions().values()]

    assert [pair for pair in combinations(titles, 2) if SequenceMatcher(None, *pair).ratio() > 0.8] == []


def test_no_two_entries_share_a_run_of_eight_words() -> None:
    first: dict[tuple[str, ...], str] = {}
    shared = set()
    for code, question in questions().items():
        parts = [question["title"], *(prose(question[section]) for section in SECTIONS)]
        parts += [item["text"] for item in question["follow_ups"]]
        for part in map(words, parts):
            for run in (tuple(part[i : i + 8]) for i in range(len(part) - 7)):
                if first.setdefault(run, code) != code:
                    shared.add((first[run], code, " ".join(run)))

    assert shared == set()


def test_at_most_three_programs_must_not_run() -> None:
    found = [block for question in questions().values() for section in SECTIONS for block in blocks(question[section])]

    assert len([block for block in found if block.must_not_run]) <= 3


def test_files_list_questions_in_order_of_code() -> None:
    codes = [(question["technology"], question["level"], code) for code, question in questions().items()]
    same_file = [(a, b) for a, b in pairwise(codes) if a[:2] == b[:2]]

    assert [(a[2], b[2]) for a, b in same_file if a[2] > b[2]] == []
