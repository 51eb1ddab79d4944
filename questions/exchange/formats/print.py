"""Questions as one page to print, with or without their answers."""

from collections.abc import Iterable, Iterator

import django_filters
from django.template.loader import get_template

from questions.exchange.format import Format
from questions.exchange.loading import html_of
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
        return self.url(name=FORMAT.list_view)

    def url_without_answers(self) -> str:
        return self.url(name=FORMAT.list_view, extra=[("answers", "off")])


def stream(filters: PrintFilter) -> Iterator[str]:
    """The page, question by question."""
    return _parts(filters, html_of(filters))


def _parts(filters: PrintFilter, questions: Iterable[Question]) -> Iterator[str]:
    question_template = get_template("exchange/_print_question.html")
    page = get_template("exchange/print.html").render({"filters": filters}, filters.request)
    head, _, tail = page.partition(GAP)
    yield head
    for question in questions:
        yield question_template.render({"question": question, "with_answers": filters.with_answers})
    yield tail


FORMAT = Format(
    name="Print",
    endings=("/print/",),
    media_type="text/html",
    stream=stream,
    filters=PrintFilter,
    is_for_robots=False,
)
