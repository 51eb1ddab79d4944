"""Questions as one page to print, with or without their answers."""

from collections.abc import Iterable, Iterator

import django_filters
from django.http import HttpRequest
from django.template.loader import get_template

from questions.finding.question_filter import QuestionFilter
from questions.models import Question

GAP = "<!-- questions -->"  # Where the template leaves room for them.


class PrintFilter(QuestionFilter):
    """The filters of the list, and whether the answers are printed too."""

    answers = django_filters.ChoiceFilter(choices=[("on", "on"), ("off", "off")])

    @property
    def with_answers(self) -> bool:
        return self.value("answers") != "off"

    def url_with_answers(self) -> str:
        return self.url(name="list_print")

    def url_without_answers(self) -> str:
        return self.url(name="list_print", extra=[("answers", "off")])


def stream(request: HttpRequest, filters: PrintFilter, questions: Iterable[Question]) -> Iterator[str]:
    """The page, question by question."""
    question_template = get_template("exchange/_print_question.html")
    head, _, tail = get_template("exchange/print.html").render({"filters": filters}, request).partition(GAP)
    yield head
    for question in questions:
        yield question_template.render({"question": question, "with_answers": filters.with_answers})
    yield tail
