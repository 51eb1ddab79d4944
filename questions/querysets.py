"""The queries that pages make, as methods that read as English."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Prefetch, Q, Value, When
from django.db.models.functions import Abs

if TYPE_CHECKING:
    from questions.models import FollowUp, Question

TAXA = ("technology", "category", "level")


class QuestionQuerySet(models.QuerySet["Question"]):
    def get_by_natural_key(self, code: str) -> "Question":
        return self.get(code=code)

    def published(self) -> Self:
        """What readers may see."""
        return self.filter(status="published")

    def matching(self, text: str) -> Self:
        """Those whose code, title or answer has every word of the text."""
        found = self
        for word in text.split():
            found = found.filter(Q(code__icontains=word) | Q(title__icontains=word) | Q(answer__icontains=word))
        return found

    def with_taxa(self) -> Self:
        """With technology, category and level, for the badges."""
        return self.select_related(*TAXA)

    def with_follow_ups(self) -> Self:
        """With follow-ups in order, each with the published question that answers it."""
        from questions.models import FollowUp

        return self.prefetch_related(Prefetch("follow_ups", FollowUp.objects.with_answers()))

    def without_sources(self) -> Self:
        """Without the Markdown, which pages do not show."""
        from questions.models import MARKDOWN_FIELDS

        return self.defer(*MARKDOWN_FIELDS)

    def for_list(self) -> Self:
        """Everything a card shows."""
        return self.without_sources().with_taxa().with_follow_ups()

    def titles(self) -> Self:
        """Just enough for a line that links to the question."""
        return self.only("code", "title", "difficulty", "published_at", *TAXA).with_taxa()

    def newest(self) -> Self:
        return self.order_by("-published_at", "code")

    def after(self, question: "Question") -> Self:
        """Those that come later in the default order."""
        level = question.level.position
        return self.filter(
            Q(level__position__gt=level)
            | Q(level__position=level, difficulty__gt=question.difficulty)
            | Q(level__position=level, difficulty=question.difficulty, code__gt=question.code)
        )

    def before(self, question: "Question") -> Self:
        """Those that come earlier in the default order, nearest first."""
        level = question.level.position
        return self.filter(
            Q(level__position__lt=level)
            | Q(level__position=level, difficulty__lt=question.difficulty)
            | Q(level__position=level, difficulty=question.difficulty, code__lt=question.code)
        ).reverse()

    def related_to(self, question: "Question") -> Self:
        """The others of the same technology: same category first, then nearest in level and difficulty."""
        return (
            self.filter(technology=question.technology)
            .exclude(pk=question.pk)
            .order_by(
                Case(When(category=question.category, then=Value(0)), default=Value(1)),
                Abs(F("level__position") - question.level.position),
                Abs(F("difficulty") - question.difficulty),
                "code",
            )
        )


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def get_by_natural_key(self, code: str, position: int) -> "FollowUp":
        return self.get(question__code=code, position=position)

    def with_answers(self) -> Self:
        return self.select_related("answered_by").only(
            "question", "position", "text", "answered_by__code", "answered_by__title", "answered_by__status"
        )
