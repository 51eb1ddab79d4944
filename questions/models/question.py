"""A question, its Markdown sections and what they are rendered to."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from questions import codes, states
from questions.models.revision import Revisions
from questions.models.taxonomy import Category, Level, Technology
from questions.querysets import QuestionQuerySet
from questions.sections import HAS_SHORT_SECTION, HTML_FIELDS, MARKDOWN_FIELDS, SECTIONS, Section
from questions.states import State
from questions.text import titles
from questions.text.formulas import FormulaError
from questions.text.markdown import MarkdownError, render
from questions.text.notices import notices

DERIVED_FIELDS = (*HTML_FIELDS, "has_code")  # what `set_html` sets, on every way in

ANY_CODE = "AAA-AAA-000"


@lru_cache(maxsize=8)
def _any_address(script_prefix: str) -> str:
    """The address of a question below a prefix: to reverse one for each link would take a seventh of a list's time."""
    return reverse("question", args=[ANY_CODE])


def as_read(value: Any) -> Any:
    """A value without what readers do not see: browsers send line ends of their own, and forms strip."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


class Question(models.Model):
    code = models.CharField(
        max_length=codes.LONGEST,
        unique=True,
        validators=[RegexValidator(rf"\A{codes.PATTERN}\Z", "A code looks like PY-ADV-004.")],
        help_text="Permanent, such as PY-ADV-004: the technology's prefix, usually the level's part, a number.",
    )
    title = models.CharField(
        max_length=200,
        help_text="The question as an interviewer asks it; `code` and $formulas$ are shown as such.",
    )
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="questions")
    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    level = models.ForeignKey(Level, models.PROTECT, related_name="questions")
    difficulty = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(10)], help_text="From 1 (easy) to 10 (hard)."
    )

    answer = models.TextField(
        blank=True,  # of a draft
        help_text="What to say in the first 30 seconds, complete on its own. Markdown.",
    )
    explanation = models.TextField("deep explanation", blank=True)
    example = models.TextField("real-world example", blank=True)
    mistakes = models.TextField("common mistakes", blank=True)
    scenario = models.TextField("production scenario", blank=True)
    also_asked = models.TextField(
        blank=True,
        help_text="Other ways in which people put this question, as a Markdown list; search finds it by these, too.",
    )
    references = models.TextField(blank=True, help_text="Primary sources as a Markdown list: - [Title](https://…)")
    verified_for = models.CharField(
        max_length=40,
        blank=True,
        help_text="What it holds for, such as “Python 3.11–3.14” or “2026-11”.",
    )
    review_by = models.DateField(
        null=True, blank=True, help_text="The last day on which readers are told that it is up to date; none: no end."
    )

    # Rendered when a question is saved, so that nothing parses Markdown while a reader waits.
    answer_html = models.TextField(blank=True, editable=False)
    explanation_html = models.TextField(blank=True, editable=False)
    example_html = models.TextField(blank=True, editable=False)
    mistakes_html = models.TextField(blank=True, editable=False)
    scenario_html = models.TextField(blank=True, editable=False)
    also_asked_html = models.TextField(blank=True, editable=False)
    references_html = models.TextField(blank=True, editable=False)

    has_code = models.BooleanField(default=False, editable=False)  # Whether a section shows a block of code.

    status = models.CharField(max_length=20, choices=states.CHOICES, default=states.FIRST)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = QuestionQuerySet.as_manager()
    history = Revisions(excluded_fields=[*DERIVED_FIELDS, "updated_at"])  # Rendered again when a revision is restored.

    class Meta:
        ordering: ClassVar = ["level__position", "difficulty", "code"]
        permissions: ClassVar = [
            ("submit_question", "Can submit questions for review"),
            ("review_question", "Can publish, archive and send back questions"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="question_difficulty_from_1_to_10",
                condition=models.Q(difficulty__range=(1, 10)),
                violation_error_message="The difficulty is a number from 1 to 10.",
            ),
            models.CheckConstraint(
                name="question_published_has_date",
                condition=~states.status_in(states.PUBLIC) | models.Q(published_at__isnull=False),
                violation_error_message="A published question has a date of publication.",
            ),
        ]
        indexes: ClassVar = [
            # Counts for filters, and related questions, which are those of one cell by code.
            models.Index(
                fields=["status", "technology", "category", "level", "difficulty", "has_code", "code"],
                name="question_cells",
            ),
            # The list by level, or by difficulty: a bucket of both by code; other filters are tested on the index.
            models.Index(
                fields=["status", "level", "difficulty", "code", "technology", "category", "has_code"],
                name="question_buckets",
            ),
            # The same for one technology.
            models.Index(
                fields=["status", "technology", "level", "difficulty", "code", "category", "has_code"],
                name="question_technology",
            ),
            # The list by code.
            models.Index(
                fields=["status", "code", "technology", "category", "level", "difficulty", "has_code"],
                name="question_codes",
            ),
            # The list with the newest first, and the newest on the front page.
            models.Index(
                fields=["status", "-published_at", "code", "technology", "category", "level", "difficulty", "has_code"],
                name="question_newest",
            ),
            # What has to be reviewed, longest due first.
            models.Index(
                fields=["status", "review_by", "code"],
                name="question_review_by",
                condition=models.Q(review_by__isnull=False),
            ),
            # What has a section that is missing or short, longest untouched first, without reading all texts.
            models.Index(fields=["status", "updated_at", "code"], name="question_short", condition=HAS_SHORT_SECTION),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.plain_title}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "questions.technology",
        "questions.category",
        "questions.level",
    ]

    def get_absolute_url(self) -> str:
        return _any_address(get_script_prefix()).replace(ANY_CODE, self.code)

    def clean(self) -> None:
        """Refuse a code that does not fit its technology, no answer, and Markdown that cannot be rendered."""
        self.clean_code()
        self.clean_answer()
        self.clean_title()
        try:
            self.render()
        except MarkdownError as error:
            raise ValidationError({MARKDOWN_FIELDS[error.position]: error.sentence}) from None
        self.date_publication()

    def clean_code(self) -> None:
        """Refuse a code that does not fit its technology."""
        technology = getattr(self, "technology", None)
        if technology and self.code and not self.code.startswith(f"{technology.code_prefix}-"):
            sentence = f"{self.code} does not begin with {technology.code_prefix}-, as the codes of {technology} do."
            raise ValidationError({"code": sentence})

    def clean_answer(self) -> None:
        """Refuse to leave readers without an answer."""
        if self.is_public and not self.answer.strip():
            raise ValidationError({"answer": "Only a draft may be without an answer."})

    def clean_title(self) -> None:
        """Refuse a title with a formula that cannot be read."""
        try:
            titles.check(self.title)
        except FormulaError as error:
            raise ValidationError({"title": str(error)}) from None

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            update_fields = {*update_fields, *DERIVED_FIELDS, "updated_at", "published_at"}
        self.date_change(update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def date_change(self, update_fields: Collection[str] | None = None) -> None:
        """Remember that the question changes now, unless all that is saved is stored already."""
        written = [
            field
            for field in self._meta.concrete_fields
            if field.editable and not field.primary_key and field.attname not in self.get_deferred_fields()
            if update_fields is None or not {field.name, field.attname}.isdisjoint(update_fields)
        ]
        names = [field.attname for field in written]
        stored = Question.objects.filter(pk=self.pk).order_by().values("updated_at", *names).first()
        typed = {field.attname: as_read(field.to_python(getattr(self, field.attname))) for field in written}
        is_same = stored is not None and all(as_read(stored[name]) == value for name, value in typed.items())
        self.updated_at = stored["updated_at"] if stored and is_same else timezone.now()

    def touch(self) -> None:
        """Remember that what belongs to the question, such as its follow-ups, has changed now."""
        self.updated_at = timezone.now()
        Question.objects.filter(pk=self.pk).update(updated_at=self.updated_at)

    def render(self) -> None:
        """Set the HTML of every Markdown field; raises MarkdownError for text that cannot be rendered."""
        self.set_html(render(tuple(getattr(self, field) for field in MARKDOWN_FIELDS)))

    def notices(self) -> dict[str, tuple[str, ...]]:
        """What readers see otherwise than it was written: sentences, by the names of the fields that have any."""
        labels = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return {labels[name]: found for name in MARKDOWN_FIELDS if (found := notices(getattr(self, name)))}

    def set_html(self, rendered: Iterable[str]) -> None:
        """Set what the Markdown fields have been rendered to, in their order, and what follows from it."""
        for field, html in zip(HTML_FIELDS, rendered, strict=True):
            setattr(self, field, html)
        self.has_code = any("<pre" in getattr(self, section.html_field) for section in SECTIONS)

    def date_publication(self) -> None:
        """Remember when the question was first published."""
        if self.is_public and self.published_at is None:
            self.published_at = timezone.now()

    @property
    def state(self) -> State:
        """What its status means."""
        return states.BY_VALUE[self.status]

    @property
    def plain_title(self) -> str:
        """The title where there is no HTML."""
        return titles.plain(self.title)

    @property
    def is_public(self) -> bool:
        """Whether readers may see it."""
        return self.status in states.PUBLIC

    @property
    def leads_on(self) -> bool:
        """Whether readers can go on from it: a follow-up has an answer, of its own or in another question."""
        return any(it.answer_html or it.public_answer not in (None, self) for it in self.follow_ups.all())

    @property
    def verification(self) -> str:
        """What readers are told, such as “Verified for Python 3.11–3.14 · next review by March 2027.”, or nothing."""
        parts = [f"verified for {self.verified_for}"] if self.verified_for else []
        if self.review_by:
            is_due = self.review_by < timezone.localdate()
            parts.append("review due" if is_due else f"next review by {self.review_by:%B %Y}")
        sentence = " · ".join(parts)
        return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""

    def filled_sections(self) -> Iterator[tuple[Section, str]]:
        """The sections that have text, each with its HTML."""
        for section in SECTIONS:
            if html := getattr(self, section.html_field):
                yield section, html


@receiver(pre_save, sender=Question)
def complete_before_save(sender: type[Question], instance: Question, **kwargs: Any) -> None:
    """Render on every way in: loaddata calls neither `save` nor `clean`, but it does send this signal."""
    instance.render()
    instance.date_publication()
