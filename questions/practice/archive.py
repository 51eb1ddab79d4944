"""Everything that a learner has, as a file to keep and to bring back, and the log as the FSRS optimiser takes it."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils import timezone

from questions.models import Action, Card, Learner, Mock, MockAnswer, PracticeEvent, PracticeList, Question, Rating
from questions.models.practice import LONGEST_LIST_NAME, day_of
from questions.practice import log
from questions.practice.file_values import NO_ARCHIVE, Unreadable, list_of, mistakes_of, moment_of, number_of, text_of
from questions.practice.forms import ZoneField
from questions.practice.lists import MOST_LISTED, MOST_LISTS
from questions.practice.log import MOST_EVENTS
from questions.practice.mock_archive import add_mocks, mocks_of, read_mocks

NAME = "knowledge-hub-practice"
VERSION = 1
LONGEST_QUERY = 1_000  # characters
CHOICES = ("zone", "retention", "minutes", "new_a_day")
LOG_FIELDS = (
    "question__code",
    "action",
    "rating",
    "state",
    "duration_ms",
    "offset_minutes",
    "predicted",
    "at",
    "post",
    "mistakes",
)


class ChoicesForm(forms.Form):
    """What a learner has chosen, as a file has it; what cannot be chosen counts for nothing."""

    zone = ZoneField(required=False)
    retention = forms.FloatField(min_value=0.8, max_value=0.95)
    minutes = forms.IntegerField(min_value=1, max_value=480)
    new_a_day = forms.IntegerField(min_value=0, max_value=100)
    interview_on = forms.DateField()

    @property
    def understood(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value != ""}


class LineForm(forms.Form):
    """A line of the log, as a file has it."""

    action = forms.ChoiceField(choices=Action.choices)
    rating = forms.TypedChoiceField(choices=Rating.choices, coerce=int, empty_value=None, required=False)
    state = forms.IntegerField(min_value=0, max_value=3)
    duration_ms = forms.IntegerField(min_value=0, max_value=log.LONGEST, required=False)
    offset_minutes = forms.IntegerField(min_value=-1_440, max_value=1_440)
    predicted = forms.FloatField(min_value=0, max_value=1, required=False)
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
        "mocks": mocks_of(learner),
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


class Archive(NamedTuple):
    """What a file has: its lines, each with the place of the line that it undoes, its lists and mock interviews."""

    lines: list[tuple[int, int, PracticeEvent]]  # own place, place of the other or -1, the line without its learner
    lists: list[PracticeList]
    codes: list[list[str]]  # of the questions on each list
    mocks: list[tuple[Mock, list[MockAnswer]]]
    choices: dict[str, Any]
    unknown: int  # lines whose question is not there any more


def read(content: bytes) -> Archive:
    """Check a file; raises Unreadable."""
    kept = _read(content)
    lines = [line for line in kept["log"] if isinstance(line, dict)]
    if len(lines) < len(kept["log"]):
        raise Unreadable(NO_ARCHIVE)
    codes = {text_of(line.get("code")) for line in lines}
    questions = {question.code: question for question in Question.objects.filter(code__in=codes).only("code")}
    events = [(number, number_of(line.get("undoes")), _event(line, questions)) for number, line in enumerate(lines)]
    found = [(number, undoes, event) for number, undoes, event in events if event]
    lists = [_read_list(entry) for entry in list_of(kept.get("lists"))[:MOST_LISTS]]
    mocks = read_mocks(list_of(kept.get("mocks")))
    choices = _read_choices(kept)
    return Archive(found, [it for it, _ in lists], [its for _, its in lists], mocks, choices, len(events) - len(found))


@transaction.atomic
def bring_back(learner: Learner, kept: Archive) -> tuple[int, int]:
    """Add what a file has and is not there yet, and return the numbers of new lines and of new mock interviews.

    A file can be brought back as often as one likes. Raises Unreadable, and then nothing is changed.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    new = _add_lines(learner, [it for it in kept.lines if it[2].action != Action.UNDO], {})
    undone = {number: event for number, _, event in kept.lines}
    new += _add_lines(learner, [it for it in kept.lines if it[2].action == Action.UNDO], undone)
    for it, codes in zip(kept.lists, kept.codes, strict=True):
        _add_list(learner, it, codes)
    _choose(learner, kept.choices)
    new_mocks = add_mocks(learner, kept.mocks)
    log.rebuild(learner)
    if learner.events.ratings().exists():
        Learner.objects.filter(pk=learner.pk).update(reviewed_at=timezone.now())
    return new, new_mocks


