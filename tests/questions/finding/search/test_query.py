"""What a reader typed, as clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.finding.search.query import MAX_CLAUSES, Query

pytestmark = pytest.mark.django_db  # Synonyms are read from the database too.


def phrases(text: str) -> list[tuple[str, ...]]:
    return [clause.spellings[0] for clause in Query.parse(text).clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("decorators wraps", [("decor",), ("wrap",)]),
        ('"global interpreter lock" thread', [("global", "interpret", "lock"), ("thread",)]),
        ('"unfinished phrase', [("unfinish",), ("phrase",)]),
        ("what is the difference between a list and a tuple", [("list",), ("and",), ("tupl",)]),
        ("the", [("the",)]),
        ("try/except", [("tri",), ("except",)]),
        ("", []),
        ('"" - . ! ( )', []),
        ("AND OR NOT NEAR", [("and",), ("not",), ("near",)]),
    ],
)
def test_words_and_phrases(text: str, expected: list[tuple[str, ...]]) -> None:
    assert phrases(text) == expected


def test_minus_excludes_words_and_phrases() -> None:
    query = Query.parse('list -tuple -"named tuple"')

    assert [clause.spellings[0] for clause in query.positive] == [("list",)]
    assert [clause.spellings[0] for clause in query.negative] == [("tupl",), ("name", "tupl")]


def test_exclusions_alone_are_taken_as_text() -> None:
    assert not Query.parse("-tuple").negative


def test_abbreviation_stands_for_what_it_abbreviates_and_the_other_way_round() -> None:
    assert ("global", "interpret", "lock") in Query.parse("GIL").clauses[0].phrases
    assert ("gil",) in Query.parse("global interpreter lock").clauses[0].phrases


def test_compound_matches_its_parts_and_what_is_written_together() -> None:
    assert Query.parse("k-means").clauses[0].phrases == (("k", "mean"), ("kmean",))


@pytest.mark.parametrize("text", ["=:", "(=!"])
def test_an_operator_that_ends_like_a_sentence_is_not_an_unfinished_word(text: str) -> None:
    assert Query.parse(text).clauses[-1].typed is None


@given(st.text(max_size=300))
def test_any_text_is_a_query_of_bounded_size(text: str) -> None:
    query = Query.parse(text)

    assert len(query.clauses) <= MAX_CLAUSES
    assert all(word.isalnum() for clause in query.clauses for phrase in clause.phrases for word in phrase)
