"""What formulas and images cost: nothing while somebody reads, since texts are rendered when they are saved."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from django.db import transaction
from django.test import Client

from questions.models import Question
from questions.version import forget_everything
from tests.bench.rows import Row

ROUNDS = 15
PLAIN = "What it costs depends on what it does.\n\n"
IMAGE = "/images/{:032x}-640x480.webp"
TEXTS: dict[str, Callable[[int], str]] = {  # each of a number, so that nothing is known from the round before
    "plain": lambda number: f"{PLAIN * 20}{number}",
    "20 formulas": lambda number: "".join(
        rf"{PLAIN}$$\sum_{{i=1}}^n x_i^{{{number}}} = \frac{{a}}{{{n}}}$$" + "\n\n" for n in range(20)
    ),
    "10 images": lambda number: "".join(f"{PLAIN}![A slope {number}]({IMAGE.format(n)})\n\n{PLAIN}" for n in range(10)),
}


def measured() -> list[Row]:
    """The page of a question with each text, and the rendering of it, in turns; the question stays as it was."""
    client = Client(HTTP_HOST="127.0.0.1")
    question = Question.objects.public()[0]
    pages: dict[str, list[float]] = {name: [] for name in TEXTS}
    renders: dict[str, list[float]] = {name: [] for name in TEXTS}
    for number in range(ROUNDS):
        for name, text in TEXTS.items():
            with transaction.atomic():
                question.answer = text(number)
                renders[name].append(_time(question.render))
                question.save()
                pages[name].append(_time(partial(_get, client, question.get_absolute_url())))
                transaction.set_rollback(True)
            forget_everything()
    return list(_rows(pages, renders))


def _rows(pages: dict[str, list[float]], renders: dict[str, list[float]]) -> Iterator[Row]:
    for name in list(TEXTS)[1:]:
        page, rendered = (
            median(a / b for a, b in zip(times[name], times["plain"], strict=True)) for times in (pages, renders)
        )
        detail = f"{median(pages[name]):.1f} and {median(pages['plain']):.1f} ms"
        yield Row(f"page with {name} ÷ plain page", page, "×", at_most=1.5, detail=detail)
        detail = f"{median(renders[name]):.1f} and {median(renders['plain']):.1f} ms, when it is saved"
        yield Row(f"rendering of {name} ÷ plain text", rendered, "×", detail=detail)


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def _time(function: Callable[[], object]) -> float:
    begin = time.perf_counter()
    function()
    return (time.perf_counter() - begin) * 1000
