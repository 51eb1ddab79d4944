"""What differs between two texts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.diffs import changes, difference, difference_of

pytestmark = pytest.mark.one_database

KINDS_OF = {"before": ("same", "removed"), "after": ("same", "added")}


def test_a_changed_word_stands_between_what_stayed() -> None:
    assert difference("A list is mutable.", "A tuple is mutable.") == [
        ("same", "A "),
        ("removed", "list"),
        ("added", "tuple"),
        ("same", " is mutable."),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = difference(before, after)

    shown = {side: "".join(it.text for it in pieces if it.kind in kinds) for side, kinds in KINDS_OF.items()}
    if all(it.kind != "gap" for it in pieces):
        assert shown == {"before": before, "after": after}


def test_many_lines_that_are_the_same_are_left_out() -> None:
    before = "".join(f"Line {number}\n" for number in range(40))

    pieces = difference(before, before.replace("Line 20\n", "Row 20\n"))

    assert [it.kind for it in pieces].count("gap") == 2
    assert "Line 18\n" in pieces[1].text
    assert "Line 3\n" not in "".join(it.text for it in pieces)


def test_long_texts_without_a_common_word_are_compared_in_no_time() -> None:
    before = " ".join(f"a{number}" for number in range(8_000))
    after = " ".join(f"b{number * 7 % 8_000}" for number in range(8_000))
    begin = time.process_time()

    difference(before, after)

    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("one", "other"), [("!?", "?!"), ("!!?", "?!"), ("a b ", "b a "), ("ab!?", "?!ab"), ("!", "?")]
)
@pytest.mark.parametrize("number", [2_500, 25_000])
def test_hostile_texts_are_compared_or_shown_whole_in_half_a_second(one: str, other: str, number: int) -> None:
    begin = time.process_time()

    difference("x " * number + one * number, "x " * number + other * number)

    assert time.process_time() - begin < 0.5


def test_texts_that_differ_in_too_much_are_shown_whole() -> None:
    before, after = "!?" * 5_000, "?!" * 5_000

    assert difference(before, after) == [("removed", before), ("added", after)]


def test_a_changed_word_is_shown_in_the_longest_text() -> None:
    kinds = [it.kind for it in difference("one two " * 6_000 + "old", "one two " * 6_000 + "new")]

    assert kinds == ["same", "removed", "added"]


def test_what_is_left_when_the_time_of_a_page_is_up_is_shown_whole() -> None:
    (change,) = changes({"title": "What is a list?"}, {"title": "What is a tuple?"}, until=time.monotonic() - 1)

    assert change.pieces == [("removed", "What is a list?"), ("added", "What is a tuple?")]


def test_only_fields_that_differ_are_named() -> None:
    before = {"title": "What is a list?", "answer": "Mutable.", "follow_ups": "1. Why?"}

    found = changes(before, before | {"answer": "Not mutable.", "follow_ups": ""})

    assert [it.label for it in found] == ["Answer", "Follow-ups"]


@pytest.mark.parametrize("text", ["", "One line", "\n\n", "Ein Wörterbuch 🐍"])
def test_equal_texts_do_not_differ(text: str) -> None:
    assert {it.kind for it in difference(text, text)} <= {"same"}


def test_follow_ups_are_compared_by_line() -> None:
    assert difference_of("follow_ups", "1. Why?\n2. How?", "1. Why?\n2. How so?") == [
        ("same", "1. Why?\n"),
        ("removed", "2. How?\n"),
        ("added", "2. How so?\n"),
    ]
