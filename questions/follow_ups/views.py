"""What an interviewer asks next: the panel that opens in place, a chain drilled, and maps."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.pages.address import public_page
from questions.browse.neighbours import related_to
from questions.browse.one_question import with_question
from questions.finding.filters import REPEATABLE
from questions.follow_ups.map_filter import MapFilter
from questions.follow_ups.neighbourhood import Neighbourhood, neighbourhood_url
from questions.follow_ups.trail import Trail, asked_trail
from questions.models import Question
from questions.querysets import QuestionQuerySet


@public_page()
@require_safe
@with_question(QuestionQuerySet.for_reading)
def panel(request: HttpRequest, question: Question) -> HttpResponse:
    """The part of a page that `panel.js` opens under a follow-up: a question's short answer and its follow-ups."""
    return _part(request, {"question": question})


@public_page()
@require_safe
@with_question(QuestionQuerySet.for_reading)
def answer(request: HttpRequest, question: Question, position: int) -> HttpResponse:
    """The same part for a follow-up with an answer of its own, then what follows on the question that it leads to."""
    found = [it for it in question.follow_ups.all() if it.position == position and it.answer_html]
    if not found:
        raise Http404
    leads_to = found[0].public_answer
    target = Question.objects.for_reading().get(pk=leads_to.pk) if leads_to else None
    return _part(request, {"asking": question, "follow_up": found[0], "question": target})


def _part(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "follow_ups/_panel.html", context)
    response["X-Robots-Tag"] = "noindex"  # It is no page of its own.
    return response


@public_page("trail")
@require_safe
@with_question(QuestionQuerySet.for_reading)
def drill(request: HttpRequest, question: Question) -> HttpResponse:
    """One question of a chain, with the trail that led to it and the ways on."""
    public = Question.objects.public()
    trail = Trail.to(question, asked_trail(request.GET), public)
    others = [] if trail.goes_on else related_to(question, public.leading_on().exclude(code__in=trail.codes))
    return render(request, "follow_ups/drill.html", {"question": question, "trail": trail, "others": others})


@public_page(*MapFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def question_map(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters or, of too many, their topics, with the follow-ups between them as arrows."""
    filters = MapFilter(request.GET, queryset=Question.objects.public())
    return render(request, "follow_ups/map.html", {"filters": filters})


@public_page("steps")
@require_safe
@with_question(QuestionQuerySet.titles)
def neighbourhood(request: HttpRequest, question: Question) -> HttpResponse:
    """A small map: the question, what leads to it, and what it leads to."""
    drawing = Neighbourhood.of(question, request.GET)
    others = None if drawing.number > 1 else related_to(question, Question.objects.public())
    urls = {"one_step": neighbourhood_url(question.code), "two_steps": neighbourhood_url(question.code, 2)}
    context = {"question": question, "drawing": drawing, "others": others, **urls}
    return render(request, "follow_ups/neighbourhood.html", context)