def _read(content: bytes) -> dict[str, Any]:
    try:
        kept = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable(NO_ARCHIVE) from None
    if not isinstance(kept, dict) or kept.get("format") != NAME or not isinstance(kept.get("log"), list):
        raise Unreadable(NO_ARCHIVE)
    if not isinstance(kept.get("lists", []), list):
        raise Unreadable(NO_ARCHIVE)
    if kept.get("version") != VERSION:
        raise Unreadable("This file comes from a newer hub than this one.")
    if len(kept["log"]) > MOST_EVENTS:
        raise Unreadable(f"This file has more than the {MOST_EVENTS:,} lines that fit.")
    return kept


def _add_lines(learner: Learner, lines: list[tuple[int, int, PracticeEvent]], undone: dict[int, PracticeEvent]) -> int:
    """Add the lines that are not there; those that undo others once the others are there, too."""
    known = {(post, question): pk for pk, post, question in learner.events.values_list("pk", "post", "question")}
    new = []
    for _, undoes, event in lines:
        event.learner = learner
        if undone:
            other = undone.get(undoes)
            event.undoes_id = known.get((other.post, other.question_id)) if other else None
        key = (event.post, event.question_id)
        if key not in known and bool(undone) == bool(event.undoes_id):
            known[key] = 0
            new.append(event)
    if learner.events.count() + len(new) > MOST_EVENTS:
        raise Unreadable(f"Together with your log these are more than the {MOST_EVENTS:,} lines that fit.")
    taken = set(learner.events.filter(undoes__isnull=False).values_list("undoes", flat=True))
    fresh = {event.undoes_id or -number: event for number, event in enumerate(new, 1) if event.undoes_id not in taken}
    return len(PracticeEvent.objects.bulk_create(fresh.values(), batch_size=500))


def _event(line: dict[str, Any], questions: dict[str, Question]) -> PracticeEvent | None:
    """A line as it is stored; None if its question is not there any more. Raises Unreadable."""
    form = LineForm(line)
    if not form.is_valid():
        raise Unreadable(NO_ARCHIVE)
    question = questions.get(str(line.get("code")))
    if question is None:
        return None
    at = moment_of(line.get("at"))
    day = day_of(at, form.cleaned_data["offset_minutes"])
    mistakes = mistakes_of(line.get("mistakes"))
    return PracticeEvent(question=question, at=at, day=day, mistakes=mistakes, **form.cleaned_data)


def _read_choices(kept: dict[str, Any]) -> dict[str, Any]:
    choices = kept.get("choices")
    found = {**(choices if isinstance(choices, dict) else {}), "interview_on": kept.get("interview_on")}
    return ChoicesForm({name: text_of(value) for name, value in found.items()}).understood


def _choose(learner: Learner, choices: dict[str, Any]) -> None:
    """Choose again what a file has, except what the learner has chosen otherwise since."""
    unchosen = Learner()
    changed = [name for name in choices if getattr(learner, name) == getattr(unchosen, name)]
    for name in changed:
        setattr(learner, name, choices[name])
    if "interview_on" in changed:
        learner.planned_on = log.today_of(learner)
    learner.save(update_fields=[*changed, "planned_on"])


def _read_list(entry: object) -> tuple[PracticeList, list[str]]:
    """A list and the codes on it; raises Unreadable."""
    if not isinstance(entry, dict):
        raise Unreadable(NO_ARCHIVE)
    name, query = entry.get("name"), entry.get("query")
    if not isinstance(name, str) or not isinstance(query, str | None) or len(query or "") > LONGEST_QUERY:
        raise Unreadable(NO_ARCHIVE)
    name, query = text_of(name)[:LONGEST_LIST_NAME] or "?", query and text_of(query)
    codes = [text_of(code) for code in list_of(entry.get("codes"))][:MOST_LISTED]
    return PracticeList(name=name, query=query, is_chosen=bool(entry.get("is_chosen"))), codes


def _add_list(learner: Learner, found: PracticeList, codes: list[str]) -> None:
    if not learner.lists.filter(name=found.name).exists() and learner.lists.count() < MOST_LISTS:
        found.learner = learner
        found.save()
        found.questions.set(Question.objects.filter(code__in=codes))


def take_over(learner: Learner, post: UUID, kept: dict[str, Any]) -> int:
    """Add the ratings that the recall pages once kept in a browser, by code; return how many were new.

    Of theirs 2, “In parts”, was a failure that counted as success: 1 and 2 are misses, 3 is shaky, 4 is solid.
    """
    found = {text_of(code): _kept_rating(it) for code, it in list(kept.items())[:MOST_LISTED] if isinstance(it, dict)}
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
