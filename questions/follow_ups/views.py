"""What an interviewer asks next: the panel that opens in place, a chain drilled, and the map of all of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.pages.address import public_page
from questions.browse.neighbours import related_to
from questions.browse.one_question import with_question
from questions.finding.filters import REPEATABLE
from questions.follow_ups.map_filter import MapFilter
from questions.follow_ups.trail import Trail, asked_trail
from questions.models import Question
from questions.querysets import QuestionQuerySet


@public_page()
@require_safe
@with_question(QuestionQuerySet.for_list)
def panel(request: HttpRequest, question: Question) -> HttpResponse:
    """The part of a page that `panel.js` opens under a follow-up: a question's short answer and its follow-ups."""
    response = render(request, "follow_ups/_panel.html", {"question": question})
    response["X-Robots-Tag"] = "noindex"  # It is no page of its own.
    return response


@public_page("trail")
@require_safe
@with_question(QuestionQuerySet.for_list)
def drill(request: HttpRequest, question: Question) -> HttpResponse:
    """One question of a chain, with the trail that led to it and the ways on."""
    public = Question.objects.public()
    trail = Trail.to(question, asked_trail(request.GET), public)
    others = [] if trail.ways_on else related_to(question, public.leading_on().exclude(code__in=trail.codes))
    return render(request, "follow_ups/drill.html", {"question": question, "trail": trail, "others": others})


@public_page(*MapFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def question_map(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters, as nodes, with the follow-ups between them as arrows."""
    filters = MapFilter(request.GET, queryset=Question.objects.public())
    return render(request, "follow_ups/map.html", {"filters": filters})
