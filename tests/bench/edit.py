"""`python -m tests.bench.child edit CODE`: save that question with a new title each time a line of input says so."""

import sys
import time
from contextlib import suppress

from django.db import OperationalError

from questions.models import Question


def main(code: str) -> None:
    """Print when each save began and when it ended; the first one, which starts the renderer, is for warming up."""
    for line in sys.stdin:
        question = Question.objects.get(code=code)
        question.title = line.strip()
        begin = time.time()
        with suppress(OperationalError):  # It gives up where the database stays locked, and has waited that long too.
            question.save()
        print(begin, time.time(), flush=True)
