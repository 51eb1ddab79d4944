"""The first page of the editors' desk: the work of whoever looks, what needs work, what there is, and how it grows."""

from dataclasses import dataclass
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count
from django.urls import reverse

from questions.browse.coverage import Tally
from questions.editorial.chart import Bar, bars
from questions.editorial.my_work import MyWork
from questions.editorial.needs import Need, needs
from questions.finding.facets import all_public
from questions.finding.taxa import levels, technologies
from questions.models import Level, Question, Technology
from questions.states import PUBLIC, STATES
from questions.version import once_a_version

DIFFICULTIES = range(1, 11)


class StatusTally(NamedTuple):
    """The questions in one state, and the list of them."""

    label: str
    number: int
    url: str


class CoverageRow(NamedTuple):
    """A technology and level, with a tally for each difficulty."""

    technology: Technology
    level: Level
    tallies: list[Tally]


@dataclass(frozen=True)
class Dashboard:
    """Everything that the page shows."""

    mine: MyWork
    states: list[StatusTally]
    needs: list[Need]
    coverage: list[CoverageRow]
    bars: list[Bar]
    difficulties = DIFFICULTIES

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(MyWork.of(user), states(), needs(), coverage(), bars())


@once_a_version
def states() -> list[StatusTally]:
    """Each state that a question can be in."""
    rows = Question.objects.order_by().values_list("status").annotate(n=Count("pk"))
    numbers = dict(rows)
    return [
        StatusTally(state.label, numbers.get(state.value, 0), _list_url(status__exact=state.value)) for state in STATES
    ]


def coverage() -> list[CoverageRow]:
    """The published questions of each technology, level and difficulty."""
    numbers = all_public().along("technology", "level", "difficulty")
    return [
        CoverageRow(
            technology,
            level,
            [
                Tally(
                    numbers[technology.pk, level.pk, difficulty],
                    _list_url(
                        status__in=",".join(PUBLIC),
                        technology__id__exact=technology.pk,
                        level__id__exact=level.pk,
                        difficulty=difficulty,
                    ),
                )
                for difficulty in DIFFICULTIES
            ],
        )
        for technology in technologies()
        for level in levels()
    ]


def _list_url(**chosen: str | int) -> str:
    return f"{reverse('admin:questions_question_changelist')}?{urlencode(chosen)}"
