"""The public pages. They are the same for every visitor: no session, no CSRF token."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from questions.codes import nearest_questions
from questions.coverage import Coverage
from questions.filters import QuestionFilter
from questions.models import Question


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What the hub is, how much it covers, and the way in."""
    published = Question.objects.published()
    return render(
        request, "front_page.html", {"coverage": Coverage.of(published), "newest": published.titles().newest()[:6]}
    )


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """The questions that fit the filters, a page of them."""
    filters = QuestionFilter(request.GET, queryset=Question.objects.published())
    return render(request, "questions/list.html", {"filters": filters})


@require_safe
def question_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One question in full, or the nearest codes where there is none."""
    if code != code.upper():
        return redirect("question", code.upper(), permanent=True)
    published = Question.objects.published()
    question = published.for_list().filter(code=code).first()
    if question is None:
        return render(request, "questions/missing.html", {"code": code, "nearest": nearest_questions(code)}, status=404)
    context = {
        "question": question,
        "previous": published.before(question).titles().first(),
        "next": published.after(question).titles().first(),
        "related": published.related_to(question).titles()[:5],
    }
    return render(request, "questions/detail.html", context)
