"""The contract between search and the databases, kept by each database's module."""

import inspect
from types import ModuleType

import pytest
from django.db import connection

from questions.finding.search import backend, postgres, sqlite
from questions.finding.search.backend import BACKENDS, Backend, find
from questions.finding.search.query import Query
from questions.finding.search.weights import WeightedQuery

FUNCTIONS = {name: it for name, it in vars(Backend).items() if inspect.isfunction(it) and not name.startswith("_")}
MODULES = pytest.mark.parametrize("module", [sqlite, postgres], ids=["sqlite", "postgres"])


@MODULES
@pytest.mark.parametrize("name", FUNCTIONS)
def test_module_has_every_function_with_the_same_signature(module: ModuleType, name: str) -> None:
    _self, *parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    kept = inspect.signature(getattr(module, name))

    assert list(kept.parameters.values()) == parameters
    assert kept.return_annotation == inspect.signature(FUNCTIONS[name]).return_annotation


@MODULES
def test_module_says_what_each_object_is(module: ModuleType) -> None:
    objects = module.objects()

    assert len({str(it) for it in objects}) == len(objects) > 0
    for it in objects:
        assert it.definition.split()[0] in ("CREATE", "ALTER")
        assert it.definition == " ".join(it.definition.split())


def test_contract_says_what_search_uses() -> None:
    assert set(FUNCTIONS) == {"objects", "find", "starts_with"}
    assert all(getattr(backend, name) is getattr(BACKENDS[connection.vendor], name) for name in FUNCTIONS)
    assert all(inspect.getdoc(function) for function in FUNCTIONS.values())


TYPED = ("python", "the", "what is a", "the python", "the -python", '"the same"', "list tuple", "xyzzy")


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
@pytest.mark.parametrize("text", TYPED)
def test_as_many_questions_fit_as_is_foretold(text: str) -> None:
    weighted = WeightedQuery.of(Query.parse(text))

    assert weighted.at_least <= len(find(weighted.query, (), 1_000))


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
def test_what_most_questions_have_is_foretold() -> None:
    assert WeightedQuery.of(Query.parse("the")).at_least > 50


@pytest.mark.django_db
@pytest.mark.usefixtures("question_set")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index gives one after the other.")
@pytest.mark.parametrize("text", TYPED)
def test_index_and_vectors_in_order_find_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Query.parse(text)
    by_index = find(query, (), 1_000)

    monkeypatch.setattr(postgres, "ENTRIES", -1)  # So that reading in order seems the quicker way.

    assert find(query, (), 1_000) == by_index
