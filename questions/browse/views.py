"""The public pages. They are the same for every visitor: no session, no CSRF token."""

from secrets import randbelow

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.accounts.lockout import client_address
from hub.pages.address import COUNTED, asked_by, public_page
from questions.browse.coverage import Coverage
from questions.browse.neighbours import Neighbours
from questions.browse.one_question import with_question
from questions.browse.today import question_of_the_day
from questions.finding.filters import REPEATABLE
from questions.finding.question_filter import QuestionFilter
from questions.finding.search.missed import remember
from questions.models import Question
from questions.querysets import QuestionQuerySet


@public_page()
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What the hub is, how much it covers, and the way in."""
    context = {
        "coverage": Coverage.of_bank(),
        "today": question_of_the_day(),
        "newest": Question.objects.public().titles().newest()[:6],
    }
    return render(request, "browse/front_page.html", context)


@public_page(*QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters, a page of them."""
    filters = QuestionFilter(request.GET, queryset=Question.objects.public())
    response = render(request, "browse/list.html", {"filters": filters})
    if filters.search and filters.search.is_vain:
        remember(filters.search.text, client_address(asked_by(request)))
        patch_cache_control(response, **COUNTED)
    return response


@public_page()
@require_safe
@with_question(QuestionQuerySet.for_reading)
def question_detail(request: HttpRequest, question: Question) -> HttpResponse:
    """One question in full."""
    return render(request, "browse/detail.html", {"question": question, "neighbours": Neighbours.of(question)})


@public_page()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested so that everybody can use the hub, how, and what is known to remain."""
    return render(request, "browse/accessibility.html")


@never_cache
@require_safe
def random_question(request: HttpRequest) -> HttpResponse:
    """Leads to a random question within the filters, or to the list that says why there is none."""
    filters = QuestionFilter(request.GET, queryset=Question.objects.public())
    position = randbelow(filters.count or 1)
    question = Question.objects.public().filter(pk__in=filters.ids(position, position + 1)).only("code").first()
    return redirect(question or filters.url())
