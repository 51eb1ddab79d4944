"""The contract between search and the databases, kept by each database's module."""

import inspect
from types import ModuleType

import pytest
from django.db import connection

from questions.finding.search import backend, postgres, sqlite
from questions.finding.search.backend import BACKENDS, Backend

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
