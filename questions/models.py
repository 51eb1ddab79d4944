"""The domain: questions, what they are sorted by, and the follow-ups that lead from one to another."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThan
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from questions.desk.history import Revisions
from questions.markdown import MarkdownError, render
from questions.querysets import FollowUpQuerySet, QuestionQuerySet, VoteQuerySet
from questions.sections import SECTIONS, Section

MARKDOWN_FIELDS = (*(section.field for section in SECTIONS), "references")
LONGEST_REASON = 500  # characters
HAS_SHORT_SECTION = reduce(or_, (models.Q(LessThan(Length(section.field), section.least)) for section in SECTIONS))
HTML_FIELDS = tuple(f"{field}_html" for field in MARKDOWN_FIELDS)


TaxonType = TypeVar("TaxonType", bound="Taxon")


class SlugManager(models.Manager[TaxonType]):
    def get_by_natural_key(self, slug: str) -> TaxonType:
        return self.get(slug=slug)


class Taxon(models.Model):
    """What questions are sorted by, in an order that editors decide."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="The name in addresses: lower case, with hyphens.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower positions come first.")

    objects: ClassVar[SlugManager[Self]] = SlugManager()

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Technology(Taxon):
    code_prefix = models.CharField(
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2,4}\Z", "A code prefix has 2 to 4 capital letters, such as PY.")],
        help_text="What the codes of its questions begin with, such as PY.",
    )

    class Meta(Taxon.Meta):
        verbose_name_plural = "technologies"


class Level(Taxon):
    code_part = models.CharField(
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", "A code part has 3 capital letters, such as ADV.")],
        help_text="The usual middle part of codes, such as ADV.",
    )


class Category(Taxon):
    class Meta(Taxon.Meta):
        verbose_name_plural = "categories"


class Question(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    code = models.CharField(
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2,4}-[A-Z]{3}-[0-9]{3}\Z", "A code looks like PY-ADV-004.")],
        help_text="Permanent, such as PY-ADV-004: the technology's prefix, usually the level's part, a number.",
    )
    title = models.CharField(max_length=110, help_text="The question as an interviewer asks it.")
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="questions")
    category = models.ForeignKey(Category, models.PROTECT, related_name="questions")
    level = models.ForeignKey(Level, models.PROTECT, related_name="questions")
    difficulty = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(10)], help_text="From 1 (easy) to 10 (hard)."
    )

    answer = models.TextField(help_text="What to say in the first 30 seconds, complete on its own. Markdown.")
    explanation = models.TextField("deep explanation", blank=True)
    example = models.TextField("real-world example", blank=True)
    mistakes = models.TextField("common mistakes", blank=True)
    scenario = models.TextField("production scenario", blank=True)
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
    references_html = models.TextField(blank=True, editable=False)

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = QuestionQuerySet.as_manager()
    history = Revisions(excluded_fields=[*HTML_FIELDS, "updated_at"])  # Rendered anew when a revision is restored.

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
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                violation_error_message="A published question has a date of publication.",
            ),
        ]
        indexes: ClassVar = [
            # Counts for filters, and related questions, which are those of one cell by code.
            models.Index(
                fields=["status", "technology", "category", "level", "difficulty", "code"], name="question_cells"
            ),
            # The list by level, or by difficulty: a bucket of both by code; other filters are tested on the index.
            models.Index(
                fields=["status", "level", "difficulty", "code", "technology", "category"], name="question_buckets"
            ),
            # The same for one technology.
            models.Index(
                fields=["status", "technology", "level", "difficulty", "code", "category"], name="question_technology"
            ),
            # The list by code.
            models.Index(
                fields=["status", "code", "technology", "category", "level", "difficulty"], name="question_codes"
            ),
            # The list with the newest first, and the newest on the front page.
            models.Index(
                fields=["status", "-published_at", "code", "technology", "category", "level", "difficulty"],
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
        return f"{self.code} {self.title}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "questions.technology",
        "questions.category",
        "questions.level",
    ]

    def get_absolute_url(self) -> str:
        return reverse("question", args=[self.code])

    def clean(self) -> None:
        """Refuse a code that does not fit its technology, and Markdown that cannot be rendered."""
        self.clean_code()
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

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.updated_at = timezone.now()
        if update_fields is not None:
            update_fields = {*update_fields, *HTML_FIELDS, "updated_at", "published_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def render(self) -> None:
        """Set the HTML of every Markdown field; raises MarkdownError for text that cannot be rendered."""
        self.set_html(render(tuple(getattr(self, field) for field in MARKDOWN_FIELDS)))

    def set_html(self, rendered: Iterable[str]) -> None:
        """Set what the Markdown fields have been rendered to, in their order."""
        for field, html in zip(HTML_FIELDS, rendered, strict=True):
            setattr(self, field, html)

    def date_publication(self) -> None:
        """Remember when the question was first published."""
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()

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


class ContentVersion(models.Model):
    """One row, whose number triggers replace with every change to what readers see; `questions.content` reads it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class FollowUp(models.Model):
    """What an interviewer asks next; another question may answer it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="follow_ups")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
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
            # Those that lead nowhere, counted a question.
            models.Index(fields=["question"], name="follow_up_unanswered", condition=models.Q(answered_by=None)),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, int]:
        return (self.question.code, self.position)

    natural_key.dependencies = ["questions.question"]  # type: ignore[attr-defined]


class Vote(models.Model):
    """Whether a question helped a reader, and why; it changes no page."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes", db_index=False)
    voter = models.CharField(max_length=64, editable=False)  # A digest, different for each question.
    helpful = models.BooleanField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    cast_at = models.DateTimeField(default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-cast_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "voter"], name="vote_once_a_browser"),
        ]
        indexes: ClassVar = [
            # The list of votes, newest first.
            models.Index(fields=["-cast_at"], name="vote_newest"),
            # The questions that most readers found not helpful.
            models.Index(fields=["question", "cast_at"], name="vote_against", condition=models.Q(helpful=False)),
        ]

    def __str__(self) -> str:
        return "Helpful" if self.helpful else "Not helpful"


class ExampleRun(models.Model):
    """What came of a question's programs when an operator last ran them; it changes no page."""

    question = models.OneToOneField(Question, models.CASCADE, primary_key=True, related_name="example_run")
    section = models.CharField(max_length=20, blank=True)  # Of the program that failed first.
    fault = models.CharField(max_length=300, blank=True)  # A sentence, or nothing.
    ran_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-ran_at"], name="example_run_failed", condition=~models.Q(fault="")),
        ]

    def __str__(self) -> str:
        return self.fault or "Runs"


# Part of the app's models; they stand with the code that uses them.
from questions.desk.models import WorkflowStep as WorkflowStep  # noqa: E402
from questions.search.models import MissedSearch as MissedSearch  # noqa: E402
from questions.search.models import SearchDocument as SearchDocument  # noqa: E402
from questions.search.models import Word as Word  # noqa: E402
