"""A learner's questions for Anki with their scheduling: when each is due, its reviews, and what FSRS knows of it."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from questions.exchange.formats.anki import FORMAT, guid_of, packaged
from questions.exchange.loading import html_by_ids
from questions.exchange.views import LARGEST_LIST
from questions.models import Card, Learner, PracticeEvent, Rating
from questions.models.practice import standing_by_question
from questions.practice.learners import learner_of, practice_page
from questions.practice.scope import scope_of

BEGUN = date(2006, 1, 1)  # the day from which the collection counts
REVIEW = 2  # a card's type and queue
SUSPENDED = -1  # the queue of what is known
START_FACTOR = 2500  # what Anki's older scheduler would begin with, in thousandths
LEARNED, REVIEWED = 0, 1  # kinds of lines in Anki's log

REVIEWED_CARD = (
    "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?, data = ? WHERE nid = ?"
)


@practice_page
@require_safe
def practice_package(request: HttpRequest) -> HttpResponseBase:
    """The package of all that a learner practises."""
    learner = learner_of(request)
    if learner is None:
        return HttpResponseRedirect(reverse("practice_keeping"))
    response = FileResponse(package_of(learner), content_type=FORMAT.media_type)
    response["Content-Disposition"] = 'attachment; filename="practice.apkg"'
    return response


def package_of(learner: Learner) -> IO[bytes]:
    """The package as an open temporary file, at its beginning; it is gone when it is closed."""
    known = learner.cards.filter(count__gt=0).select_related("question")
    cards = {card.question_id: card for card in known}
    scope = scope_of(learner).order_by("level__position", "difficulty", "code").values_list("pk", flat=True)
    ids = dict.fromkeys([*cards, *scope[:LARGEST_LIST]])
    events = standing_by_question(learner.events.ratings().order_by("at", "pk"))

    def finish(cursor: sqlite3.Cursor) -> None:
        _begin(cursor)
        for card in cards.values():
            _schedule(cursor, card, events.get(card.question_id, []), learner.retention)

    return packaged(html_by_ids(list(ids)), finish)


def _begin(cursor: sqlite3.Cursor) -> None:
    """Say from when days are counted, and by which scheduler: Anki would shift the ratings of its first one."""
    (conf,) = cursor.execute("SELECT conf FROM col").fetchone()
    begun = int(datetime.combine(BEGUN, time(), UTC).timestamp())
    cursor.execute("UPDATE col SET crt = ?, conf = ?", [begun, json.dumps(json.loads(conf) | {"schedVer": 2})])


def _schedule(cursor: sqlite3.Cursor, card: Card, events: list[PracticeEvent], retention: float) -> None:
    """Write when a card is due, what FSRS knows of it, and its reviews."""
    row = cursor.execute("SELECT id FROM notes WHERE guid = ?", [guid_of(card.question.code)]).fetchone()
    if row is None or card.due_on is None or card.rated_on is None:  # It is archived.
        return
    queue = SUSPENDED if card.is_known else REVIEW
    memory = {"s": round(card.stability or 0, 4), "d": round(card.difficulty or 0, 3), "dr": retention}
    interval = max(1, (card.due_on - card.rated_on).days)
    due = (card.due_on - BEGUN).days
    values = (REVIEW, queue, due, interval, START_FACTOR, card.count, card.misses, json.dumps(memory), row[0])
    cursor.execute(REVIEWED_CARD, values)
    (card_id,) = cursor.execute("SELECT id FROM cards WHERE nid = ?", [row[0]]).fetchone()
    for line in _log(card_id, card, events):
        cursor.execute("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", _free(cursor, line))


def _log(card_id: int, card: Card, events: list[PracticeEvent]) -> Iterable[tuple[int, ...]]:
    """A card's reviews as Anki keeps them; the interval that followed is the one until the next, or until it is due."""
    days = [*(event.day for event in events), card.due_on or BEGUN]
    intervals = [max(1, (after - before).days) for before, after in pairwise(days)]
    for number, (event, interval) in enumerate(zip(events, intervals, strict=True)):
        at, kind = int(event.at.timestamp() * 1000), REVIEWED if number else LEARNED
        last = intervals[number - 1] if number else 0
        yield at, card_id, event.rating or Rating.MISSED, interval, last, START_FACTOR, event.duration_ms or 0, kind


def _free(cursor: sqlite3.Cursor, line: tuple[int, ...]) -> tuple[int, ...]:
    """The line with the next id, a time in milliseconds, that no other line has."""
    number = line[0]
    while cursor.execute("SELECT 1 FROM revlog WHERE id = ?", [number]).fetchone():
        number += 1
    return (number, *line[1:])
