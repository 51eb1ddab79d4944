"""The statuses that a question can have: who sees it in each, and which steps lead there.

Draft ── submit ──▶ In review ── publish ──▶ Published ── archive ──▶ Archived
  ◀── take back, send back ──┘                   ◀────── publish ────────┘
"""

from enum import Enum
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

SUBMIT, REVIEW = "questions.submit_question", "questions.review_question"


class Audience(Enum):
    """Who sees a question."""

    EDITORS = "editors"  # and whoever has a shared link
    READERS = "readers"  # everybody, at its address, in lists, search and exports
    FORMER_READERS = "former readers"  # they are told that it is gone, and what to read instead


class Step(NamedTuple):
    """A way into a status: its name, its button, what has happened after it, where it starts, and who may take it."""

    name: str
    label: str
    done: str
    sources: tuple[str, ...]
    permission: str
    needs_comment: bool = False

    @property
    def right(self) -> str:
        """What the permission allows to do, as the admin names it: `submit` or `review`."""
        return self.permission.removeprefix("questions.").removesuffix("_question")


class State(NamedTuple):
    """A status as it is stored, listed, and said in a sentence (“It is in review.”)."""

    value: str
    label: str
    phrase: str
    audience: Audience
    steps: tuple[Step, ...]
    is_writable: bool = False  # by those who write; what has been submitted belongs to those who review

    @property
    def is_public(self) -> bool:
        return self.audience is Audience.READERS


STATES = (
    State(
        "draft",
        "Draft",
        "a draft",
        Audience.EDITORS,
        (
            Step("take_back", "Take back", "Taken back", ("in_review",), SUBMIT),
            Step("send_back", "Send back", "Sent back", ("in_review",), REVIEW, needs_comment=True),
        ),
        is_writable=True,
    ),
    State(
        "in_review",
        "In review",
        "in review",
        Audience.EDITORS,
        (Step("submit", "Submit for review", "Submitted for review", ("draft",), SUBMIT),),
    ),
    State(
        "published",
        "Published",
        "published",
        Audience.READERS,
        (Step("publish", "Publish", "Published", ("in_review", "archived"), REVIEW),),
    ),
    State(
        "archived",
        "Archived",
        "archived",
        Audience.FORMER_READERS,
        (Step("archive", "Archive", "Archived", ("published",), REVIEW),),
    ),
)

BY_VALUE = {state.value: state for state in STATES}
CHOICES = [(state.value, state.label) for state in STATES]
FIRST = STATES[0].value  # of a question that is new
STEPS = {step.name: step for state in STATES for step in state.steps}
TARGETS = {step.name: state for state in STATES for step in state.steps}


def seen_by(audience: Audience) -> tuple[str, ...]:
    """The statuses in which this audience sees a question."""
    return tuple(state.value for state in STATES if state.audience is audience)


PUBLIC = seen_by(Audience.READERS)
WITHDRAWN = seen_by(Audience.FORMER_READERS)
UNPUBLISHED = seen_by(Audience.EDITORS)
NOT_PUBLIC = tuple(value for value in BY_VALUE if value not in PUBLIC)


def status_in(values: tuple[str, ...], field: str = "status") -> Q:
    """The condition that a status is one of these, in the form that conditions of indexes and constraints keep."""
    return reduce(or_, (Q(**{field: value}) for value in values))
