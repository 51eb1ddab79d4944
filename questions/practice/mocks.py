"""What happens in a mock interview: it is drawn, asked, shown and scored, a form at a time, and then told about.

Each step locks the interview and is taken only where the interview stands, so that a form that is sent twice, or from
another tab, changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from questions.finding.taxa import subjects
from questions.models import Card, Learner, Mock, MockAnswer, Question
from questions.practice import log
from questions.practice.criteria import CRITERIA
from questions.practice.drawing import candidates, draw
from questions.practice.kits import Item, Kit
from questions.practice.log import Entry
from questions.practice.mistakes import mistakes_in
from questions.practice.scope import filter_of

MOST_MOCKS = 100  # of a learner
WEAK = 3  # an average below it is to be revised
MOST_CHOICE = 1000  # characters
TOO_MANY = f"You have {MOST_MOCKS} mock interviews, which is as many as there can be."


class Asked(NamedTuple):
    """What an interview is to be: filters as a query string, minutes, a seed, or the questions themselves."""

    choice: str
    minutes: int
    seed: str
    items: Sequence[Item]


@transaction.atomic
def begin(learner: Learner, post: UUID, asked: Asked) -> Mock | None:
    """Draw the questions and ask the first; None where none fits. A form that comes twice begins once.

    With a seed the same choice draws the same for everybody, without one what the learner knows least comes first.
    Raises log.Refused.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    if known := learner.mocks.filter(post=post).first():
        return known
    if learner.mocks.count() >= MOST_MOCKS:
        raise log.Refused(TOO_MANY)
    items = asked.items or _draw(learner, post, asked)
    public = Question.objects.public().filter(code__in=[it.code for it in items])
    pks = dict(public.values_list("code", "pk"))
    items = [it for it in items if it.code in pks]
    if not items:
        return None
    now, choice = timezone.now(), asked.choice[:MOST_CHOICE]
    mock = Mock.objects.create(learner=learner, post=post, minutes=asked.minutes, choice=choice, begun_at=now)
    answers = [
        MockAnswer(mock=mock, position=n, question_id=pks[it.code], minutes=it.minutes)
        for n, it in enumerate(items, start=1)
    ]
    answers[0].asked_at = now
    MockAnswer.objects.bulk_create(answers)
    return mock


def _draw(learner: Learner, post: UUID, asked: Asked) -> Sequence[Item]:
    found = candidates(filter_of(asked.choice).qs)
    if asked.seed:
        return draw(found, asked.minutes, seed=asked.seed)
    return draw(found, asked.minutes, seed=post.hex, first=_knowledge(learner))


def _knowledge(learner: Learner) -> Callable[[str], int]:
    """How well a question is known: 0 for what was missed, 1 for what is new, 2 for what was recalled."""
    rated = Card.objects.filter(learner=learner, rating__isnull=False).values_list("question__code", "rating")
    known = {code: 0 if rating == 1 else 2 for code, rating in rated}
    return lambda code: known.get(code, 1)


@transaction.atomic
def show(mock: Mock, position: int, notes: str) -> None:
    """Keep the notes, and show the answer."""
    answer = _standing(mock)
    if answer and answer.position == position and not answer.shown_at:
        answer.notes, answer.shown_at = notes, timezone.now()
        answer.save(update_fields=["notes", "shown_at"])


@transaction.atomic
def score(mock: Mock, position: int, scores: Mapping[str, int], mistakes: list[str]) -> None:
    """Keep the scores, and ask the next question."""
    answer = _standing(mock)
    if answer and answer.position == position and answer.shown_at:
        answer.scores, answer.scored_at = dict(scores), timezone.now()
        answer.mistakes = [words for words in mistakes_in(answer.question.mistakes_html) if words in mistakes]
        answer.save(update_fields=["scores", "mistakes", "scored_at"])
        mock.answers.filter(position=position + 1).update(asked_at=timezone.now())


def _standing(mock: Mock) -> MockAnswer | None:
    """Where the interview stands, which is nobody else's to change meanwhile."""
    Mock.objects.select_for_update().get(pk=mock.pk)
    return mock.answers.filter(scored_at=None).first()


class Line(NamedTuple):
    """A criterion or a subject with its average, and the average of earlier interviews, if there are any."""

    name: str
    average: float
    earlier: float | None


class Report:
    """What a mock interview that has ended says."""

    def __init__(self, mock: Mock) -> None:
        self.mock = mock
        self.answers = list(mock.answers.select_related("question__technology", "question__category"))

    @cached_property
    def earlier(self) -> list[MockAnswer]:
        """The answers of the learner's interviews before."""
        before = MockAnswer.objects.filter(mock__learner=self.mock.learner_id, mock__lt=self.mock.pk)
        return list(before.filter(scored_at__isnull=False).select_related("question__technology", "question__category"))

    @property
    def repeat_url(self) -> str:
        """The address of the same questions, for another time or another person."""
        items = tuple(Item(it.question.code, it.minutes) for it in self.answers)
        return Kit(items=items).url("mock")

    @property
    def average(self) -> float:
        """The average of all answers."""
        return sum(it.average for it in self.answers) / len(self.answers)

    @property
    def weak(self) -> list[MockAnswer]:
        """What is to be revised."""
        return [it for it in self.answers if it.average < WEAK]

    def tables(self) -> list[tuple[str, list[Line]]]:
        """By criterion and by subject, what is weakest first."""
        return [("By criterion", self.by_criterion()), ("By subject", self.by_subject())]

    def by_criterion(self) -> list[Line]:
        return [Line(it.name, _average(self.answers, it.key) or 0, _average(self.earlier, it.key)) for it in CRITERIA]

    def by_subject(self) -> list[Line]:
        now, before = _by_subject(self.answers), _by_subject(self.earlier)
        return [Line(name, now[name], before.get(name)) for name in sorted(now, key=lambda it: (now[it], it))]

    def revise(self, post: UUID) -> None:
        """Rate what was weak as it was scored, so that it comes again soon; raises log.Refused."""
        entries = [
            Entry(it.question, rating=min(it.scores["correct"], 2), mistakes=it.mistakes)
            for it in self.weak
            if it.scores and it.question.is_public
        ]
        if entries:
            log.add(self.mock.learner, post, entries)


def _average(answers: list[MockAnswer], key: str) -> float | None:
    scores = [it.scores[key] for it in answers if key in it.scores]
    return sum(scores) / len(scores) if scores else None


def _by_subject(answers: list[MockAnswer]) -> dict[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        found[" · ".join(subjects(answer.question))].append(answer.average)
    return {name: sum(values) / len(values) for name, values in found.items()}
