"""What guards the project itself."""

import ast
import os
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from hub.environment import BASE_DIR

pytestmark = pytest.mark.one_database

MODULES = [
    path
    for package in ("hub", "questions")
    for path in sorted((BASE_DIR / package).rglob("*.py"))
    if "migrations" not in path.parts and path.stat().st_size
]
TESTS = sorted((BASE_DIR / "tests").rglob("test_*.py"))
# What fails a test: functions of pytest and Playwright, and, by their names, ours and those of pytest-django.
ASSERTING = re.compile(r"(\w+\.)?(raises|warns|fail|expect|(django_)?(assert|expect)_\w+)")
TEMPLATES = sorted((BASE_DIR / "templates").rglob("*.html"))
LOCKS = sorted((BASE_DIR / "requirements").glob("*.txt"))


def relative(path: Path) -> str:
    return str(path.relative_to(BASE_DIR))


def requirements(lock: Path) -> list[str]:
    """Each requirement of a lock, its continued lines joined, without comments."""
    lines = [line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")]
    return [line for line in "\n".join(lines).replace("\\\n", "").splitlines() if line.strip()]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    said = StringIO()

    call_command("makemigrations", dry_run=True, stdout=said)

    assert said.getvalue() == "No changes detected\n"


def test_there_are_modules_templates_and_locks_to_guard() -> None:
    assert min(len(MODULES), len(TEMPLATES), len(TESTS)) > 10
    assert [lock.name for lock in LOCKS] == ["fast.txt", "run.txt", "test.txt"]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def asserts(test: ast.AST) -> bool:
    """Whether anything in a test can fail it but an accident."""
    calls = (it.func for it in ast.walk(test) if isinstance(it, ast.Call))
    return any(isinstance(it, ast.Assert) for it in ast.walk(test)) or any(
        ASSERTING.fullmatch(ast.unparse(it)) for it in calls
    )


@pytest.mark.parametrize("path", TESTS, ids=relative)
def test_every_test_asserts_something(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    tests = [it for it in nodes if isinstance(it, ast.FunctionDef) and it.name.startswith("test_")]

    assert tests
    assert [it.name for it in tests if not asserts(it)] == []


def test_test_that_asserts_nothing_is_noticed() -> None:
    assert not asserts(ast.parse("def test_save(question):\n    question.save()\n    print(question.fail)"))
    assert asserts(ast.parse("def test_save(question):\n    with pytest.raises(Error):\n        question.save()"))


def test_make_alone_lists_the_commands() -> None:
    documented = set(re.findall(r"^([a-z]+):.*##", (BASE_DIR / "Makefile").read_text(), re.MULTILINE))

    done = subprocess.run(
        ["make"], cwd=BASE_DIR, env={"PATH": os.environ["PATH"]}, text=True, capture_output=True, check=True
    )

    assert {"run", "test"} <= documented
    assert set(re.findall(r"^ +make ([a-z]+) +\S", done.stdout, re.MULTILINE)) == documented
    assert len(done.stdout.splitlines()) == len(documented)


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_locks_name_no_host(lock: Path) -> None:
    assert not re.search(r"://|^\s*-", re.sub(r"^\s+--hash=", "", lock.read_text(), flags=re.MULTILINE), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_every_requirement_has_one_version_and_its_hashes(lock: Path) -> None:
    exact = re.compile(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==[^\s;]+( ;.*?)?(\s+--hash=sha256:[0-9a-f]{64})+")

    assert [requirement for requirement in requirements(lock) if not exact.fullmatch(requirement.strip())] == []


def test_the_tests_run_with_what_the_hub_runs_with() -> None:
    fast, run, test = ({entry.split()[0] for entry in requirements(lock)} for lock in LOCKS)

    assert run <= test
    assert [entry.partition("==")[0] for entry in fast - run] == ["gunicorn-h1c"]


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_static_files_that_a_template_names_exist(template: Path) -> None:
    named = re.findall(r"""{% static ['"]([^'"]+)['"]""", template.read_text(encoding="utf-8"))

    assert [name for name in named if not finders.find(name)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_templates_have_no_inline_script_or_style(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", source, re.IGNORECASE)


def test_files_that_the_docs_name_exist() -> None:
    docs = [*BASE_DIR.glob("*.md"), *BASE_DIR.glob("docs/*.md")]
    named = {
        name for path in docs for name in re.findall(r"`((?:hub|questions|tests|docs)/[\w/.]+\.\w+)`", path.read_text())
    }

    assert len(named) > 20
    assert sorted(name for name in named if not (BASE_DIR / name).exists()) == []
