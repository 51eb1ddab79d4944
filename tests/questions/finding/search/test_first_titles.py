"""The first titles in memory say what the database's index of titles says."""

import pytest

from questions.finding.search.backend import find
from questions.finding.search.documents import facet
from questions.finding.search.first_titles import first_titles
from questions.finding.search.query import Query
from questions.models import Level, Question

ALL = 1_000  # More than there are, so that no index is spared.
TYPED = [
    "python",
    "what",
    "list",
    "the with statement",
    '"with statement"',
    '"statement with"',
    "rag",
    "list tuple",
    "xyzzy",
]


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
@pytest.mark.parametrize("text", TYPED)
def test_they_find_what_the_index_finds(text: str) -> None:
    query = Query.parse(text)

    assert first_titles().find(query, (), ALL) == find(query, (), ALL, title_only=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
def test_they_find_what_has_a_facet_of_each_group() -> None:
    beginner, advanced, _ = Level.objects.values_list("pk", flat=True)[:3]
    groups = [[facet("level", beginner), facet("level", advanced)], [facet("difficulty", 3), facet("difficulty", 8)]]
    query = Query.parse("what")

    found = first_titles().find(query, groups, ALL)

    assert found == find(query, groups, ALL, title_only=True)
    assert 0 < len(found) < len(first_titles().find(query, (), ALL))


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
def test_they_give_no_more_than_is_wanted_and_the_first() -> None:
    every = first_titles().find(Query.parse("what"), (), ALL)

    assert list(first_titles().find(Query.parse("what"), (), 3)) == sorted(every)[:3]


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
def test_they_are_those_of_now() -> None:
    assert not first_titles().find(Query.parse("xyzzy"), (), ALL)

    question = Question.objects.get(code="PY-BEG-001")
    question.title = "What is a xyzzy?"
    question.save()

    assert list(first_titles().find(Query.parse("xyzzy"), (), ALL)) == [question.pk]
