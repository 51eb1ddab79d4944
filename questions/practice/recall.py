"""Recall: a question, or a list of them, with every part hidden until the reader reveals it.

What readers note and tick stays in their browser; a rating goes into their practice, sent by `recall.js`.
"""

from collections.abc import Sequence
from functools import cached_property

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.pages.address import public_page
from questions.browse.neighbours import Neighbours
from questions.browse.one_question import with_question
from questions.finding.filters import REPEATABLE, Pair
from questions.finding.question_filter import PAGE_SIZE, QuestionFilter
from questions.models import Question, Rating
from questions.querysets import QuestionQuerySet


class RecallFilter(QuestionFilter):
    """The questions a reader asked for, at the address where they are recalled."""

    @cached_property
    def results(self) -> Page[Question]:
        """The page of the list, with the answers to follow-ups."""
        return self.page_of(self.queryset.for_reading(), PAGE_SIZE)

    def url(
        self, page: int = 1, without: Pair | None = None, name: str = "recall_list", extra: Sequence[Pair] = ()
    ) -> str:
        """The canonical address of this list to recall, or of the list without one filter."""
        return super().url(page, without, name, extra)


@public_page()
@require_safe
@with_question(QuestionQuerySet.for_reading)
def recall(request: HttpRequest, question: Question) -> HttpResponse:
    """One question to recall, part by part."""
    context = {"question": question, "neighbours": Neighbours.of(question), "ratings": Rating.choices}
    return render(request, "practice/recall.html", context)


@public_page(*QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def recall_list(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters, a page of them, to recall."""
    filters = RecallFilter(request.GET, queryset=Question.objects.public())
    context = {"filters": filters, "action": reverse("recall_list"), "ratings": Rating.choices}
    return render(request, "practice/recall_list.html", context)
