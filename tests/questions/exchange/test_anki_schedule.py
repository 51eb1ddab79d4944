"""A learner's package in the real Anki: the cards are due when the hub says, with their reviews and FSRS's memory."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from django.test import Client
from django.utils import timezone

from questions.exchange.anki_schedule import package_of
from questions.models import Card, Learner
from questions.practice import log
from tests.conftest import Bank
from tests.questions.practice.conftest import learner, rate  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection that schedules with FSRS."""
    found = Collection(str(tmp_path / "collection.anki2"))
    found.set_config("fsrs", True)
    yield found
    found.close()


def opened(collection: Collection, package: bytes, tmp_path: Path) -> None:
    path = tmp_path / "practice.apkg"
    path.write_bytes(package)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))


def test_anki_takes_over_due_days_intervals_reviews_and_memory(
    bank: Bank,
    learner: Learner,  # noqa: F811
    collection: Collection,
    tmp_path: Path,
) -> None:
    known, question, _ = (bank.add(f"PY-BEG-00{number}") for number in (1, 2, 3))
    now = timezone.now()
    for days, rating in ((20, 3), (17, 1), (16, 3), (13, 4)):
        rate(learner, question, rating, at=now - timedelta(days=days), duration_ms=30_000)
    rate(learner, known, 4)
    log.add(learner, uuid4(), [log.Entry(known, "know")])

    with package_of(learner) as package:
        opened(collection, package.read(), tmp_path)

    card = Card.objects.get(question=question)
    found = collection.get_card(collection.find_cards("PY-BEG-002")[0])
    assert card.due_on
    assert found.due - collection.sched.today == (card.due_on - log.today_of(learner)).days
    assert found.ivl == (card.due_on - card.rated_on).days  # type: ignore[operator]
    assert (found.reps, found.lapses, found.queue) == (4, 1, 2)
    assert found.memory_state
    assert found.memory_state.stability == pytest.approx(card.stability, rel=1e-3)
    assert found.memory_state.difficulty == pytest.approx(card.difficulty, rel=1e-3)
    reviews = collection.db.all("SELECT ease, time FROM revlog WHERE cid = ? ORDER BY id", found.id)  # type: ignore[union-attr]
    assert reviews == [[3, 30_000], [1, 30_000], [3, 30_000], [4, 30_000]]
    assert collection.get_card(collection.find_cards("PY-BEG-001")[0]).queue == -1
    assert collection.get_card(collection.find_cards("PY-BEG-003")[0]).queue == 0


def test_stranger_is_led_to_where_there_is_something_to_take(client: Client, bank: Bank) -> None:
    response = client.get("/practice/data/practice.apkg")

    assert response["Location"] == "/practice/data/"


def test_package_is_for_its_learner_alone(client: Client, bank: Bank) -> None:
    bank.add()
    client.post("/practice/PY-BEG-001/", {"post": uuid4(), "rating": 3}, headers={"sec-fetch-site": "same-origin"})

    response = client.get("/practice/data/practice.apkg")

    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response).startswith(b"PK")
