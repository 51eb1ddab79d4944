"""The queries that pages make, as methods that read as English."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from itertools import count
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from hub import image_storage
from questions import sections, states
from questions.encoding import Encoded
from questions.limits import ALTERNATIVE_TEXT, LAST_POSITION
from questions.text.images import SHOWN_IN_HTML, names_in_html, parts_of

if TYPE_CHECKING:
    from questions.models import FollowUp, Image, ImageUse, Question, Vote

NEWEST = 10
TAXA = ("technology", "category", "level")


def _model(name: str) -> Any:
    """A model of this app: the models are made with these querysets, so they are looked up when they are there."""
    return apps.get_model("questions", name)


class QuestionQuerySet(models.QuerySet["Question"]):
    def get_by_natural_key(self, code: str) -> "Question":
        return self.get(code=code)

    def public(self) -> Self:
        """What readers may see."""
        return self.filter(states.status_in(states.PUBLIC))

    def withdrawn(self) -> Self:
        """What readers could see once."""
        return self.filter(states.status_in(states.WITHDRAWN))

    def due_for_review(self) -> Self:
        """Published, and not reviewed by the date set, longest due first."""
        return self.public().filter(review_by__lt=timezone.localdate()).order_by("review_by", "code")

    def with_short_sections(self) -> Self:
        """Published, with a section that is missing or short, longest untouched first."""
        return self.public().filter(sections.HAS_SHORT_SECTION).order_by("updated_at", "code")

    def with_taxa(self) -> Self:
        """With technology, category and level, for the badges."""
        return self.select_related(*TAXA)

    def with_follow_ups(self, *texts: str) -> Self:
        """With follow-ups in order, each with the question that answers it, and with these texts of its own answer."""
        return self.prefetch_related(Prefetch("follow_ups", _model("FollowUp").objects.with_links(*texts)))

    def without_sources(self) -> Self:
        """Without the Markdown, which pages do not show."""
        return self.defer(*sections.MARKDOWN_FIELDS)

    def for_list(self) -> Self:
        """Everything a card shows."""
        return self.without_sources().with_taxa().with_follow_ups()

    def for_reading(self) -> Self:
        """Everything that readers can have of a question, answers to follow-ups among it."""
        return self.without_sources().with_taxa().with_follow_ups("answer_html")

    def titles(self) -> Self:
        """Just enough for a line that links to the question."""
        return self.only("code", "title", "difficulty", "published_at", *TAXA).with_taxa()

    def leading_on(self) -> Self:
        """Those with a follow-up that a published question answers, so that a chain leads on from them."""
        answered = _model("FollowUp").objects.filter(states.status_in(states.PUBLIC, "answered_by__status"))
        return self.filter(Exists(answered.filter(question=OuterRef("pk"))))

    def answering(self, questions: Collection["Question"]) -> Self:
        """Those that answer follow-ups of the questions."""
        return self.filter(pk__in=_model("FollowUp").objects.filter(question__in=questions).values("answered_by"))

    def asking(self, questions: Collection["Question"]) -> Self:
        """Those with follow-ups that the questions answer."""
        return self.filter(pk__in=_model("FollowUp").objects.filter(answered_by__in=questions).values("question"))

    def newest(self) -> Self:
        return self.order_by("-published_at", "code")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def get_by_natural_key(self, code: str, position: int) -> "FollowUp":
        return self.get(question__code=code, position=position)

    def move_away(self, pks: Collection[int]) -> None:
        """Give follow-ups of one question positions that no form may give, so that their own are free."""
        moved: list[Any] = list(self.filter(pk__in=pks))
        beyond = self.filter(question__in={follow_up.question_id for follow_up in moved}, position__gt=LAST_POSITION)
        taken = set(beyond.values_list("position", flat=True))
        free = (position for position in count(LAST_POSITION + 1) if position not in taken)
        for follow_up in moved:
            follow_up.position = next(free)
        self.bulk_update(moved, ["position"])

    def unanswered(self) -> Self:
        """Those that have neither an answer of their own nor a question that answers them."""
        return self.filter(answer="", answered_by=None)

    def with_links(self, *texts: str) -> Self:
        """In order, each with the question that answers it; of the own answer only these texts, `answer_html` say."""
        named = self.only(
            "question", "position", "text", *texts, "answered_by__code", "answered_by__title", "answered_by__status"
        )
        return named.select_related("answered_by").order_by("position")  # By default their questions are joined in.

    def with_codes(self) -> Self:
        """In order, each with its own answer and the code of the question that answers it, published or not."""
        return (
            self.order_by("position")
            .select_related("answered_by")
            .only("question", "position", "text", "answer", "answered_by__code")
        )

    def answered_elsewhere_by(self, question: "Question") -> Self:
        """Those of other questions that lead to this one."""
        return self.filter(answered_by=question).exclude(question=question).select_related("question")

    def between(self, questions: Collection["Question"]) -> dict[tuple[str, str], int]:
        """How many lead from one of the questions to another, by both codes."""
        found = self.filter(question__in=questions, answered_by__in=questions).exclude(question=F("answered_by"))
        ends = ("question__code", "answered_by__code")
        codes = found.values_list(*ends).annotate(n=Count("pk")).order_by(*ends)
        return {(source, target): n for source, target, n in codes}

    def across(self, groups: Mapping[int, int]) -> Counter[tuple[int, int]]:
        """How many lead from one group of questions to another, given the group of each question's id.

        Joined here: a database would look up two long rows for each follow-up.
        """
        ends = self.exclude(answered_by=None).order_by().values_list("question", "answered_by")
        pairs = ((groups.get(source), groups.get(target)) for source, target in ends)
        return Counter((one, other) for one, other in pairs if one and other and one != other)


class VoteQuerySet(models.QuerySet["Vote"]):
    def with_reason(self) -> Self:
        return self.exclude(reason="")

    def newest_reasons(self) -> "models.QuerySet[Vote]":
        """The last votes that say why."""
        return self.with_reason().order_by("-cast_at")[:NEWEST]

    def with_titles(self) -> Self:
        """Each with the code and title of its question."""
        return self.select_related("question").only("helpful", "reason", "cast_at", "question__code", "question__title")

    def tally(self) -> dict[str, int]:
        """How many found it helpful (`yes`) and how many did not (`no`)."""
        return self.aggregate(yes=Count("pk", Q(helpful=True)), no=Count("pk", Q(helpful=False)))


class ImageQuerySet(models.QuerySet["Image"]):
    def get_by_natural_key(self, digest: str) -> "Image":
        return self.get(digest=digest)

    def keep(self, encoded: Encoded, alternative_text: str, user: Any) -> "Image":
        """The image of this content, which is now kept; one that is there already stays as it is described."""
        image_storage.save(encoded.name, encoded.data)
        return self.record(encoded.name, alternative_text, user)

    def record(self, name: str, alternative_text: str, user: Any) -> "Image":
        """The same, where the file is kept already."""
        digest, width, height = parts_of(name)
        fields = {"file": name, "width": width, "height": height, "uploaded_by": user}
        return self.get_or_create(
            digest=digest, defaults=fields | {"alternative_text": alternative_text[:ALTERNATIVE_TEXT]}
        )[0]

    def names(self) -> set[str]:
        return set(self.order_by().values_list("file", flat=True))

    def with_number_of_questions(self) -> Self:
        """With how many questions show each, in the number's own attribute."""
        uses = _uses().current().order_by().values("name").annotate(n=Count("pk")).values("n")
        return self.annotate(number_of_questions=Coalesce(Subquery(uses), 0))

    def shown(self) -> Self:
        """Those that a question shows."""
        return self.filter(Exists(_uses().current()))

    def in_history_only(self) -> Self:
        """Those that no question shows any more, but a revision that can be restored."""
        return self.filter(~Exists(_uses().current()), Exists(_uses()))

    def unused(self) -> Self:
        """Those that neither a question shows nor a revision."""
        return self.filter(~Exists(_uses()))

    def used(self) -> Self:
        """Those that a question shows, or a revision."""
        return self.filter(Exists(_uses()))


