"""Reads back what the hub gives away, and what it takes in return."""

from collections.abc import Iterator
from itertools import islice
from string import ascii_uppercase

from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from questions.exchange.registry import FORMATS
from questions.models import Question
from tests.conftest import Bank

LISTS = [f"/questions{it.ending}" for it in FORMATS if it.has_list]
WHOLE_LISTS = [f"/questions{it.ending}" for it in FORMATS if it.is_whole]
DOCUMENT_ENDINGS = [it.ending for it in FORMATS if it.document]
ONES = [f"/questions/PY-BEG-001{ending}" for ending in DOCUMENT_ENDINGS]

# A question as a row to import.
ROW = {
    "code": "PY-BEG-001",
    "title": "What is a list?",
    "technology": "python",
    "category": "core",
    "level": "beginner",
    "difficulty": 3,
    "answer": "*Mutable.*",
}


def content(client: Client, path: str, status: int = 200) -> bytes:
    """What an address answers, streamed or not."""
    response = client.get(path)
    assert response.status_code == status
    return whole(response)


def whole(response: object) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        parts = response.streaming_content
        assert isinstance(parts, Iterator)
        return b"".join(parts)
    assert isinstance(response, HttpResponse)
    return response.content


def text(client: Client, path: str, status: int = 200) -> str:
    """What an address answers, as text."""
    return content(client, path, status).decode()


def add_many(bank: Bank, number: int, **fields: str) -> None:
    """Published questions by the thousand, PY-BEG-000 the first, without rendering them."""
    values = {"answer": "It depends.", "difficulty": 3, "status": "published", "published_at": timezone.now()}
    values |= bank.defaults | fields
    prefixes = ("PY", *(f"Q{letter}" for letter in ascii_uppercase))
    codes = islice((f"{prefix}-BEG-{n:03}" for prefix in prefixes for n in range(1000)), number)
    Question.objects.bulk_create(Question(code=code, title=f"What is {code}?", **values) for code in codes)
