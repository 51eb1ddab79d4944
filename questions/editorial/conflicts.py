"""Two people who edit the same question: the second save is held back until its editor has seen the first.

A form carries what it was filled from: a digest of each field and of the follow-ups. Where the stored question differs
from that, and also from what was typed, nothing is saved: the form comes back with all that was typed, with both
versions side by side, and with the digests of what is stored now. Saving it again is then deliberate.

The question's row is locked from before the comparison until after the save; SQLite locks with its transaction.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from hashlib import blake2b
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import HttpRequest, QueryDict

from hub.keys import key_of, keys_of
from questions import diffs, revisions
from questions.models import FollowUp, Question
from questions.models.question import as_read

SEEN = "seen"  # what the form was filled from
THEIRS = "theirs"  # the fields whose stored version is to stay
FOLLOW_UPS = "follow_ups"
FOLLOW_UP_FIELD = re.compile(rf"{FOLLOW_UPS}-([0-9]{{1,4}})-(\w+)")  # Of more rows no form takes note.

FormRow = dict[str, Any]  # a follow-up's fields in the form


class Difference(NamedTuple):
    """A field that somebody else has changed, from theirs to mine; untouched is what I have left as it was."""

    name: str
    label: str
    pieces: list[diffs.Piece]
    is_untouched: bool


class Conflict(NamedTuple):
    """The save that came between, and where it differs from what was typed."""

    revision: Any
    differences: list[Difference]


class ConflictAwareForm(forms.ModelForm):
    """A question's form that does not save over what its editor has not seen."""

    conflict: Conflict | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self.conflict = find(self)
        if self.conflict:
            raise ValidationError(
                "Nothing has been saved yet: somebody else has saved this question since you opened it. "
                "All that you typed is still here."
            )
        return cleaned


def begin(request: HttpRequest, pk: int) -> dict[str, str]:
    """Hold the question that is to be saved, settle what was posted, and return what the form is to remember.

    Called in the transaction of the save. On a visit it comes before the form is filled: what is saved in between leads
    to a conflict that is none, never to one that is missed.
    """
    if request.method == "POST":
        revisions.lock(pk)
    question = revisions.current(pk)
    if question is None:
        return {}
    if request.method == "POST":
        request.POST = settled(request.POST, question)  # type: ignore[assignment]
    return seen_field(question)


def seen_field(question: Question) -> dict[str, str]:
    """The name and the value of the hidden field that remembers this version."""
    return {SEEN: json.dumps(digests(revisions.texts(question)))}


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """What a form remembers of a version, by field."""
    return {name: blake2b(text.encode(), digest_size=8).hexdigest() for name, text in texts.items()}


def find(form: ConflictAwareForm) -> Conflict | None:
    """Where the stored question is neither what the form was filled from nor what was typed."""
    question = revisions.current(form.instance.pk)
    if question is None:
        return None
    seen, theirs, mine = _seen(form.data), revisions.texts(question), _typed(form)
    typed, until = digests(mine), diffs.deadline()
    differences = [
        Difference(
            name,
            diffs.label(name),
            diffs.difference_of(name, theirs[name], mine[name], until),
            is_untouched=typed[name] == seen[name],
        )
        for name, digest in digests(theirs).items()
        if name in mine and seen.get(name, digest) not in (digest, None) and theirs[name] != mine[name]
    ]
    return Conflict(revisions.of(question.pk).first(), differences) if differences else None


def unsaved(form: ConflictAwareForm) -> list[str]:
    """The labels of what was typed and is not what the form was filled from; nothing, of a form that was not sent."""
    seen = _seen(form.data)
    if not seen:
        return []
    form.is_valid()
    return [diffs.label(name) for name, digest in digests(_typed(form)).items() if seen.get(name, digest) != digest]


def _seen(data: Mapping[str, Any]) -> dict[str, str]:
    """What the form remembers; nothing, if it is not one of ours."""
    try:
        found = json.loads(data.get(SEEN, ""))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _typed(form: ConflictAwareForm) -> dict[str, str]:
    """What was typed as texts, of the fields that the form has."""
    version = copy(form.instance)
    for name, value in form.cleaned_data.items():
        setattr(version, name, value)
    texts = revisions.texts(version) | {name: as_read(str(form.data.get(name, ""))) for name in form.errors}
    follow_ups = (
        {FOLLOW_UPS: revisions.as_text(_typed_lines(form.data))} if f"{FOLLOW_UPS}-TOTAL_FORMS" in form.data else {}
    )
    return {name: text for name, text in texts.items() if name in form.fields} | follow_ups


def _typed_lines(data: Mapping[str, Any]) -> list[revisions.Line]:
    kept = [row for row in _rows(data) if row.get("text") and not row.get("DELETE")]
    answers = Question.objects.filter(pk__in=keys_of(row.get("answered_by", "") for row in kept))
    codes = dict(answers.values_list("pk", "code"))
    typed = [
        revisions.Line(
            position=key_of(row.get("position", "")) or 0,
            text=row["text"].strip(),
            answer=row.get("answer", ""),
            answered_by=codes.get(key_of(row.get("answered_by", "")) or 0),
        )
        for row in kept
    ]
    return sorted(typed, key=lambda it: it["position"])


def settled(data: QueryDict, question: Question) -> QueryDict:
    """What was posted, with the stored version where that was chosen, and in step with the stored follow-ups."""
    data = data.copy()
    stored = model_to_dict(question)
    for name in data.getlist(THEIRS):
        if name in stored:
            data[name] = "" if stored[name] is None else str(stored[name])
    if f"{FOLLOW_UPS}-TOTAL_FORMS" in data:
        _settle_follow_ups(data, list(question.follow_ups.all()), take_theirs=FOLLOW_UPS in data.getlist(THEIRS))
    return data


def _settle_follow_ups(data: QueryDict, stored: list[FollowUp], take_theirs: bool) -> None:
    """Let the rows begin with the stored follow-ups: those that somebody has added are marked as deleted, those that
    somebody has deleted are new."""
    rows = _rows(data)
    typed = {row["id"]: row for row in rows if row.get("id")}
    ids = {str(it.pk) for it in stored}
    if take_theirs:
        typed, rows = {str(it.pk): _row(it) for it in stored}, []
    elif typed.keys() == ids:
        return
    initial = [typed.get(str(it.pk)) or _row(it) | {"DELETE": "on"} for it in stored]
    extra = [row | {"id": ""} for row in rows if row.get("id", "") not in ids and not row.get("DELETE")]
    for key in [key for key in data if FOLLOW_UP_FIELD.fullmatch(key)]:
        del data[key]
    for number, row in enumerate(initial + extra):
        for name, value in row.items():
            data[f"{FOLLOW_UPS}-{number}-{name}"] = str(value)
    data[f"{FOLLOW_UPS}-INITIAL_FORMS"] = str(len(initial))
    data[f"{FOLLOW_UPS}-TOTAL_FORMS"] = str(len(initial) + len(extra))


def _row(follow_up: FollowUp) -> FormRow:
    values = model_to_dict(follow_up)
    return {name: "" if value is None else value for name, value in values.items()}


def _rows(data: Mapping[str, Any]) -> list[FormRow]:
    """The rows of follow-ups in the form."""
    found: dict[int, FormRow] = defaultdict(dict)
    for key in data:
        if field := FOLLOW_UP_FIELD.fullmatch(key):
            found[int(field[1])][field[2]] = data[key]
    return [found[number] for number in sorted(found)]