def _uses() -> Any:
    return _model("ImageUse").objects.filter(name=OuterRef("file"))


class ImageUseQuerySet(models.QuerySet["ImageUse"]):
    def current(self) -> Self:
        """Those in questions as they are now."""
        return self.filter(is_current=True, question__code__isnull=False)

    def note(self, questions: Iterable[int]) -> None:
        """Remember what the stored questions with these ids show; what they have shown before is in their history."""
        pks = list(questions)
        wanted = {(pk, name) for pk, *texts in _html_with_images(pks) for name in names_in_html("".join(texts))}
        stored: dict[tuple[int, str], ImageUse] = {
            (use.question_id, use.name): use for use in self.filter(question__in=pks)
        }
        self.bulk_create(
            [self.model(question_id=pk, name=name) for pk, name in wanted - stored.keys()], ignore_conflicts=True
        )
        changed: list[Any] = [use for key, use in stored.items() if use.is_current != (key in wanted)]
        for use in changed:
            use.is_current = not use.is_current
        self.bulk_update(changed, ["is_current"])


def _html_with_images(pks: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The ids of questions with what they and their follow-ups are rendered to, where an image is in it."""
    has_image = reduce(or_, (Q((f"{field}__contains", SHOWN_IN_HTML)) for field in sections.HTML_FIELDS))
    questions = _model("Question").objects.filter(has_image, pk__in=pks).order_by()
    follow_ups = _model("FollowUp").objects.filter(question__in=pks, answer_html__contains=SHOWN_IN_HTML).order_by()
    yield from questions.values_list("pk", *sections.HTML_FIELDS)
    yield from follow_ups.values_list("question", "answer_html")
