"""What an interviewer asks next: a question pushed in place, a chain drilled, and the map of all of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hub.pages.cache import public_page
from questions.browse.neighbours import related_to
from questions.browse.not_found import no_such_question
from questions.finding.filters import REPEATABLE
from questions.follow_ups.map_filter import MapFilter
from questions.follow_ups.trail import Trail, asked_trail, drill_url, linked_follow_ups
from questions.models import Question


@public_page()
@require_safe
def push(request: HttpRequest, code: str) -> HttpResponse:
    """The part of a page that `push.js` opens under a follow-up: a question's short answer and its follow-ups."""
    if code != code.upper():
        return redirect("push", code.upper(), permanent=True)
    question = Question.objects.public().for_list().filter(code=code).first()
    if question is None:
        return no_such_question(request, code)
    context = {"question": question, "leads_on": bool(linked_follow_ups(question))}
    response = render(request, "follow_ups/_push.html", context)
    response["X-Robots-Tag"] = "noindex"  # It is no page of its own.
    return response


@public_page("trail")
@require_safe
def drill(request: HttpRequest, code: str) -> HttpResponse:
    """One question of a chain, with the trail that led to it and the ways on."""
    asked = asked_trail(request.GET)
    if code != code.upper():
        return redirect(drill_url(code.upper(), asked), permanent=True)
    published = Question.objects.public()
    question = published.for_list().filter(code=code).first()
    if question is None:
        return no_such_question(request, code)
    trail = Trail.to(question, asked, published)
    others = [] if trail.ways_on else related_to(question, published.leading_on().exclude(code__in=trail.codes))
    return render(request, "follow_ups/drill.html", {"question": question, "trail": trail, "others": others})


@public_page(*MapFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def question_map(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters, as nodes, with the follow-ups between them as arrows."""
    filters = MapFilter(request.GET, queryset=Question.objects.public())
    return render(request, "follow_ups/map.html", {"filters": filters})
