"""Hubs of their own, each with a data folder and, where the tests run on PostgreSQL, a database."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.browser.running_hub import RestingHub, own_database
from tests.hub.programs import manage


class Hub:
    """A hub that is not running, to be managed."""

    def __init__(self, data_dir: Path, database: dict[str, str]) -> None:
        self.data_dir, self.database = data_dir, database

    def try_to(self, *arguments: str | Path) -> CompletedProcess[str]:
        """Run `manage.py` with these arguments."""
        return manage(self.data_dir, *map(str, arguments), **self.database)

    def do(self, *arguments: str | Path) -> str:
        """Run `manage.py`, which succeeds, and return what it says."""
        done = self.try_to(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, expression: str) -> str:
        """The value of an expression about the models."""
        imports = "from questions.models import *; from questions.revisions import Revision"
        return self.do("shell", "--no-imports", "-c", f"{imports}; print({expression})").strip()

    def backup(self) -> Path:
        """A new backup."""
        target = self.data_dir / "saved.backup.zip"
        self.do("backup", target)
        return target


MakeHub = Callable[[], Hub]


@pytest.fixture
def make_hub(tmp_path: Path) -> Iterator[MakeHub]:
    """Makes an empty hub, as often as it is called."""
    numbers = count(1)
    with ExitStack() as stack:

        def make() -> Hub:
            number = next(numbers)
            folder = tmp_path / f"hub{number}"
            folder.mkdir()
            return Hub(folder, stack.enter_context(own_database(f"hub_operations_{number}")))

        yield make


@pytest.fixture(scope="session")
def original(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """What each `hub` is a copy of, because migrating and compressing the static files take seconds."""
    with own_database("hub_operations") as database:
        made = Hub(tmp_path_factory.mktemp("original"), database)
        shutil.copytree(resting_hub.data_dir / "static", made.data_dir / "static")
        shutil.copy(resting_hub.data_dir / "static.digest", made.data_dir)
        made.do("migrate", "-v0")
        made.do("shell", "--no-imports", "-c", QUESTION)
        yield made


@pytest.fixture
def hub(original: Hub, tmp_path: Path) -> Iterator[Hub]:
    """A hub with a question, which has been changed once."""
    with own_database("hub_operations_copy", like=original.database) as database:
        folder = tmp_path / "hub"
        shutil.copytree(original.data_dir, folder)
        yield Hub(folder, database)


QUESTION = """
from questions.models import *
taxa = {model.__name__.lower(): model.objects.create(name="Ä", slug="a", position=1) for model in (Category, Level)}
taxa["technology"] = Technology.objects.create(name="Python", slug="python", code_prefix="PY", position=1)
question = Question(code="PY-BEG-001", title="Why 日本語?", difficulty=3, answer="Because.", status="published", **taxa)
question.save()
question.title = "What is 日本語?"
question.save()
FollowUp.objects.create(question=question, position=1, text="And then?")
"""
