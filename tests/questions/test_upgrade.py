"""Databases of earlier days, upgraded: they end as a new one does, with all that was in them.

The SQL in `upgrades/` was written by the SQLite and PostgreSQL of a hub at that commit: `first` has tables alone,
`first_search` also what a migration of then added for search and for the version of the content, and `landed` also
what people leave behind: revisions, votes, steps from draft to published, accounts and groups.
"""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.hub.programs import manage

pytestmark = pytest.mark.slow

UPGRADES = Path(__file__).with_name("upgrades")
SQLITE = "SELECT type, name, sql FROM sqlite_master"
POSTGRESQL = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, column_default, generation_expression
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'index', indexname, indexdef, obj_description(indexname::regclass), '', '', ''
    FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'constraint', conname, pg_get_constraintdef(oid), conrelid::regclass::text, '', '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'trigger', tgname, pg_get_triggerdef(oid), obj_description(oid), '', '', ''
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'function', proname, prosrc, obj_description(oid), '', '', ''
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
ASK = """
import json
from django.contrib.auth.models import User
from django.test import Client
from questions import revisions
from questions.models import ExampleRun, MissedSearch, Question, SearchDocument, Vote, WorkflowStep, Word
from questions.finding.search.documents import rebuild
from questions.finding.search.results import Search

def index():
    return [list(model.objects.order_by("pk").values()) for model in (SearchDocument, Word)]

client, before = Client(headers={"host": "127.0.0.1"}), index()
questions = Question.objects.order_by("code")
print(json.dumps({
    "ready": client.get("/readyz").content.decode(),
    "codes": [f"{it.code} {it.status}" for it in questions],
    "there": [it.code for it in questions.public() if client.get(f"/questions/{it.code}.md").status_code == 200],
    "titles": [it.title for it in questions],
    "answers": [it.answer_html for it in questions],
    "follow_ups": [[f"{line.text} {line.answered_by or ''}" for line in it.follow_ups.all()] for it in questions],
    "found": {text: len(Search(text).ids({})) for text in ("zebra", "metaclass", "python", "secret")},
    "revisions": [[it.title for it in revisions.of(question.pk)] for question in questions],
    "deleted": [it.code for it in revisions.deletions()],
    "steps": [f"{it.question.code} {it.name} {it.username} {it.comment}" for it in WorkflowStep.objects.order_by("pk")],
    "votes": [f"{it.question.code} {it.helpful} {it.reason}" for it in Vote.objects.order_by("pk")],
    "runs": [it.question.code for it in ExampleRun.objects.all()],
    "missed": [it.text for it in MissedSearch.objects.all()],
    "reviewers": [it.username for it in User.objects.order_by("pk") if it.has_perm("questions.review_question")],
    "index": bool(rebuild()) and before == index(),
}))
"""
EARLY = {
    "ready": "ready\n",
    "codes": ["PY-ADV-001 published", "PY-ADV-002 published", "PY-ADV-003 draft"],
    "there": ["PY-ADV-001", "PY-ADV-002"],
    "titles": ["What is a metaclass?", "What is a descriptor?", "What is a secret?"],
    "answers": [
        "<p>The class of a <em>class</em>.</p>",
        "<p>An object that has <code>__get__</code>.</p>",
        "<p>Nobody knows.</p>",
    ],
    "follow_ups": [
        ["And how does a zebra differ? PY-ADV-002 What is a descriptor?"],
        ["Which of them is found first? "],
        [],
    ],
    "found": {"zebra": 2, "metaclass": 1, "python": 2, "secret": 0},
    "revisions": [["What is a metaclass?"], ["What is a descriptor?"], ["What is a secret?"]],
    "deleted": [],
    "steps": [],
    "votes": [],
    "runs": [],
    "missed": [],
    "reviewers": [],
    "index": True,
}
LANDED = {
    "ready": "ready\n",
    "codes": [
        "PY-ADV-901 published",
        "PY-ADV-902 published",
        "PY-ADV-903 draft",
        "PY-ADV-904 archived",
        "PY-ADV-905 in_review",
    ],
    "there": ["PY-ADV-901", "PY-ADV-902"],
    "titles": [
        "What is a metaclass for?",
        "What is a descriptor?",
        "What is a secret?",
        "What is a giraffe?",
        "What is a lion?",
    ],
    "answers": [
        "<p>The class of a <em>class</em>.</p>",
        "<p>An object with <code>__get__</code>.</p>",
        "<p>Nobody knows.</p>",
        "<p>Tall.</p>",
        "<p>Loud.</p>",
    ],
    "follow_ups": [
        ["And how does a zebra differ? PY-ADV-902 What is a descriptor?", "Which of them is found first? "],
        ["And a lion? PY-ADV-901 What is a metaclass for?"],
        [],
        [],
        [],
    ],
    "found": {"zebra": 2, "metaclass": 1, "python": 2, "secret": 0},
    "revisions": [
        ["What is a metaclass for?", "What is a metaclass?", "What is a metaclass?"],
        ["What is a descriptor?"] * 3,
        ["What is a secret?"],
        ["What is a giraffe?"],
        ["What is a lion?"] * 2,
    ],
    "deleted": ["PY-ADV-906"],
    "steps": ["PY-ADV-902 submit ann ", "PY-ADV-902 publish bob Good.", "PY-ADV-905 submit ann "],
    "votes": ["PY-ADV-901 True ", "PY-ADV-901 False Too short."],
    "runs": ["PY-ADV-901"],
    "missed": ["okapi"],
    "reviewers": ["ann", "bob"],
    "index": True,
}
DATABASES = {"first": EARLY, "first_search": EARLY, "landed": LANDED}


