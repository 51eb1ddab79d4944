"""The bench's banks: the same for the same seed, and such that the hub finds and counts what is in them."""

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client

from questions.finding.filters import REPEATABLE
from questions.finding.question_filter import QuestionFilter
from questions.finding.search.counts import Counts
from questions.finding.search.documents import rebuild
from questions.finding.search.results import Search
from questions.models import FollowUp, Question, SearchDocument, Term, TitleWord, Word
from tests.bench.generate import Generator, Language, Taxa, code_of
from tests.bench.load import first_free_pk, taxa, write

NUMBER = 300
TAXA = Taxa([(1, "Python", "PY"), (2, "Go", "GO")], [(1, "Core")], [(1, "Beginner"), (2, "Advanced")])


def language(seed: int = 1) -> Language:
    return Language(seed, words=2_000, sentences=1_000)


@pytest.fixture
def loaded(db: None) -> None:
    generator = Generator(language(), taxa_of_real_set(), NUMBER, first_free_pk())
    rows, counts = generator.rows(0, NUMBER)
    write(rows)
    Counts(*counts).write()


def taxa_of_real_set() -> Taxa:
    call_command("loaddata", "fixtures/taxonomy.yaml", verbosity=0)
    return taxa()


@pytest.mark.one_database
def test_same_seed_makes_same_bank() -> None:
    banks = [Generator(language(), TAXA, NUMBER, 1).rows(0, NUMBER) for _ in range(2)]

    assert banks[0] == banks[1]


@pytest.mark.one_database
def test_other_seed_makes_other_bank() -> None:
    one, other = (Generator(language(seed), TAXA, NUMBER, 1).rows(0, NUMBER) for seed in (1, 2))

    assert one != other


@pytest.mark.one_database
def test_codes_of_a_million_differ_and_are_codes() -> None:
    field = Question._meta.get_field("code")

    codes = {code_of("PY", number) for number in range(1_000_000)}

    assert len(codes) == 1_000_000
    for code in sorted(codes)[::5_000]:
        field.run_validators(code)


def test_questions_are_valid(loaded: None) -> None:
    questions = Question.objects.all()[::30]

    for question in questions:
        question.full_clean()

    assert len(questions) == NUMBER / 30


def test_follow_ups_lead_to_other_questions(loaded: None) -> None:
    answered = FollowUp.objects.exclude(answered_by=None).count()

    assert 0 < answered < FollowUp.objects.count()


def test_documents_are_those_that_indexing_makes(loaded: None) -> None:
    models = (SearchDocument, Word, TitleWord, Term)
    written = [list(model.objects.order_by("pk").values()) for model in models]

    rebuild()

    assert [list(model.objects.order_by("pk").values()) for model in models] == written


def test_each_question_is_found_by_its_title(loaded: None) -> None:
    for question in Question.objects.public()[::20]:
        assert question.pk in Search(f'"{question.title}"').found


def test_facets_promise_what_filters_leave(loaded: None) -> None:
    published = Question.objects.public()

    filters = QuestionFilter(QueryDict("level=advanced"), queryset=published)

    for name, option in filters.options():
        if name in REPEATABLE:
            kept = {"level__slug": "advanced"} if name != "level" else {}
            assert option.number == published.filter(**kept, **{f"{name}__slug": option.value}).count()


def test_list_shows_them(loaded: None, client: Client) -> None:
    response = client.get("/questions/")

    assert response.context["filters"].count == Question.objects.public().count()
    assert len(response.context["filters"].results) == 15
