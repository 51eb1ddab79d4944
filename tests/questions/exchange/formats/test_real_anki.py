"""Packages as Anki itself takes them."""

from datetime import timedelta
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from django.test import Client
from django.utils import timezone

from questions.models import FollowUp, Question
from tests.conftest import Bank
from tests.questions.exchange.formats.test_anki import NOTE_FIELDS
from tests.questions.exchange.reading import content
from tests.questions.pictures import kept

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

TRICKY = "Press `[sound:bell.mp3]` or [sound:horn.mp3] or [latex]x[/latex] or [$]y[/$]."


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """An empty collection of somebody who learns."""
    return Collection(str(tmp_path / "collection.anki2"))


def take(collection: Collection, client: Client, folder: Path) -> None:
    """Import what the hub gives now."""
    path = folder / "questions.apkg"
    path.write_bytes(content(client, "/questions.apkg"))
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions(merge_notetypes=True))
    )


def test_fields_arrive_by_their_names(bank: Bank, client: Client, collection: Collection, tmp_path: Path) -> None:
    question = bank.add(answer="A **list**.")
    FollowUp.objects.create(question=question, position=1, text="And a tuple?")

    take(collection, client, tmp_path)

    (pk,) = collection.find_notes("")
    note = collection.get_note(pk)
    assert note.keys() == NOTE_FIELDS
    assert (note["Code"], note["Answer"]) == ("PY-BEG-001", "<p>A <strong>list</strong>.</p>")
    assert "And a tuple?" in note["Follow-ups"]
    assert collection.decks.name(note.cards()[0].did) == "Interview Questions::Python"
    assert sorted(note.tags) == ["category::core", "level::beginner", "technology::python"]


def test_second_import_updates_and_adds_nothing_twice(
    bank: Bank, client: Client, collection: Collection, tmp_path: Path
) -> None:
    question = bank.add(answer="Old.")
    bank.add("PY-BEG-002")
    take(collection, client, tmp_path)
    Question.objects.filter(pk=question.pk).update(
        answer_html="<p>New.</p>", updated_at=timezone.now() + timedelta(hours=1)
    )
    bank.add("PY-BEG-1000")

    take(collection, client, tmp_path)

    notes = [collection.get_note(pk) for pk in collection.find_notes("")]
    assert sorted(note["Code"] for note in notes) == ["PY-BEG-001", "PY-BEG-002", "PY-BEG-1000"]
    assert "<p>New.</p>" in [note["Answer"] for note in notes]


def test_text_that_looks_like_media_is_text(bank: Bank, client: Client, collection: Collection, tmp_path: Path) -> None:
    bank.add(title="What is [sound:a.mp3]?", answer=TRICKY)

    take(collection, client, tmp_path)

    (pk,) = collection.find_notes("")
    card = collection.get_note(pk).cards()[0]
    assert card.question_av_tags() == card.answer_av_tags() == []
    assert collection.media.check().missing == []
    assert "&#91;sound:horn.mp3]" in card.answer()


def test_images_and_formulas_arrive_and_are_updated(
    bank: Bank, client: Client, collection: Collection, tmp_path: Path
) -> None:
    image = kept()
    question = bank.add(title="What is $O(n)$?", answer=f"$a < b_1$ {image.markdown}\n\n$$\n\\frac{{a}}{{b}}\n$$")
    take(collection, client, tmp_path)
    question.answer = question.answer.replace("a < b_1", "a < c")
    question.save()
    Question.objects.update(updated_at=timezone.now() + timedelta(hours=1))

    take(collection, client, tmp_path)

    (pk,) = collection.find_notes("")
    answer = collection.get_note(pk).cards()[0].answer()
    assert r"What is \(O(n)\)?" in answer
    assert r"\(a &lt; c\)" in answer
    assert r"\[\frac{a}{b}\]" in answer
    assert "<math" not in answer
    assert f'<img src="{image.name}"' in answer
    assert collection.media.check().missing == collection.media.check().unused == []
