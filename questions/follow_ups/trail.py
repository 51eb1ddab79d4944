"""The way that a reader has come through follow-ups: the codes in `?trail=PY-BEG-001,PY-BEG-008`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from re import fullmatch
from typing import Self
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.text import Truncator

from questions.codes import CodeConverter
from questions.models import FollowUp, Question
from questions.querysets import QuestionQuerySet

MOST_CODES = 20


class TrailForm(forms.Form):
    """Takes any text; what it holds beside codes is for `Trail` to name."""

    trail = forms.Field(required=False)

    def clean_trail(self) -> list[str]:
        """The parts of the trail, each once, codes in capitals."""
        parts = [part.strip() for part in (self.cleaned_data["trail"] or "").split(",")]
        return list(dict.fromkeys(part.upper() if is_code(part) else part for part in parts if part))


@dataclass(frozen=True)
class Trail:
    """The questions that led to one, and the ways on from it."""

    steps: list[Question]
    question: Question
    notices: list[str]

    @classmethod
    def to(cls, question: Question, asked: Sequence[str], published: QuestionQuerySet) -> Self:
        """What the codes asked for say of the way to a question; those of no published question are skipped."""
        before = list(asked[: asked.index(question.code)] if question.code in asked else asked)
        kept = before[-MOST_CODES:]
        # Only what has the form of a code reaches the database: PostgreSQL refuses a null character.
        readable = [code for code in kept if is_code(code)]
        found = {step.code: step for step in published.titles().filter(code__in=readable)}
        unknown = [code for code in kept if code not in found]
        steps = [found[code] for code in kept if code in found]
        return cls(steps, question, list(_notices(unknown, len(before))))

    @property
    def depth(self) -> int:
        """How many questions deep it is."""
        return len(self.steps)

    @cached_property
    def codes(self) -> list[str]:
        return [step.code for step in self.steps]

    def links(self) -> list[tuple[Question, str]]:
        """Each step with the address that leads back to it."""
        return [(step, drill_url(step.code, self.codes[:depth])) for depth, step in enumerate(self.steps)]

    @cached_property
    def asked_already(self) -> list[Question]:
        """The steps that the question's follow-ups would lead back to."""
        answers = {follow_up.public_answer for follow_up in self.question.follow_ups.all()}
        return [step for step in self.steps if step in answers]

    @cached_property
    def ways_on(self) -> list[tuple[FollowUp, str]]:
        """The follow-ups to answer here, each with the address of a question not yet asked, or with nothing."""
        codes = [*self.codes, self.question.code]
        ways = [(follow_up, follow_up.public_answer) for follow_up in self.question.follow_ups.all()]
        urls = [
            (it, drill_url(answer.code, codes) if answer and answer.code not in codes else "") for it, answer in ways
        ]
        return [(follow_up, url) for follow_up, url in urls if url or follow_up.answer_html]

    @property
    def goes_on(self) -> bool:
        """Whether a follow-up leads to a question not yet asked."""
        return any(url for _, url in self.ways_on)


def _notices(unknown: Sequence[str], length: int) -> Iterator[str]:
    if unknown:
        names = ", ".join(f"“{Truncator(text.replace(chr(0), '�')).chars(40)}”" for text in unknown)
        yield f"The trail is shown without {names}: there is no such question."
    if length > MOST_CODES:
        yield f"A trail has at most {MOST_CODES} codes: the earlier ones are left out."


def is_code(text: str) -> bool:
    """Whether a text has the form of a code, in any letter case."""
    return fullmatch(CodeConverter.regex, text) is not None


def asked_trail(data: Mapping[str, str]) -> list[str]:
    """What a query string asks for as the trail: codes in capitals, and whatever else it says."""
    form = TrailForm(data)
    form.is_valid()
    return form.cleaned_data["trail"]


def drill_url(code: str, trail: Sequence[str] = ()) -> str:
    """The address that drills a question after those of the trail, the last 20 at most."""
    query = urlencode({"trail": ",".join(trail[-MOST_CODES:])}, safe=",") if trail else ""
    return reverse("drill", args=[code]) + (f"?{query}" if query else "")
