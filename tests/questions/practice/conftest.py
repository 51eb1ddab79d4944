"""What the tests of practice share."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from questions.models import Learner, Question
from questions.practice import log
from questions.practice.log import Entry

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _nobody_has_come() -> None:
    cache.clear()


@pytest.fixture
def learner(db: None) -> Learner:
    """Somebody whose clock shows UTC."""
    return Learner.objects.create(key_digest="0" * 64)


class Clock:
    """The time that the hub sees; it stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nine o'clock on 1 December 2026 in UTC, a Tuesday."""
    found = Clock()
    monkeypatch.setattr(timezone, "now", found)
    return found


def rate(learner: Learner, question: Question, rating: int, **fields: object) -> bool:
    """Rate a question as its page would."""
    return log.add(learner, uuid4(), [Entry(question, rating=rating, **fields)])  # type: ignore[arg-type]


@pytest.fixture
def reader() -> Client:
    """Somebody whose browser has no key yet."""
    return Client(enforce_csrf_checks=True, headers=HERE)


def send(reader: Client, code: str = "PY-BEG-001", **values: object) -> str:
    """Send a question's form and return where it leads."""
    response = reader.post(f"/practice/{code}/", {"post": uuid4(), **values})
    assert response.status_code == 303
    return str(response["Location"])


def page(reader: Client, path: str) -> str:
    response = reader.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def bring_back(reader: Client, content: bytes) -> tuple[int, str]:
    """Bring a file back, and return the status and the page."""
    file = BytesIO(content)
    file.name = "practice.json"
    response = reader.post("/practice/data/bring-back/", {"post": uuid4(), "file": file})
    return response.status_code, response.content.decode()
