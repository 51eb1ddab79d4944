"""The public pages. They are the same for every visitor: no session, no CSRF token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hub.page_cache import public_page
from questions.coverage import Coverage
from questions.filters import TAXA, QuestionFilter
from questions.missing import no_such_question
from questions.models import Question
from questions.neighbours import Neighbours
from questions.search.missed import remember
from questions.trail import leads_on


@public_page()
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What the hub is, how much it covers, and the way in."""
    published = Question.objects.published()
    return render(
        request, "front_page.html", {"coverage": Coverage.of_bank(), "newest": published.titles().newest()[:6]}
    )


@public_page(*QuestionFilter.base_filters, repeatable=TAXA)
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters, a page of them."""
    filters = QuestionFilter(request.GET, queryset=Question.objects.published())
    if filters.search and not filters.search.found:
        remember(filters.search.text)
    return render(request, "questions/list.html", {"filters": filters})


@public_page()
@require_safe
def question_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One question in full, or the nearest codes where there is none."""
    if code != code.upper():
        return redirect("question", code.upper(), permanent=True)
    published = Question.objects.published()
    question = published.for_list().filter(code=code).first()
    if question is None:
        return no_such_question(request, code)
    context = {
        "question": question,
        "neighbours": Neighbours.of(question),
        "leads_on": leads_on(question),
    }
    return render(request, "questions/detail.html", context)
