"""What a question must have before it can be published.

Each requirement is a condition that the database tests, so that one question and the whole bank are judged alike.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from questions.models import FollowUp, Question
from questions.querysets import QuestionQuerySet
from questions.sections import HTML_FIELDS, REQUIRED

FOLLOW_UPS = 3


class Requirement(NamedTuple):
    """A name, the field that it is about, when a question lacks it, and the sentence that says so."""

    name: str
    field: str
    lacking: Q
    sentence: str

    @property
    def annotation(self) -> str:
        """The attribute of an annotated question that says whether it lacks this."""
        return f"lacks_{self.name}"


# Judged by what readers get: Markdown of which nothing is shown, such as a lone comment, is no text.
REQUIREMENTS = (
    *(
        Requirement(
            section.field, section.field, Q(**{section.html_field: ""}), f"The section “{section.title}” has no text."
        )
        for section in REQUIRED
    ),
    Requirement(
        "follow_ups",
        "follow_ups",
        Q(number_of_follow_ups__lt=FOLLOW_UPS),
        f"It has fewer than {FOLLOW_UPS} follow-up questions.",
    ),
    Requirement("references", "references", Q(references_html=""), "It names no references."),
)


def requirements() -> tuple[Requirement, ...]:
    """What the operator has decided that a question must have: all of it, or an answer alone."""
    if settings.PUBLISH_NEEDS == "answer":
        return tuple(it for it in REQUIREMENTS if it.name == "answer")
    return REQUIREMENTS


def fields() -> set[str]:
    """The fields that a question must have something in."""
    return {it.field for it in requirements()}


def with_lacks(questions: QuestionQuerySet) -> QuestionQuerySet:
    """The questions, each with a truth value for each requirement, such as `lacks_references`."""
    follow_ups = FollowUp.objects.filter(question=OuterRef("pk")).order_by().values("question")
    number = Coalesce(Subquery(follow_ups.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())
    lacks = {
        requirement.annotation: ExpressionWrapper(requirement.lacking, BooleanField()) for requirement in requirements()
    }
    return questions.alias(number_of_follow_ups=number).annotate(**lacks)


def ready(questions: QuestionQuerySet) -> QuestionQuerySet:
    """Those that could be published: they lack nothing."""
    return with_lacks(questions).filter(**{requirement.annotation: False for requirement in requirements()})


def missing(question: Question) -> list[str]:
    """What the question lacks as it is saved, in sentences."""
    annotations = [requirement.annotation for requirement in requirements()]
    lacks = with_lacks(Question.objects.filter(pk=question.pk)).values(*annotations).get()
    return list(sentences(lacks))


def would_lack(question: Question, follow_ups: int) -> list[str]:
    """What a rendered question that is not saved yet lacks with so many follow-ups, in sentences."""
    values = {name: getattr(question, name) for name in HTML_FIELDS} | {"number_of_follow_ups": follow_ups}
    return [requirement.sentence for requirement in requirements() if requirement.lacking.check(values)]


def sentences(lacks: dict[str, Any]) -> Iterator[str]:
    """The sentences for what `values()` of annotated questions say."""
    return (requirement.sentence for requirement in requirements() if lacks[requirement.annotation])
