"""What needs an editor's work, and why, the most pressing first.

Each kind brings its worst cases, found on an index of its own; a question's weight is the sum of its reasons.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from questions.editorial.wanted import wanted
from questions.models import ExampleRun, FollowUp, Question, Vote
from questions.sections import REQUIRED
from questions.version import once_a_version

MAX_CASES = 50  # cases of a kind
SHOWN = 20  # needs in all

# What a reason weighs. What is wrong comes before what is old, and that before what is missing.
FAILS = 60
AGAINST, MOST_AGAINST = 12, 5  # a vote; further votes weigh nothing
OVERDUE, A_WEEK, MOST_WEEKS = 20, 2, 20
MISSING, SHORT = 15, 8  # a section
UNANSWERED = 2  # a follow-up
SEARCHED, MOST_SEARCHED = 3, 20  # a search


class Reason(NamedTuple):
    """Why something needs work, how much that weighs, and where to do it."""

    weight: int
    sentence: str
    url: str


class Need(NamedTuple):
    """A question, or a question to be, and the reasons why it needs work."""

    title: str
    reasons: list[Reason]

    @property
    def weight(self) -> int:
        return sum(reason.weight for reason in self.reasons)


Found = Iterable[tuple[int, Reason]]  # each with the id of its question


def needs() -> list[Need]:
    """The most pressing."""
    everything = [*_of_questions(), *_vain_searches()]
    return sorted(everything, key=lambda need: (-need.weight, need.title))[:SHOWN]


def field_url(pk: int, element: str) -> str:
    """Where a question is changed, at the element with this id."""
    return f"{reverse('admin:questions_question_change', args=[pk])}#{element}"


def _of_questions() -> Iterator[Need]:
    reasons = defaultdict(list)
    for pk, reason in (*_failing_examples(), *_votes_against(), *of_content()):
        reasons[pk].append(reason)
    questions = Question.objects.public().only("code", "title").in_bulk(list(reasons))
    for pk, question in questions.items():
        yield Need(str(question), sorted(reasons[pk], reverse=True))


def _failing_examples() -> Found:
    for run in ExampleRun.objects.exclude(fault="").order_by("-ran_at")[:MAX_CASES]:
        yield (
            run.question_id,
            Reason(FAILS, f"A program fails. {run.fault}", field_url(run.question_id, f"id_{run.section}")),
        )


def _votes_against() -> Found:
    """Of the time since the question was last changed: what was said before may be mended."""
    votes = Vote.objects.filter(helpful=False, cast_at__gt=F("question__updated_at")).order_by()
    worst = votes.values_list("question").annotate(n=Count("pk")).order_by("-n", "question")[:MAX_CASES]
    for pk, n in worst:
        readers = "1 reader" if n == 1 else f"{n} readers"
        sentence = f"{readers} found it not helpful since it was last changed."
        yield pk, Reason(AGAINST * min(n, MOST_AGAINST), sentence, field_url(pk, "votes"))


def _vain_searches() -> Iterator[Need]:
    for search in wanted(MAX_CASES):
        url = f"{reverse('admin:questions_question_add')}?{urlencode({'title': search.text})}#id_title"
        weight = SEARCHED * min(search.times, MOST_SEARCHED)
        sentence = f"Searched {search.times} times, and nothing was found."
        yield Need(f"“{search.text}”", [Reason(weight, sentence, url)])


@once_a_version
def of_content() -> list[tuple[int, Reason]]:
    """The reasons that the content itself gives; they stay until it changes, or the day does."""
    return [*_overdue(), *_thin_sections(), *_unanswered()]


def _overdue() -> Found:
    today = timezone.localdate()
    for pk, day in Question.objects.due_for_review().values_list("pk", "review_by")[:MAX_CASES]:
        assert day is not None  # noqa: S101
        weeks = min((today - day).days // 7, MOST_WEEKS)
        sentence = f"It was to be reviewed by {day.day} {day:%B %Y}."
        yield pk, Reason(OVERDUE + A_WEEK * weeks, sentence, field_url(pk, "id_review_by"))


def _thin_sections() -> Found:
    """Those of the questions that nobody has touched for the longest time."""
    for question in Question.objects.with_short_sections()[:MAX_CASES]:
        for section in REQUIRED:
            text = getattr(question, section.field).strip()
            if len(text) < section.least:
                sentence = f"{section.title} is {'short' if text else 'missing'}."
                url = field_url(question.pk, f"id_{section.field}")
                yield question.pk, Reason(SHORT if text else MISSING, sentence, url)


def _unanswered() -> Found:
    """Follow-ups without an answer, of the questions that have the most of them."""
    unanswered = FollowUp.objects.unanswered().order_by()
    most = list(unanswered.values_list("question").annotate(n=Count("pk")).order_by("-n", "question")[:MAX_CASES])
    first = _first_unanswered([pk for pk, _ in most])
    for pk, n in most:
        sentence = "1 follow-up has no answer." if n == 1 else f"{n} follow-ups have no answer."
        yield pk, Reason(UNANSWERED * n, sentence, field_url(pk, f"id_follow_ups-{first[pk]}-answer"))


def _first_unanswered(pks: Collection[int]) -> dict[int, int]:
    """For each question, the row of its first follow-up without an answer, as its form numbers them."""
    rows: dict[int, list[bool]] = defaultdict(list)
    lines = FollowUp.objects.filter(question__in=pks).order_by("question", "position")
    for pk, answer, link in lines.values_list("question", "answer", "answered_by"):
        rows[pk].append(bool(answer or link))
    return {pk: answered.index(False) for pk, answered in rows.items()}
