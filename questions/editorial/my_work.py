"""What waits for one editor: drafts to go on with, and questions to review."""

from typing import NamedTuple, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from questions.models import Question
from questions.revisions import Revision
from questions.states import REVIEW, STATES, UNPUBLISHED

SHOWN = 5  # of each; the lists show all
WRITABLE = [state.value for state in STATES if state.is_writable]
SUBMITTED = [value for value in UNPUBLISHED if value not in WRITABLE]


class Waiting(NamedTuple):
    """The first of the questions that wait, whether there are more, and the list of all."""

    questions: list[Question]
    has_more: bool
    url: str


class MyWork(NamedTuple):
    """What the desk begins with; nothing waits for a review by somebody who may not review."""

    drafts: Waiting
    reviews: Waiting | None

    @classmethod
    def of(cls, user: User) -> Self:
        drafts = written_by(user, Question.objects.filter(status__in=WRITABLE)).order_by("-updated_at")
        submitted = Question.objects.filter(status__in=SUBMITTED).order_by("updated_at")
        return cls(
            _waiting(drafts, status__in=",".join(WRITABLE), writer="me"),
            _waiting(submitted, status__in=",".join(SUBMITTED)) if user.has_perm(REVIEW) else None,
        )


def written_by(user: User | AnonymousUser, questions: QuerySet[Question]) -> QuerySet[Question]:
    """Those of the questions that somebody has written or changed."""
    return questions.filter(Exists(Revision.objects.filter(id=OuterRef("pk"), history_user=user)))


def _waiting(questions: QuerySet[Question], **chosen: str) -> Waiting:
    found = list(questions.only("code", "title", "updated_at").prefetch_related("workflow_steps")[: SHOWN + 1])
    url = f"{reverse('admin:questions_question_changelist')}?{urlencode(chosen)}"
    return Waiting(found[:SHOWN], len(found) > SHOWN, url)
