"""Everything that a learner has, as a file to keep and to bring back, and the log as the FSRS optimiser takes it."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils import timezone

from questions.models import Action, Card, Learner, PracticeEvent, Question, Rating
from questions.models.practice import LONGEST_LIST_NAME, day_of
from questions.practice import log
from questions.practice.lists import MOST_LISTED, MOST_LISTS
from questions.practice.log import MOST_EVENTS
from questions.practice.mistakes import LONGEST_WORDS

NAME = "knowledge-hub-practice"
VERSION = 1
MOST_MISTAKES = 50  # of one line
CHOICES = ("zone", "retention", "minutes", "new_a_day")
NO_ARCHIVE = "This is no file that was downloaded from a practice page."
LOG_FIELDS = ("question__code", "action", "rating", "state", "duration_ms", "offset_minutes", "at", "post", "mistakes")


class Unreadable(Exception):  # noqa: N818 (it is what it is)
    """A file that cannot be brought back; its text tells why."""


class LineForm(forms.Form):
    """A line of the log, as a file has it."""

    action = forms.ChoiceField(choices=Action.choices)
    rating = forms.TypedChoiceField(choices=Rating.choices, coerce=int, empty_value=None, required=False)
    state = forms.IntegerField(min_value=0, max_value=3)
    duration_ms = forms.IntegerField(min_value=0, max_value=log.LONGEST, required=False)
    offset_minutes = forms.IntegerField(min_value=-1_440, max_value=1_440)
    post = forms.UUIDField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("action") == Action.RATE) != (cleaned.get("rating") is not None):
            raise forms.ValidationError(NO_ARCHIVE)
        return cleaned


def archive(learner: Learner) -> dict[str, Any]:
    """All that is kept of a learner but the key."""
    events = learner.events.order_by("pk").values_list("pk", "undoes", *LOG_FIELDS)
    numbers = {pk: number for number, (pk, *_) in enumerate(events)}
    return {
        "format": NAME,
        "version": VERSION,
        "choices": {name: getattr(learner, name) for name in CHOICES},
        "interview_on": learner.interview_on,
        "lists": [
            {
                "name": it.name,
                "query": it.query,
                "is_chosen": it.is_chosen,
                "codes": list(it.questions.values_list("code", flat=True)) if it.query is None else [],
            }
            for it in learner.lists.all()
        ],
        "log": [_line(numbers.get(undoes), line) for _, undoes, *line in events],
    }


def _line(undoes: int | None, values: Iterable[Any]) -> dict[str, Any]:
    """A line of the log; `undoes` is the place of the line that it undoes."""
    line = {name.removeprefix("question__"): value for name, value in zip(LOG_FIELDS, values, strict=True)}
    return line | {"at": line["at"].isoformat(), "undoes": undoes}  # To the microsecond, which JSON would lose.


def optimiser_log(learner: Learner) -> Iterator[str]:
    """The lines of a CSV file of ratings, with the columns that the FSRS optimiser reads."""
    yield _csv_line(("card_id", "review_time", "review_rating", "review_state", "review_duration"))
    ratings = learner.events.ratings().order_by("at", "pk")
    for question, at, *rest in ratings.values_list("question", "at", "rating", "state", "duration_ms"):
        yield _csv_line((question, int(at.timestamp() * 1000), *rest))


def _csv_line(values: Iterable[object]) -> str:
    file = StringIO()
    csv.writer(file).writerow(values)
    return file.getvalue()


@transaction.atomic
def bring_back(learner: Learner, content: bytes) -> tuple[int, int]:
    """Add what a file has and is not there yet; return the number of new lines and of those whose question is gone.

    A file can be brought back as often as one likes. Raises Unreadable, and then nothing is changed.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    kept = _read(content)
    lines = kept["log"]
    codes = {line["code"] for line in lines if isinstance(line, dict) and isinstance(line.get("code"), str)}
    questions = {question.code: question for question in Question.objects.filter(code__in=codes).only("code")}
    new, unknown = _add_lines(learner, lines, questions)
    _add_lists(learner, kept.get("lists") or [])
    log.rebuild(learner)
    last = learner.events.ratings().order_by("-at").values_list("at", flat=True).first()
    Learner.objects.filter(pk=learner.pk).update(reviewed_at=learner.reviewed_at or (timezone.now() if last else None))
    return new, unknown


def _read(content: bytes) -> dict[str, Any]:
    try:
        kept = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable(NO_ARCHIVE) from None
    if not isinstance(kept, dict) or kept.get("format") != NAME or not isinstance(kept.get("log"), list):
        raise Unreadable(NO_ARCHIVE)
    if kept.get("version") != VERSION:
        raise Unreadable("This file comes from a newer hub than this one.")
    if len(kept["log"]) > MOST_EVENTS:
        raise Unreadable(f"This file has more than the {MOST_EVENTS:,} lines that fit.")
    return kept


