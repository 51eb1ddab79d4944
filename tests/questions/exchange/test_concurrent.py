"""An import while an editor saves: each waits for the other, and nothing of either is lost."""

import csv
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.browser.running_hub import own_database
from tests.hub.programs import manage

pytestmark = pytest.mark.slow

NUMBER = 150  # questions
PREPARE = """
from django.core.management import call_command
from questions.models import Category, Level, Question, Technology
from questions.question_set import fixtures

call_command("migrate", verbosity=0)
call_command("loaddata", fixtures()[0], verbosity=0)
taxa = {"technology": Technology.objects.get(slug="python"), "level": Level.objects.get(slug="beginner")}
texts = {"title": "What is a lion?", "answer": "A lion.", "difficulty": 3, "status": "published"}
for code in ("PY-BEG-901", "PY-BEG-902"):
    Question.objects.create(code=code, category=Category.objects.first(), **taxa, **texts)
print(Category.objects.first().slug)
"""
# Every save takes words out of the index and puts others in.
EDIT = """
import json
from questions.finding.search.documents import rebuild
from questions.models import FollowUp, Question, SearchDocument, Word

def index():
    return [list(model.objects.order_by("pk").values()) for model in (SearchDocument, Word)]

question, saves, is_over = Question.objects.get(code="PY-BEG-901"), 0, False
while not is_over:
    is_over = Question.objects.count() > 2
    saves += 1
    question.title, question.answer = f"What is giraffe {saves}?", "Zebra. " * (saves % 2)
    question.status = "published" if saves % 3 else "archived"
    question.save()
    FollowUp.objects.update_or_create(question=question, position=1, defaults={"text": f"And lion {saves}?"})
before, stored = index(), Question.objects.get(pk=question.pk)
print(json.dumps({
    "saves": saves,
    "is_theirs": (stored.title, stored.status, stored.follow_ups.get().text)
    == (question.title, question.status, f"And lion {saves}?"),
    "questions": Question.objects.count(),
    "withdrawn": Question.objects.get(code="PY-BEG-902").status,
    "index": bool(rebuild()) and before == index(),
}))
"""


def write(path: Path, category: str) -> None:
    """A file of new questions, the last row of which withdraws one that is there."""
    columns = ("code", "title", "technology", "category", "level", "difficulty", "answer", "status", "follow_ups")
    same = ("python", category, "beginner", 4, "The **giraffe** and the lion.", "published", "And a zebra?")
    rows = [(f"PY-NEW-{number:03}", f"What is {number}?", *same) for number in range(NUMBER)]
    withdrawn = ("PY-BEG-902", "What was a lion?", *same[:-2], "archived", "")
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows, withdrawn])


def test_editor_and_import_wait_for_each_other(tmp_path: Path) -> None:
    with own_database("hub_concurrent") as database, ThreadPoolExecutor(2) as people:
        prepared = manage(tmp_path, "shell", "--verbosity=0", "-c", PREPARE, **database)
        assert prepared.returncode == 0, prepared.stderr
        write(tmp_path / "bank.csv", prepared.stdout.strip())

        importing = people.submit(manage, tmp_path, "import_questions", str(tmp_path / "bank.csv"), **database)
        editing = people.submit(manage, tmp_path, "shell", "--verbosity=0", "-c", EDIT, **database)

        assert importing.result().returncode == 0, importing.result().stdout + importing.result().stderr
        assert editing.result().returncode == 0, editing.result().stderr
        came_to = json.loads(editing.result().stdout)
    assert came_to.pop("saves") > 1
    assert came_to == {"is_theirs": True, "questions": NUMBER + 2, "withdrawn": "archived", "index": True}
