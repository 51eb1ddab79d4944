"""Whether a candidate may be imported: what the admin would refuse, an import refuses with the same sentences."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from questions import readiness, states
from questions.exchange.candidates import Candidate
from questions.exchange.sentences import Reasons, reasons
from questions.models import Question
from questions.querysets import TAXA
from questions.sections import HTML_FIELDS, MARKDOWN_FIELDS
from questions.text.markdown import MarkdownError, render


def objections(candidate: Candidate, user: Any) -> Reasons:
    """Everything that is wrong with a candidate, which is rendered by the way; nobody (no user) may do everything."""
    try:
        _check_status(candidate, user)
        _check_fields(candidate)
        _check_readiness(candidate, user)
    except ValidationError as error:
        return candidate.reasons | reasons(error, Question)
    return candidate.reasons


def _check_status(candidate: Candidate, user: Any) -> None:
    """Refuse what only those may do who review: what is no draft is theirs."""
    if user is None or user.has_perm(states.REVIEW):
        return
    before = candidate.before or {"status": states.FIRST, "published_at": ""}
    after = candidate.texts()
    if not states.BY_VALUE[before["status"]].is_writable:
        raise ValidationError(f"{candidate.question.code} is no draft; only those who review may change it.")
    if after["status"] in states.BY_VALUE and not states.BY_VALUE[after["status"]].is_writable:
        raise ValidationError({"status": "You may import drafts alone; those who review may publish."})
    if after["published_at"] != before["published_at"]:
        raise ValidationError({"published_at": "Only those who review may date a publication."})


def _check_fields(candidate: Candidate) -> None:
    """Refuse what the model refuses, but for columns that could not be read, and taxa, which are looked up already."""
    question = candidate.question
    taken = [name for name in TAXA if getattr(question, name, None)]
    taken += [] if question.code else ["code"]  # It could not be given one, for a reason that is told.
    errors: dict[str, Any] = {}
    steps = (
        partial(question.clean_fields, {*candidate.reasons, *taken, *HTML_FIELDS}),
        question.clean_code,
        question.clean_answer,
        question.clean_title,
        partial(_render, candidate),
    )
    for step in steps:
        try:
            step()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
    question.date_publication()


def _render(candidate: Candidate) -> None:
    texts = [getattr(candidate.question, name) for name in MARKDOWN_FIELDS]
    try:
        html = render((*texts, *(line.answer for line in candidate.follow_ups)))
    except MarkdownError as error:
        column = [*MARKDOWN_FIELDS, "follow_ups"][min(error.position, len(MARKDOWN_FIELDS))]
        raise ValidationError({column: error.sentence}) from None
    candidate.question.set_html(html[: len(MARKDOWN_FIELDS)])
    candidate.answers_html = html[len(MARKDOWN_FIELDS) :]


def _check_readiness(candidate: Candidate, user: Any) -> None:
    """Refuse to publish, in somebody's name, what they could not publish on its page."""
    question = candidate.question
    is_published_now = question.is_public and candidate.before.get("status") not in states.PUBLIC
    if user and is_published_now and (missing := readiness.would_lack(question, len(candidate.follow_ups))):
        raise ValidationError({"status": " ".join(["It cannot be published yet.", *missing])})
