"""A learner's mock interviews in the file that they keep and bring back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from questions.models import Learner, Mock, MockAnswer, Question
from questions.practice.criteria import CRITERIA, SCORES
from questions.practice.file_values import (
    NO_ARCHIVE,
    Unreadable,
    list_of,
    mistakes_of,
    moment_of,
    number_of,
    text_of,
)
from questions.practice.kits import LONGEST as LONGEST_SHARE
from questions.practice.kits import MOST_QUESTIONS
from questions.practice.mock_forms import LONGEST, LONGEST_NOTES
from questions.practice.mocks import MOST_CHOICE, MOST_MOCKS

MOMENTS = ("asked_at", "shown_at", "scored_at")


class MockForm(forms.Form):
    """A mock interview, as a file has it."""

    post = forms.UUIDField()
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST)


class AnswerForm(forms.Form):
    """One of its answers."""

    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_SHARE)


def mocks_of(learner: Learner) -> list[dict[str, Any]]:
    """All of them, the first one first."""
    return [
        {
            "post": mock.post,
            "minutes": mock.minutes,
            "choice": mock.choice,
            "begun_at": mock.begun_at.isoformat(),
            "answers": [_entry(answer) for answer in mock.answers.all()],
        }
        for mock in learner.mocks.prefetch_related("answers__question").order_by("pk")
    ]


def _entry(answer: MockAnswer) -> dict[str, Any]:
    moments = {name: at and at.isoformat() for name in MOMENTS for at in [getattr(answer, name)]}
    rest = {name: getattr(answer, name) for name in ("minutes", "notes", "scores", "mistakes")}
    return {"code": answer.question.code} | moments | rest


def read_mocks(entries: Iterable[object]) -> list[tuple[Mock, list[MockAnswer]]]:
    """The interviews of a file with their answers, but for questions that are not there any more; raises Unreadable."""
    found = [_read(entry) for entry in entries]
    codes = {code for _, answers in found for code, _ in answers}
    pks = dict(Question.objects.filter(code__in=codes).values_list("code", "pk"))
    return [(mock, list(_numbered(answers, pks))) for mock, answers in found]


def _numbered(answers: list[tuple[str, MockAnswer]], pks: Mapping[str, int]) -> Iterable[MockAnswer]:
    for position, (code, answer) in enumerate((it for it in answers if it[0] in pks), start=1):
        answer.position, answer.question_id = position, pks[code]
        yield answer


def _read(entry: object) -> tuple[Mock, list[tuple[str, MockAnswer]]]:
    form = MockForm(entry if isinstance(entry, dict) else {})
    if not isinstance(entry, dict) or not form.is_valid():
        raise Unreadable(NO_ARCHIVE)
    choice = text_of(entry.get("choice", ""))[:MOST_CHOICE]
    answers = [_read_answer(it) for it in list_of(entry.get("answers"))[:MOST_QUESTIONS]]
    return Mock(choice=choice, begun_at=moment_of(entry.get("begun_at")), **form.cleaned_data), answers


def _read_answer(entry: object) -> tuple[str, MockAnswer]:
    form = AnswerForm(entry if isinstance(entry, dict) else {})
    if not isinstance(entry, dict) or not form.is_valid():
        raise Unreadable(NO_ARCHIVE)
    answer = MockAnswer(
        notes=text_of(entry.get("notes", ""))[:LONGEST_NOTES],
        scores=_scores(entry.get("scores")),
        mistakes=mistakes_of(entry.get("mistakes")),
        **form.cleaned_data,
    )
    answer.asked_at, answer.shown_at, scored_at = (entry.get(it) and moment_of(entry[it]) for it in MOMENTS)
    answer.scored_at = scored_at if answer.scores else None
    return text_of(entry.get("code")), answer


def _scores(value: object) -> dict[str, int]:
    """All four scores; none of an answer that was not scored."""
    found = value if isinstance(value, dict) else {}
    scores = {it.key: number_of(found.get(it.key)) for it in CRITERIA}
    return scores if all(score in SCORES for score in scores.values()) else {}


def add_mocks(learner: Learner, found: list[tuple[Mock, list[MockAnswer]]]) -> int:
    """Add those that are not there yet, as many as may be, and return how many that were."""
    known = set(learner.mocks.values_list("post", flat=True))
    before = len(known)
    for mock, answers in found:
        if answers and mock.post not in known and len(known) < MOST_MOCKS:
            known.add(mock.post)
            mock.learner = learner
            mock.save()
            _ask_next(answers)
            for answer in answers:
                answer.mock = mock
            MockAnswer.objects.bulk_create(answers)
    return len(known) - before


def _ask_next(answers: list[MockAnswer]) -> None:
    """Start the clock of the first answer that is to come, where what was asked before it is not there any more."""
    if answer := next((it for it in answers if not it.scored_at), None):
        answer.asked_at = answer.asked_at or timezone.now()
