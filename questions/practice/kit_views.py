"""Kits for interviewers. They are the same for every visitor: no session, no CSRF token, nothing stored."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.pages.address import public_page
from questions.finding.filters import REPEATABLE
from questions.finding.question_filter import QuestionFilter
from questions.models import Question
from questions.practice.criteria import CRITERIA, SCORES
from questions.practice.drawing import candidates, draw
from questions.practice.kit_forms import RECOMMENDATIONS, USUAL_INTERVIEW, ArrangeForm, PickForm
from questions.practice.kits import MOST_QUESTIONS, PARAMETERS, Kit

MOST_FOUND = 10  # questions that a kit's page offers to add
SEE_OTHER = 303
WHO = ("Candidate", "Interviewer", "Date")  # what is written on a printed sheet

NOTHING_FITS = "No question fits all of that. Choose less, and there will be some."


@public_page(*PARAMETERS, *QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def kits(request: HttpRequest) -> HttpResponse:
    """What kits are, with a form that picks one; or a kit to arrange, where the address has one."""
    kit = Kit.of(request.GET)
    filters = QuestionFilter(request.GET, queryset=Question.objects.public())
    if not kit.items:
        return _start(request, filters, PickForm(initial={"minutes": USUAL_INTERVIEW, "title": kit.title}), kit.notices)
    found = filters.page_of(Question.objects.public().titles(), MOST_FOUND) if filters.pairs else []
    chosen = {item.code for item in kit.items}
    additions = [(it, kit.plus(it.code).url()) for it in found if it.code not in chosen]
    context = {"kit": kit, "filters": filters, "additions": additions, "is_full": len(kit.items) >= MOST_QUESTIONS}
    return render(request, "practice/kits/arrange.html", context)


@public_page(*PickForm.base_fields, *QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """Lead to a kit that fits the filters, the minutes and the number, or say why there is none."""
    form = PickForm(request.GET)
    filters = QuestionFilter(request.GET, queryset=Question.objects.public())
    if not form.is_valid():
        return _start(request, filters, form)
    asked = form.cleaned_data
    items = draw(candidates(filters.qs), asked["minutes"], asked["number"], asked["seed"])
    if not items:
        return _start(request, filters, form, [NOTHING_FITS])
    return HttpResponseRedirect(Kit(asked["title"], tuple(items)).url(), status=SEE_OTHER)


@never_cache
@require_safe
def arrange(request: HttpRequest) -> HttpResponse:
    """Lead to the kit that the form of a kit describes."""
    form = ArrangeForm(request.GET)
    form.is_valid()
    return HttpResponseRedirect(f"{reverse('kits')}?{urlencode(form.pairs())}", status=SEE_OTHER)


@public_page(*PARAMETERS)
@require_safe
def interviewer(request: HttpRequest) -> HttpResponse:
    """The sheet with everything that whoever asks needs to know."""
    return _sheet(request, "interviewer")


@public_page(*PARAMETERS)
@require_safe
def candidate(request: HttpRequest) -> HttpResponse:
    """The sheet with the questions alone."""
    return _sheet(request, "candidate")


@public_page(*PARAMETERS)
@require_safe
def scorecard(request: HttpRequest) -> HttpResponse:
    """The sheet on which the answers are scored."""
    return _sheet(request, "scorecard")


def _sheet(request: HttpRequest, name: str) -> HttpResponse:
    context = {"kit": Kit.of(request.GET), "sheet": name, "who": WHO}
    context |= {"criteria": CRITERIA, "scores": SCORES, "recommendations": RECOMMENDATIONS}
    return render(request, f"practice/kits/{name}.html", context)


def _start(request: HttpRequest, filters: QuestionFilter, form: PickForm, notices: Sequence[str] = ()) -> HttpResponse:
    context = {"filters": filters, "form": form, "notices": [*notices, *filters.misunderstood]}
    return render(request, "practice/kits/start.html", context)
