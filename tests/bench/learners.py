"""Inside Django: a thousand learners with five hundred cards each, one with many reviews, and readers who rate."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from questions.models import Card, Learner, PracticeEvent, Question
from questions.models.learner import digest_of
from questions.practice import learners, log
from tests.bench.practising import CARDS, LEARNERS, REVIEWS, TIMES, key_of


def measured() -> dict[str, list[float]]:
    """Milliseconds for each page; all that is made for it is taken back."""
    with transaction.atomic():
        client, codes = _made(Random(1))
        found = {
            "today": [_time(lambda: client.get("/practice/")) for _ in range(TIMES)],
            "a rating": [_time(partial(_rate, client, code)) for code in codes[:TIMES]],
            "progress": [_time(lambda: client.get("/practice/progress/")) for _ in range(TIMES)],
        }
        transaction.set_rollback(True)
    return found


def readers(number: int) -> list[str]:
    """Make learners who have done nothing yet, and return the codes of the questions."""
    Learner.objects.bulk_create(Learner(key_digest=digest_of(key_of(n))) for n in range(number))
    return list(Question.objects.public().order_by("code").values_list("code", flat=True)[:CARDS])


def counted() -> list[int]:
    """The number of ratings that were written, and the number of those that their cards have."""
    return [PracticeEvent.objects.count(), sum(Card.objects.values_list("count", flat=True))]


def _made(random: Random) -> tuple[Client, list[str]]:
    """A client of the learner with the reviews, and the codes of the questions of their cards."""
    questions = list(Question.objects.public().only("code").order_by("code")[:CARDS])
    everybody = [Learner(key_digest=digest_of(key_of(number)), minutes=120) for number in range(LEARNERS)]
    Learner.objects.bulk_create(everybody, batch_size=500)
    Card.objects.bulk_create(
        (_card(learner, question, random) for learner in everybody[1:] for question in questions), batch_size=1_000
    )
    me = everybody[0]
    PracticeEvent.objects.bulk_create(
        (_event(me, questions[number % len(questions)], number, random) for number in range(REVIEWS)),
        batch_size=500,
    )
    log.rebuild(me)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(HTTP_HOST="127.0.0.1", headers={"sec-fetch-site": "same-origin"})
    client.cookies[learners.COOKIE] = key_of(0)
    return client, [question.code for question in questions]


def _card(learner: Learner, question: Question, random: Random) -> Card:
    today = timezone.now().date()
    due, rated = (today + timedelta(days=random.randint(*days)) for days in ((-5, 60), (-60, -6)))
    return Card(
        learner=learner, question=question, stability=9.0, difficulty=5.0, count=4, rating=3, rated_on=rated, due_on=due
    )


def _event(learner: Learner, question: Question, number: int, random: Random) -> PracticeEvent:
    at = timezone.now() - timedelta(days=2, minutes=40 * (REVIEWS - number))
    return PracticeEvent(
        learner=learner,
        question=question,
        rating=random.choice([1, 2, 3, 3, 3, 4]),
        predicted=random.uniform(0.5, 1),
        at=at,
        day=at.date(),
        post=UUID(int=number),
        duration_ms=random.randint(5_000, 90_000),
    )


def _rate(client: Client, code: str) -> None:
    response = client.post(f"/practice/{code}/", {"post": str(uuid4()), "rating": 3})
    if response.status_code != 303:
        raise RuntimeError(f"{code}: {response.status_code}")


def _time(function: Callable[[], object]) -> float:
    begin = time.perf_counter()
    function()
    return (time.perf_counter() - begin) * 1000
