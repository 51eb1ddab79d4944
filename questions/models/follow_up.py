"""What an interviewer asks next."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver

from questions.limits import FOLLOW_UP_ANSWER, LAST_POSITION
from questions.models.question import Question
from questions.querysets import FollowUpQuerySet
from questions.text.markdown import MarkdownError, render


class FollowUp(models.Model):
    """What an interviewer asks next: it may have a short answer of its own, and another question may answer it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="follow_ups")
    position = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LAST_POSITION)])
    text = models.CharField(max_length=300)
    answer = models.TextField(
        blank=True,
        max_length=FOLLOW_UP_ANSWER,
        validators=[MaxLengthValidator(FOLLOW_UP_ANSWER)],
        help_text="What to say in half a minute. Markdown.",
    )
    answer_html = models.TextField(blank=True, editable=False)  # Rendered on save.
    answered_by = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="answered_follow_ups"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "follow-up question"
        ordering: ClassVar = ["question", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "position"], name="follow_up_position_once_a_question"),
        ]
        indexes: ClassVar = [
            # Those without an answer of either kind, counted a question.
            models.Index(
                fields=["question"], name="follow_up_unanswered", condition=models.Q(answer="", answered_by=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def public_answer(self) -> Question | None:
        """The question that answers it, if readers may see that."""
        return self.answered_by if self.answered_by and self.answered_by.is_public else None

    @property
    def opens(self) -> bool:
        """Whether readers can have an answer to it."""
        return bool(self.answer_html or self.public_answer)

    def clean(self) -> None:
        """Refuse Markdown that cannot be rendered."""
        try:
            self.render()
        except MarkdownError as error:
            raise ValidationError({"answer": error.sentence}) from None

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None and "answer" in update_fields:
            update_fields = {*update_fields, "answer_html"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def render(self) -> None:
        """Set the HTML of the answer; raises MarkdownError for text that cannot be rendered."""
        self.answer_html = render((self.answer,))[0] if self.answer.strip() else ""

    def natural_key(self) -> tuple[str, int]:
        return (self.question.code, self.position)

    natural_key.dependencies = ["questions.question"]  # type: ignore[attr-defined]


@receiver(pre_save, sender=FollowUp)
def render_before_save(sender: type[FollowUp], instance: FollowUp, **kwargs: Any) -> None:
    """Render on every way in, loaddata among them, unless the answer is not what is saved."""
    if "answer" not in instance.get_deferred_fields():
        instance.render()
