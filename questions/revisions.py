"""Revisions of questions: writing them, reading them as texts, and going back to them.

The admin writes one for each save, after the follow-ups; `save()` and `delete()` write one wherever they are called.
What changes questions in bulk, by `update`, `bulk_create` or `bulk_update`, or saves follow-ups alone, calls `record`.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from textwrap import indent
from typing import Any, NotRequired, TypedDict

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from questions import states
from questions.models import FollowUp, Question
from questions.models.question import as_read

CREATED, CHANGED, DELETED = "+", "~", "-"
BATCH = 500

Revision = Question.history.model
FIELDS = [field for field in Revision.tracked_fields if field.editable and not field.primary_key]
# A code is permanent, and a status is for the steps from draft to published to change.
KEPT = ("code", "status")
TAXA = [field.name for field in FIELDS if field.is_relation]


class Line(TypedDict):
    """A follow-up as a revision keeps it; `answered_by` is a code. Older revisions have no answers."""

    position: int
    text: str
    answer: NotRequired[str]
    answered_by: str | None


def record(questions: QuerySet[Question], reason: str = "", kind: str = CHANGED) -> int:
    """Write a revision of each question as it now stands, and return their number: for changes that are made in bulk.

    Call it once, after the change and in its transaction: `record(Question.objects.filter(pk__in=pks), "Imported")`.
    What saves each question before its follow-ups uses `question.save_without_historical_record()` until then. The
    reason, of at most 100 characters, stands in the history; `kind` is CREATED for questions that are new. Who did it
    is who is logged in; nobody, in a command.
    """
    number = 0
    rows = with_follow_ups(questions).iterator(chunk_size=BATCH)
    while batch := [_revision(question, reason, kind) for question in islice(rows, BATCH)]:
        Revision.objects.bulk_create(batch)
        number += len(batch)
    return number


def with_follow_ups(questions: QuerySet[Question]) -> QuerySet[Question]:
    """With all that a revision keeps or shows."""
    return questions.select_related(*TAXA).prefetch_related(Prefetch("follow_ups", FollowUp.objects.with_codes()))


def _revision(question: Question, reason: str, kind: str) -> Any:
    fields = {field.attname: getattr(question, field.attname) for field in Revision.tracked_fields}
    return Revision(
        history_date=timezone.now(),
        history_type=kind,
        history_change_reason=reason,
        history_user=Revision.get_default_history_user(question),
        follow_ups=lines(question.follow_ups.all()),
        **fields,
    )


def lines(follow_ups: Iterable[FollowUp]) -> list[Line]:
    """Follow-ups as a revision keeps them."""
    return [
        Line(
            position=it.position,
            text=it.text,
            answer=it.answer,
            answered_by=it.answered_by.code if it.answered_by else None,
        )
        for it in follow_ups
    ]


def current(pk: int) -> Question | None:
    """The question with all that a revision keeps, if it still is there."""
    return with_follow_ups(Question.objects.filter(pk=pk)).first()


def lock(pk: int) -> None:
    """Let nobody else change the question until the transaction ends."""
    Question.objects.select_for_update().filter(pk=pk).first()


def of(pk: int) -> QuerySet[Any]:
    """The revisions of a question, also of one that is deleted, newest first."""
    return Revision.objects.filter(id=pk).select_related("history_user", *TAXA)


def deletions() -> QuerySet[Any]:
    """The last revision of every question that is deleted, the latest first."""
    later = Revision.objects.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    there = Question.objects.filter(pk=OuterRef("id"))
    last = Revision.objects.filter(~Exists(later), ~Exists(there), history_type=DELETED)
    return last.select_related("history_user")


def texts(version: Any) -> dict[str, str]:
    """A question's or a revision's fields as readers of the history see them, by name; a follow-up is a line."""
    follow_ups = version.follow_ups if isinstance(version, Revision) else lines(version.follow_ups.all())
    return {field.name: _text(version, field.name) for field in FIELDS} | {"follow_ups": as_text(follow_ups)}


def _text(version: Any, name: str) -> str:
    shown = getattr(version, f"get_{name}_display", None)
    value = shown() if shown else getattr(version, name)
    if value is None and name in TAXA:
        return "(deleted)"
    return "" if value is None else as_read(str(value))


def as_text(follow_ups: Iterable[Line]) -> str:
    """Follow-ups as one text: a line each, and below it the answer, indented."""
    return "\n".join(
        f"{it['position']}. {it['text']}"
        + (f" → {it['answered_by']}" if it["answered_by"] else "")
        + (f"\n{indent(answer, '   ')}" if (answer := as_read(it.get("answer", ""))) else "")
        for it in follow_ups
    )


def catch_up(pks: Sequence[int]) -> None:
    """Write down how questions stand that nothing has: they were loaded, or changed past the desk.

    Called before they are changed, so that no state of them is lost.
    """
    last = Revision.objects.filter(id__in=pks).values("id").annotate(last=Max("history_id")).values("last")
    latest = {it.id: it for it in Revision.objects.filter(history_id__in=last).select_related(*TAXA)}
    missing = []
    for question in with_follow_ups(Question.objects.filter(pk__in=pks)):
        known = latest.get(question.pk)
        if known is None or texts(known) != texts(question):
            missing.append(_revision(question, "As it was found", CHANGED if known else CREATED))
            missing[-1].history_user = None
    Revision.objects.bulk_create(missing)


@transaction.atomic
def restore(revision: Any, as_draft: bool = False) -> Question:
    """Make the question what it was in this revision, as a new revision; a deleted one comes back.

    A question that is there keeps its status; one that comes back has that with which it was deleted, or is a draft.
    Raises ValidationError, with nothing changed, where the revision no longer fits: its technology is gone, say.
    """
    lock(revision.id)
    question = current(revision.id)
    if question is None:
        return _bring_back(revision, as_draft)
    catch_up([question.pk])
    for field in FIELDS:
        if field.name not in KEPT:
            setattr(question, field.attname, getattr(revision, field.attname))
    _save(question, revision.follow_ups)
    record(Question.objects.filter(pk=question.pk), f"Restored from revision {revision.history_id}")
    return question


def _bring_back(revision: Any, as_draft: bool) -> Question:
    question: Question = revision.instance
    deletion = of(revision.id).filter(history_type=DELETED).first()
    for name in (*KEPT, "published_at"):
        setattr(question, name, getattr(deletion or revision, name))
    if as_draft:
        question.status = states.FIRST
    _save(question, revision.follow_ups)
    record(Question.objects.filter(pk=question.pk), "Restored after it was deleted", CREATED)
    led_here = [_mended(link, question) for link in deletion.lost_links] if deletion else []
    record(Question.objects.filter(pk__in=filter(None, led_here)), f"{question.code}, which answers it, was restored")
    return question


def _save(question: Question, follow_ups: list[Line]) -> None:
    """Save a question with these follow-ups and no others, all of them valid."""
    question.clean_fields()  # First, since what is checked next looks at the technology.
    question.full_clean()
    question.save_without_historical_record()  # type: ignore[attr-defined]
    before = lines(question.follow_ups.with_codes())
    question.follow_ups.all().delete()
    answers = {it.code: it for it in Question.objects.filter(code__in=[it["answered_by"] for it in follow_ups])}
    for it in follow_ups:
        answer = answers.get(it["answered_by"] or "")
        own = it.get("answer", "")
        follow_up = FollowUp(
            question=question, position=it["position"], text=it["text"], answer=own, answered_by=answer
        )
        follow_up.full_clean()
        follow_up.save()
    if lines(question.follow_ups.with_codes()) != before:
        question.touch()


def _mended(link: dict[str, Any], answer: Question) -> int | None:
    """The question whose follow-up leads to its answer again; none, if that follow-up has changed since."""
    place = {"question__code": link["code"], "position": link["position"], "text": link["text"]}
    follow_up = FollowUp.objects.filter(**place, answered_by=None).first()
    if follow_up is None:
        return None
    follow_up.answered_by = answer
    follow_up.save()
    return follow_up.question_id


# What `save()` and `delete()` write.


@receiver(pre_create_historical_record, sender=Revision)
def add_follow_ups(sender: type, instance: Question, history_instance: Any, **kwargs: Any) -> None:
    if history_instance.history_type == DELETED:
        history_instance.follow_ups, history_instance.lost_links = instance._went_with_it  # type: ignore[attr-defined]
    else:
        history_instance.follow_ups = lines(FollowUp.objects.filter(question=instance.pk).with_codes())


@receiver(pre_delete, sender=Question)
def remember_what_goes_with_it(sender: type, instance: Question, **kwargs: Any) -> None:
    """While it is still there: the history of a deletion is written after it."""
    links = [
        {"code": it.question.code, "position": it.position, "text": it.text}
        for it in FollowUp.objects.answered_elsewhere_by(instance)
    ]
    instance._went_with_it = (lines(instance.follow_ups.with_codes()), links)  # type: ignore[attr-defined]


@receiver(post_delete, sender=Question)
def record_lost_links(sender: type, instance: Question, **kwargs: Any) -> None:
    """The questions whose follow-ups lost their answer have changed, too."""
    codes = {link["code"] for link in instance._went_with_it[1]}  # type: ignore[attr-defined]
    record(Question.objects.filter(code__in=codes), f"{instance.code}, which answered it, was deleted")
