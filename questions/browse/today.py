"""A question for each day, the same for everybody, so that there is always something new to come back to."""

from django.utils import timezone

from questions.finding.question_filter import QuestionFilter
from questions.models import Question

STRIDE = 7919  # A prime: neighbours in the list come weeks apart, and in most banks every question has its day.


def question_of_the_day() -> Question | None:
    """The question whose turn it is; None where none is published."""
    everything = QuestionFilter({}, queryset=Question.objects.public())
    if not everything.count:
        return None
    position = timezone.localdate().toordinal() * STRIDE % everything.count
    return Question.objects.public().for_list().filter(pk__in=everything.ids(position, position + 1)).first()
