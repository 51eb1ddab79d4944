"""Taking the steps from draft to published: who may, what they need, and the log of them."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from questions import readiness
from questions.models import Question, WorkflowStep
from questions.states import REVIEW, STEPS, TARGETS, Step

COMMENT_NEEDED = "Say in the comment what is to be changed."


class StepError(Exception):
    """A step cannot be taken; the text is the sentence that says why."""


def steps_for(user: User | AnonymousUser, question: Question) -> list[Step]:
    """The steps that somebody may take now."""
    return [step for step in STEPS.values() if question.status in step.sources and user.has_perm(step.permission)]


def may_change(user: User | AnonymousUser, question: Question) -> bool:
    """Whether somebody who may change questions may change this one: what reviewers have seen is theirs."""
    return question.state.is_writable or user.has_perm(REVIEW)


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
        question.status = TARGETS[step.name].value
        question.save(update_fields=["status"])
        WorkflowStep.objects.log(step, [question], user, comment)
    return question


def _objection(step: Step, question: Question, comment: str, seen: datetime | None) -> str:
    """Why a question cannot take a step, or nothing."""
    target = TARGETS[step.name]
    if question.status == target.value:
        return f"{question.code} is already {target.phrase}."
    if question.status not in step.sources:
        return f"{question.code} cannot be {step.done.lower()}: it is {question.state.phrase}."
    if seen and question.updated_at != seen:
        return f"{question.code} was changed after you opened its page. Read it as it is now, then decide."
    if step.needs_comment and not comment:
        return COMMENT_NEEDED
    if target.is_public and (missing := readiness.missing(question)):
        return " ".join([f"{question.code} cannot be published yet.", *missing])
    return ""
