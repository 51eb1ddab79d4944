"""Mistyped words, words written together and apart, and words that are right though no question has them."""

import pytest

from questions.finding.search.dictionary import is_sound
from questions.finding.search.results import Search
from tests.conftest import Bank


@pytest.fixture
def questions(bank: Bank) -> None:
    bank.add("PY-BEG-001", title="What is a pytest fixture?", answer="A worker gets it. FastAPI has type hints.")
    bank.add("PY-BEG-002", title="What is a figure?", answer="The git of it: get help, scale, transform, phrase.")
    bank.add("PY-BEG-003", title="What is another figure?", answer="A random forest, a tuple.")


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("fixtrue", "fixture"),
        ("pytest fixure", "pytest fixture"),  # Figures are commoner, but no question has pytest and a figure.
        ("tupel", "tuple"),
        ("typehints", "type hints"),
        ("randomforest", "random forest"),
        ("fixt", "fixture"),
        ("pytest fixtu", "pytest fixture"),
    ],
)
def test_mistyped_word_becomes_the_likeliest_with_which_something_is_found(text: str, better: str) -> None:
    assert Search(text).corrected == better


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    "text",
    ["docker", "gut", "hell", "scaling up", "terraform", "rebase", "kubernetes", "gti", "zcaly", "goroutine", "ldap"],
)
def test_sound_and_short_words_and_first_letters_are_left_alone(text: str) -> None:
    assert not Search(text).replaced


@pytest.mark.usefixtures("questions")
def test_words_apart_find_what_is_written_together() -> None:
    assert len(Search("fast api").full) == 1


@pytest.mark.parametrize(("word", "expected"), [("docker", True), ("redis", True), ("the", True), ("fixure", False)])
def test_sound_words_are_english_or_names_of_the_field(word: str, expected: bool) -> None:
    assert is_sound(word) is expected
