"""Whatever the way in, and in whatever order: search is as if it had just been made of the questions."""

import csv
import json
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.finding.search.documents import rebuild
from questions.models import FollowUp, Question, SearchDocument, Term, TitleWord, Word
from questions.question_set import fixtures
from questions.states import STATES
from tests.conftest import Bank

CODES = st.sampled_from(["PY-BEG-001", "PY-BEG-002", "PY-BEG-003"])
TEXTS = st.lists(
    st.sampled_from("zebra giraffe lion Léopard list lists tuple C++ k-means".split()), min_size=1, max_size=4
)
STATUSES = st.sampled_from([state.value for state in STATES])
TAXA = {"technology": "python", "category": "core", "level": "beginner"}
COLUMNS = ("code", "title", *TAXA, "difficulty", "answer", "status", "follow_ups")


class Ways:
    """The ways in: each puts a question into a state, whatever it was in before."""

    def __init__(self, bank: Bank, folder: Path) -> None:
        self.bank, self.folder = bank, folder

    def save(self, code: str, status: str, text: str) -> None:
        question = Question.objects.filter(code=code).first() or Question(code=code, **self.bank.defaults)
        question.title, question.difficulty, question.answer, question.status = f"What is {text}?", 3, text, status
        question.save()

    def load(self, code: str, status: str, text: str) -> None:
        fields = {"code": code, "title": text, "difficulty": 4, "answer": "It depends.", "status": status}
        taxa = {name: [slug] for name, slug in TAXA.items()}
        follow_up = {"question": [code], "position": 1, "text": f"And {text}?"}
        objects = {"question": fields | taxa, "followup": follow_up}
        path = self.folder / "loaded.json"
        path.write_text(json.dumps([{"model": f"questions.{it}", "fields": objects[it]} for it in objects]))
        call_command("loaddata", path, verbosity=0)

    def bring_in(self, code: str, status: str, text: str) -> None:
        path = self.folder / "imported.csv"
        with path.open("w", newline="") as file:
            other = Question.objects.exclude(code=code).first() or Question(code="")
            follow_ups = f"And {text}? {other.code}\nAnd then?"
            row = [code, f"Why {text}?", *TAXA.values(), 5, text, status, follow_ups]
            csv.writer(file).writerows([COLUMNS, row])
        call_command("import_questions", path, stdout=StringIO(), stderr=StringIO())

    def ask_next(self, code: str, status: str, text: str) -> None:
        if question := Question.objects.filter(code=code).first():
            question.follow_ups.filter(position=2).delete()
            answer = Question.objects.exclude(pk=question.pk).first()
            FollowUp.objects.create(question=question, position=2, text=f"Then {text}?", answered_by=answer)

    def move_follow_up(self, code: str, status: str, text: str) -> None:
        question, follow_up = Question.objects.filter(code=code).first(), FollowUp.objects.order_by("pk").first()
        if question and follow_up:
            follow_up.question, follow_up.position = question, 1 + max(FollowUp.objects.values_list("position"))[0]
            follow_up.save()

    def render(self, code: str, status: str, text: str) -> None:
        Question.objects.filter(code=code).update(answer=text)
        call_command("render_questions", stdout=StringIO())

    def rename_taxa(self, code: str, status: str, text: str) -> None:
        for taxon in self.bank.defaults.values():
            taxon.name = f"{text} {taxon.slug}"
            taxon.save()

    def delete(self, code: str, status: str, text: str) -> None:
        for question in Question.objects.filter(code=code):
            question.delete()

    def delete_all(self, code: str, status: str, text: str) -> None:
        Question.objects.filter(status=status).delete()


Step = tuple[str, str, str, str]  # a way, and the code, status and text that it gets
WAYS = [name for name, function in vars(Ways).items() if callable(function) and not name.startswith("_")]
STEPS = st.lists(st.tuples(st.sampled_from(WAYS), CODES, STATUSES, TEXTS.map(" ".join)), min_size=1, max_size=6)


def index() -> list[list[Any]]:
    """All that search has made of the questions."""
    return [list(model._default_manager.order_by("pk").values()) for model in (SearchDocument, Word, TitleWord, Term)]


def index_made_anew() -> list[list[Any]]:
    rebuild()
    return index()


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_index_does_not_depend_on_the_way_in(
    bank: Bank, tmp_path: Path, steps: list[tuple[str, str, str, str]]
) -> None:
    with transaction.atomic():
        for way, *state in steps:
            getattr(Ways(bank, tmp_path), way)(*state)

        assert index() == index_made_anew()
        transaction.set_rollback(True)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("before", ["save", "load", "bring_in"])
def test_every_way_in_after_every_other(bank: Bank, tmp_path: Path, before: str, way: str) -> None:
    ways = Ways(bank, tmp_path)
    getattr(ways, before)("PY-BEG-001", "published", "zebra")
    ways.ask_next("PY-BEG-001", "published", "lion")

    getattr(ways, way)("PY-BEG-001", "published", "giraffe lion")

    assert index() == index_made_anew()


@pytest.mark.django_db
def test_question_set_is_indexed_once_as_it_is_loaded() -> None:
    with CaptureQueriesContext(connection) as queries:
        call_command("loaddata", *fixtures(), verbosity=0)
    loaded = index()
    inserts = [it for it in queries.captured_queries if 'INSERT INTO "questions_searchdocument"' in it["sql"]]

    assert len(loaded[0]) == 54
    assert len(inserts) == 1  # Each question once, however many follow-ups it has.
    assert loaded == index_made_anew()


@pytest.mark.django_db
def test_question_set_is_indexed_in_any_order() -> None:
    taxonomy, *files = fixtures()
    call_command("loaddata", taxonomy, *Random(5).sample(files, len(files)), verbosity=0)
    call_command("loaddata", *fixtures(), verbosity=0)

    assert index() == index_made_anew()


def test_words_that_no_question_uses_are_forgotten(bank: Bank) -> None:
    bank.add(answer="Zebra.").delete()

    assert index() == [[], [], [], []]


def test_lost_count_of_a_word_hinders_no_save(bank: Bank) -> None:
    question = bank.add(answer="Zebra and giraffe.")
    Word.objects.filter(word="zebra").delete()
    Word.objects.filter(word="giraffe").update(documents=0)

    question.answer = "Lion."
    question.save()

    assert not Word.objects.filter(word__in=["zebra", "giraffe"]).exists()
