"""Checked questions into the database, in one transaction: questions, follow-ups, search documents and history."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from io import SEEK_END
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, NamedTuple, Self

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.databases import long_transaction
from questions import states
from questions.exchange.candidates import Candidate
from questions.exchange.images import Incoming
from questions.exchange.rows import FileError, FollowUpLine
from questions.exchange.taxa import Taxa
from questions.finding.search import documents
from questions.finding.search.counts import Counts
from questions.limits import MEGABYTE
from questions.models import FollowUp, ImageUse, Question, WorkflowStep
from questions.revisions import CHANGED, CREATED, catch_up, record
from questions.sections import HTML_FIELDS
from questions.version import forget

BATCH = 200  # questions that are written at a time
CODES = 500  # codes that are looked up at a time
REASON = "Imported"
# Of a question that changes.
WRITTEN = [field.name for field in Question._meta.concrete_fields if field.name not in ("id", "code", "created_at")]


class Draft(NamedTuple):
    """A question that is ready to be written; a new one has no id yet."""

    question: Question
    follow_ups: Sequence[tuple[FollowUpLine, str]] | None  # each with its HTML; nothing, if they stay as they are
    surplus: list[int]  # ids of follow-ups that have no place among the new ones
    is_arriving: bool  # at a status without a step
    analysis: documents.Analysis | None

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The draft of a candidate that is rendered and good."""
        question = candidate.question
        follow_ups = list(zip(candidate.follow_ups, candidate.answers_html, strict=True))
        surplus = [it.pk for it in question.follow_ups.all() if it.position > len(follow_ups)] if question.pk else []
        vars(question).pop("_prefetched_objects_cache", None)
        return cls(
            question,
            None if candidate.texts()["follow_ups"] == candidate.before.get("follow_ups", "") else follow_ups,
            surplus,
            question.status != candidate.before.get("status", states.FIRST),
            documents.analysed(question, [documents.asked(line.text, html) for line, html in follow_ups]),
        )


class Drafts:
    """Drafts in a temporary file, a batch at a time: there may be a million."""

    def __enter__(self) -> Self:
        self.file = TemporaryFile(buffering=MEGABYTE)
        self.batch: list[Draft] = []
        return self

    def __exit__(self, *exception: object) -> None:
        self.file.close()

    def add(self, draft: Draft) -> None:
        self.batch.append(draft)
        if len(self.batch) == BATCH:
            self.store()

    def store(self) -> None:
        """Put aside what has come together."""
        pickle.dump(self.batch, self.file, pickle.HIGHEST_PROTOCOL)
        self.batch = []

    def batches(self) -> Iterator[list[Draft]]:
        """What has been put aside; each call reads it again."""
        end = self.file.seek(0, SEEK_END)
        self.file.seek(0)
        while self.file.tell() < end:
            yield pickle.load(self.file)  # noqa: S301 (nobody else can reach the file)


def write(drafts: Drafts, taxa: Taxa, user: Any, images: Incoming) -> None:
    """Write all drafts, and the images in them.

    Raises FileError where somebody else has changed the same questions since they were read.
    """
    drafts.store()
    images.store()
    try:
        with long_transaction():
            documents.wait_for_others()
            taxa.save(user)
            images.record()
            pks: dict[str, int] = {}
            answering: set[int] = set()
            for batch in drafts.batches():
                answering |= _answering(batch)
                pks |= _write_questions(batch, taxa, user)
            for batch in drafts.batches():
                _write_follow_ups(batch, pks)
            counts = Counts.none()
            for batch in drafts.batches():
                counts.update(_write_rest(batch, taxa, pks))
                answering |= _answering(batch)
            counts.write()
            documents.index_in_batches(Question.objects.filter(pk__in=answering - set(pks.values())))
            forget()
            transaction.on_commit(forget)
    except IntegrityError:
        raise _conflict() from None


def pks_of(codes: Iterable[str]) -> dict[str, int]:
    """The ids of those of the questions that there are."""
    found: dict[str, int] = {}
    remaining = iter(codes)
    while some := list(islice(remaining, CODES)):
        found |= Question.objects.filter(code__in=some).values_list("code", "pk")
    return found


def _conflict() -> FileError:
    return FileError("Somebody changed the same questions at the same time; import again.")


def _write_questions(batch: list[Draft], taxa: Taxa, user: Any) -> dict[str, int]:
    """Write the questions themselves; returns the id of each code."""
    questions = [draft.question for draft in batch]
    new = [question for question in questions if question.pk is None]
    changed = [question for question in questions if question.pk is not None]
    _lock(changed)
    catch_up([question.pk for question in changed])
    for question in questions:
        taxa.complete(question)
        question.updated_at = timezone.now()
    Question.objects.bulk_create(new)
    Question.objects.bulk_create(changed, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN)
    WorkflowStep.objects.log_arrivals([draft.question for draft in batch if draft.is_arriving], user, REASON)
    return {question.code: question.pk for question in questions}


def _lock(questions: list[Question]) -> None:
    """Keep others from changing questions that are as they were read."""
    found = Question.objects.select_for_update().filter(pk__in=[question.pk for question in questions]).order_by("pk")
    if dict(found.values_list("pk", "updated_at")) != {question.pk: question.updated_at for question in questions}:
        raise _conflict()


def _answering(batch: list[Draft]) -> set[int]:
    """The questions that answer follow-ups of what is written."""
    return documents.answering(draft.question.pk for draft in batch if draft.question.pk)


def _write_rest(batch: list[Draft], taxa: Taxa, pks: dict[str, int]) -> Counts:
    """Write what belongs to questions that have been written; returns what their search documents count."""
    created = [draft.question for draft in batch if draft.question.pk is None]
    changed = [draft.question for draft in batch if draft.question.pk is not None]
    for draft in batch:
        draft.question.pk = pks[draft.question.code]
        taxa.complete(draft.question)
    ImageUse.objects.note([draft.question for draft in batch])
    for questions, kind in ((created, CREATED), (changed, CHANGED)):
        written = Question.objects.filter(pk__in=[question.pk for question in questions])
        record(written.defer(*HTML_FIELDS), REASON, kind)
    return documents.store([(draft.question, draft.analysis) for draft in batch])


def _write_follow_ups(batch: list[Draft], pks: dict[str, int]) -> None:
    asked = [
        (draft.question.code, position, line, html)
        for draft in batch
        for position, (line, html) in enumerate(draft.follow_ups or (), start=1)
    ]
    elsewhere = {line.code for _, _, line, _ in asked if line.code} - pks.keys()
    ids = pks_of(elsewhere)
    if elsewhere - ids.keys():
        raise _conflict()
    surplus = FollowUp.objects.filter(pk__in=[pk for draft in batch for pk in draft.surplus])
    surplus._raw_delete(surplus.db)  # Signals would index each question once more.
    ids |= pks
    FollowUp.objects.bulk_create(
        [
            FollowUp(
                question_id=pks[asking],
                position=position,
                text=line.text,
                answer=line.answer,
                answer_html=html,
                answered_by_id=ids.get(line.code),
            )
            for asking, position, line, html in asked
        ],
        update_conflicts=True,
        unique_fields=["question", "position"],
        update_fields=["text", "answer", "answer_html", "answered_by"],
    )
