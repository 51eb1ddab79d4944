"""Pages read from buckets are the same as pages cut from the whole order."""

from random import Random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from questions.finding.question_filter import QuestionFilter
from questions.models import Category, Question
from tests.conftest import Bank, make_advanced, make_sql

pytestmark = pytest.mark.django_db

SORTS = ["level", "difficulty", "newest", "code"]


@pytest.fixture(scope="module", autouse=True)
def _questions(kept_bank: Bank) -> None:
    """Eighty questions, unevenly spread."""
    python, beginner, core = kept_bank.defaults.values()
    sql, advanced = make_sql(), make_advanced()
    joins = Category.objects.create(name="Joins", slug="joins", position=2)
    random = Random(3)
    for number in range(80):
        technology, level = random.choice([python, python, sql]), random.choice([beginner, advanced])
        code = f"{technology.code_prefix}-{level.code_part}-{number:03}"
        fields = {"technology": technology, "level": level, "category": random.choice([core, joins])}
        kept_bank.add(
            code, difficulty=random.choice([1, 5, 5, 9]), answer=random.choice(["A list.", "A tuple."]), **fields
        )


def asked(query: str) -> QuestionFilter:
    return QuestionFilter(QueryDict(query), queryset=Question.objects.public())


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "filters", ["", "technology=sql", "category=joins&level=advanced", "difficulty_min=5", "q=list"]
)
def test_pages_together_are_the_whole_list_in_order(sort: str, filters: str) -> None:
    query = f"{filters}&sort={sort}"
    whole = [question.pk for question in asked(query).ordered()]
    number = asked(query).results.paginator.num_pages

    pages = [question.pk for page in range(1, number + 1) for question in asked(f"{query}&page={page}").results]

    assert len(whole) > 15
    assert pages == whole


def test_pages_of_a_search_by_best_match_hold_every_find_once() -> None:
    found = asked("q=list")
    number = found.results.paginator.num_pages

    pages = [question.pk for page in range(1, number + 1) for question in asked(f"q=list&page={page}").results]

    assert sorted(pages) == sorted(Question.objects.filter(answer="A list.").values_list("pk", flat=True))


def test_each_option_counts_what_it_leaves_for_random_filters_with_and_without_text() -> None:
    random = Random(11)
    values = {
        "technology": ["python", "sql"],
        "level": ["beginner", "advanced"],
        "category": ["core", "joins"],
        "difficulty_min": ["1", "5", "9"],
        "difficulty_max": ["1", "5", "9"],
        "q": ["list", "tuple", "question nothing", "python"],
    }
    for _ in range(40):
        chosen = {name: random.choice(options) for name, options in values.items() if random.random() < 0.4}
        filters = asked(urlencode(chosen))
        for name, option in filters.options():
            promised = asked(urlencode(chosen | {name: option.value}))
            assert option.number == promised.count == promised.qs.count(), (chosen, name, option)


def test_neighbours_walk_the_default_order_from_first_to_last(client: Client) -> None:
    order = list(Question.objects.public())
    walked = [order[0]]
    while following := client.get(walked[-1].get_absolute_url()).context["neighbours"].next:
        walked.append(following)

    assert walked == order


def test_previous_is_the_way_back(client: Client) -> None:
    for question in list(Question.objects.public())[:-1]:
        following = client.get(question.get_absolute_url()).context["neighbours"].next

        assert client.get(following.get_absolute_url()).context["neighbours"].previous == question
