"""From draft to published: the steps there are, who may take them, what they need, and the log of them.

Draft ── submit ──▶ In review ── publish ──▶ Published ── archive ──▶ Archived
  ◀── take back, send back ──┘                   ◀────── publish ────────┘
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from questions.desk import readiness
from questions.desk.models import WorkflowStep
from questions.models import Question

Status, Name = Question.Status, WorkflowStep.Name

COMMENT_NEEDED = "Say in the comment what is to be changed."
SUBMIT, REVIEW = "questions.submit_question", "questions.review_question"
STATES = {
    Status.DRAFT: "a draft",
    Status.IN_REVIEW: "in review",
    Status.PUBLISHED: "published",
    Status.ARCHIVED: "archived",
}


class StepError(Exception):
    """A step cannot be taken; the text is the sentence that says why."""


class Step(NamedTuple):
    """A way from one status to another."""

    name: WorkflowStep.Name
    label: str
    sources: tuple[Question.Status, ...]
    target: Question.Status
    permission: str
    needs_comment: bool = False

    @property
    def done(self) -> str:
        """What has happened to a question after it, such as “sent back”."""
        return str(self.name.label).lower()

    @property
    def right(self) -> str:
        """What the permission allows to do, as the admin names it: `submit` or `review`."""
        return self.permission.removeprefix("questions.").removesuffix("_question")


STEPS = {
    step.name.value: step
    for step in (
        Step(Name.SUBMIT, "Submit for review", (Status.DRAFT,), Status.IN_REVIEW, SUBMIT),
        Step(Name.TAKE_BACK, "Take back", (Status.IN_REVIEW,), Status.DRAFT, SUBMIT),
        Step(Name.PUBLISH, "Publish", (Status.IN_REVIEW, Status.ARCHIVED), Status.PUBLISHED, REVIEW),
        Step(Name.SEND_BACK, "Send back", (Status.IN_REVIEW,), Status.DRAFT, REVIEW, needs_comment=True),
        Step(Name.ARCHIVE, "Archive", (Status.PUBLISHED,), Status.ARCHIVED, REVIEW),
    )
}

REACHED_BY = {step.target: step.name for step in STEPS.values()}
OPERATOR = "an operator"  # who needs no account


def steps_for(user: User | AnonymousUser, question: Question) -> list[Step]:
    """The steps that somebody may take now."""
    return [step for step in STEPS.values() if question.status in step.sources and user.has_perm(step.permission)]


def may_change(user: User | AnonymousUser, question: Question) -> bool:
    """Whether somebody who may change questions may change this one: what reviewers have seen is theirs."""
    return question.status == Status.DRAFT or user.has_perm(REVIEW)


def may_delete(user: User | AnonymousUser, question: Question) -> bool:
    """Whether somebody who may delete questions may delete this one: an address once public is archived instead."""
    return question.published_at is None or user.is_superuser


def take(step: Step, pk: int, user: User | AnonymousUser, comment: str = "", seen: datetime | None = None) -> Question:
    """Take a step with a question, log it, and return the question.

    Raises StepError where it cannot be taken, as when the question was saved after the state that the user has
    `seen`, PermissionDenied where the user may not, and Question.DoesNotExist.
    """
    if isinstance(user, AnonymousUser) or not user.has_perm(step.permission):
        raise PermissionDenied
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=pk)
        if reason := _objection(step, question, comment, seen):
            raise StepError(reason)
        question.status = step.target
        question.save(update_fields=["status"])
        _entry(question, step.name, user, comment).save()
    return question


def log_arrivals(questions: Iterable[Question], user: User | None, comment: str) -> None:
    """Log that questions have come to the status that they have without a step, as by an import."""
    WorkflowStep.objects.bulk_create(
        _entry(question, REACHED_BY[Status(question.status)], user, comment) for question in questions
    )


def _entry(question: Question, name: WorkflowStep.Name, user: User | None, comment: str) -> WorkflowStep:
    username = user.get_username() if user else OPERATOR
    return WorkflowStep(question=question, name=name, taken_by=user, username=username, comment=comment)


def _objection(step: Step, question: Question, comment: str, seen: datetime | None) -> str:
    """Why a question cannot take a step, or nothing."""
    if question.status == step.target:
        return f"{question.code} is already {STATES[step.target]}."
    if question.status not in step.sources:
        return f"{question.code} cannot be {step.done}: it is {STATES[Status(question.status)]}."
    if seen and question.updated_at != seen:
        return f"{question.code} was changed after you opened its page. Read it as it is now, then decide."
    if step.needs_comment and not comment:
        return COMMENT_NEEDED
    if step.target == Status.PUBLISHED and (missing := readiness.missing(question)):
        return " ".join([f"{question.code} cannot be published yet.", *missing])
    return ""