class Database:
    """A database of its own in a folder, or on the server that the tests use."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.variables, self.content = folder, dict[str, str](), dict[str, Any]()
        if connection.vendor == "postgresql":
            server = os.environ["DATABASE_URL"]
            name = f"upgrade_{folder.name}".lower()
            self._run(server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
            self.variables["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()

    def fill(self, name: str) -> None:
        """Run a file of SQL."""
        self.content = DATABASES[name]
        script = (UPGRADES / f"{name}.{connection.vendor}.sql").read_text(encoding="utf-8")
        if connection.vendor == "postgresql":
            self._run(self.variables["DATABASE_URL"], script)
            return
        with closing(sqlite3.connect(self.folder / "hub.sqlite3")) as database:
            database.executescript(script)

    def manage(self, *arguments: str) -> str:
        """Run manage.py and return what it prints."""
        done = manage(self.folder, *arguments, **self.variables)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def schema(self) -> set[tuple[Any, ...]]:
        """All that the database is made of."""
        if connection.vendor == "postgresql":
            return set(self._run(self.variables["DATABASE_URL"], POSTGRESQL))
        with closing(sqlite3.connect(self.folder / "hub.sqlite3")) as database:
            return {(kind, name, _in_any_order(kind, sql or "")) for kind, name, sql in database.execute(SQLITE)}

    def _run(self, url: str, *statements: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as database:
            for statement in statements:
                cursor = database.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def _in_any_order(kind: str, sql: str) -> tuple[str, ...]:
    """The columns of a table: in the first commit, questions had them in another order."""
    return tuple(sorted(sql.removesuffix(")").split(", "))) if kind == "table" else (sql,)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp("new"))
    database.manage("migrate")
    return database


@pytest.fixture(scope="module", params=DATABASES)
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(tmp_path_factory.mktemp(request.param))
    database.fill(request.param)
    database.manage("migrate")
    return database


def test_upgraded_database_has_the_schema_of_a_new_one(upgraded: Database, new: Database) -> None:
    assert len(new.schema()) > 50
    assert upgraded.schema() == new.schema()


def test_upgraded_database_has_all_that_was_in_it(upgraded: Database) -> None:
    assert json.loads(upgraded.manage("shell", "--verbosity=0", "-c", ASK)) == upgraded.content


def test_nothing_is_left_to_do_after_an_upgrade(upgraded: Database) -> None:
    before = upgraded.schema()

    upgraded.manage("migrate")
    upgraded.manage("render_questions", "--if-older")

    assert upgraded.schema() == before
    assert "no issues" in upgraded.manage("check", "--database", "default")