def _add_lines(learner: Learner, lines: list[Any], questions: dict[str, Question]) -> tuple[int, int]:
    """Add the lines that are not there, those that undo others last."""
    known = {(post, question): pk for pk, post, question in learner.events.values_list("pk", "post", "question")}
    pks: dict[int, int] = {}
    new = unknown = 0
    for number, line in enumerate(lines):
        event = _event(learner, line, questions)
        if event is None:
            unknown += 1
            continue
        key = (event.post, event.question_id)
        if key not in known:
            if event.action == Action.UNDO:
                event.undoes_id = pks.get(_number(line.get("undoes")))
            if event.action != Action.UNDO or event.undoes_id:
                new += 1
                if len(known) >= MOST_EVENTS:
                    raise Unreadable(f"Together with your log these are more than the {MOST_EVENTS:,} lines that fit.")
                event.save(force_insert=True)
                known[key] = event.pk
        if key in known:
            pks[number] = known[key]
    return new, unknown


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _event(learner: Learner, line: object, questions: dict[str, Question]) -> PracticeEvent | None:
    """A line as it is stored; None if its question is not there any more. Raises Unreadable."""
    if not isinstance(line, dict):
        raise Unreadable(NO_ARCHIVE)
    form = LineForm(line)
    if not form.is_valid():
        raise Unreadable(NO_ARCHIVE)
    question = questions.get(str(line.get("code")))
    if question is None:
        return None
    at = _moment(line.get("at"))
    day = day_of(at, form.cleaned_data["offset_minutes"])
    mistakes = [str(words)[:LONGEST_WORDS].replace("\0", "") for words in _list(line.get("mistakes"))][:MOST_MISTAKES]
    return PracticeEvent(learner=learner, question=question, at=at, day=day, mistakes=mistakes, **form.cleaned_data)


def _moment(text: object) -> datetime:
    """A time that is over; raises Unreadable."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise Unreadable(NO_ARCHIVE) from None
    if at.tzinfo is None or at.year < 2000:
        raise Unreadable(NO_ARCHIVE)
    return min(at, timezone.now())


def _add_lists(learner: Learner, kept: object) -> None:
    if not isinstance(kept, list):
        raise Unreadable(NO_ARCHIVE)
    for entry in kept[:MOST_LISTS]:
        name, query = (entry.get("name"), entry.get("query")) if isinstance(entry, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(query, str | None) or len(query or "") > 1000:
            raise Unreadable(NO_ARCHIVE)
        name = name.replace("\0", "")[:LONGEST_LIST_NAME]
        if name and not learner.lists.filter(name=name).exists() and learner.lists.count() < MOST_LISTS:
            found = learner.lists.create(name=name, query=query, is_chosen=bool(entry.get("is_chosen")))
            codes = [str(code) for code in _list(entry.get("codes"))][:MOST_LISTED]
            found.questions.set(Question.objects.filter(code__in=codes))


def take_over(learner: Learner, post: UUID, kept: dict[str, Any]) -> int:
    """Add the ratings that the recall pages once kept in a browser, by code; return how many were new.

    Of theirs 2, “In parts”, was a failure that counted as success: 1 and 2 are misses, 3 is shaky, 4 is solid.
    """
    found = {code: _kept_rating(it) for code, it in list(kept.items())[:MOST_LISTED] if isinstance(it, dict)}
    questions = Question.objects.filter(code__in=[code for code, it in found.items() if it]).only("code")
    rated = set(Card.objects.filter(learner=learner, count__gt=0).values_list("question", flat=True))
    entries = [
        log.Entry(question, rating=rating, at=at)
        for question in questions
        if question.pk not in rated and (it := found[question.code])
        for rating, at in [it]
    ]
    return len(entries) if entries and log.add(learner, post, entries) else 0


OLD_RATINGS = {1: Rating.MISSED, 2: Rating.MISSED, 3: Rating.SHAKY, 4: Rating.SOLID}


def _kept_rating(entry: dict[str, Any]) -> tuple[int, datetime] | None:
    """A rating with its time, which the browser counted in milliseconds."""
    rating, at = entry.get("rating"), entry.get("at")
    if type(rating) is not int or rating not in OLD_RATINGS or not isinstance(at, int | float):
        return None
    now = timezone.now()
    if not 946_684_800_000 <= at <= now.timestamp() * 1000:  # from 2000 on
        return OLD_RATINGS[rating], now
    return OLD_RATINGS[rating], datetime.fromtimestamp(at / 1000, tz=now.tzinfo)
