"""What a learner practises: the lists that they chose, or all there is."""

from django.db.models import Q
from django.http import QueryDict

from questions.finding.question_filter import QuestionFilter
from questions.models import Learner, PracticeList, Question
from questions.querysets import QuestionQuerySet

STARRED = "Starred"
EVERYTHING = "All questions"


def filter_of(query: str) -> QuestionFilter:
    """The filter that a list's address stands for."""
    return QuestionFilter(QueryDict(query), queryset=Question.objects.public())


def questions_of(practice_list: PracticeList) -> QuestionQuerySet:
    """The questions on a list that readers may see, whichever fit its filters today."""
    if practice_list.query is None:
        return Question.objects.public().filter(pk__in=practice_list.questions.values("pk"))
    return filter_of(practice_list.query).qs.order_by()


def scope_of(learner: Learner | None) -> QuestionQuerySet:
    """All questions that a learner practises."""
    chosen = list(learner.lists.chosen()) if learner else []
    if not chosen or any(it.query == "" for it in chosen):
        return Question.objects.public()
    wanted = Q(pk__in=[])
    for practice_list in chosen:
        wanted |= Q(pk__in=questions_of(practice_list).values("pk"))
    return Question.objects.public().filter(wanted)


def name_of(filters: QuestionFilter) -> str:
    """What a list of these filters is called, unless the learner calls it something else."""
    return " · ".join(item.label for item in filters.active) or EVERYTHING
