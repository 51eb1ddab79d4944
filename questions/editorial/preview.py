"""Unpublished text as readers will see it: a section, or the whole page."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.shortcuts import render as render_page
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from questions.models import FollowUp, Question
from questions.text.markdown import MarkdownError, render
from questions.text.notices import notices


class TextForm(forms.Form):
    text = forms.CharField(required=False)  # Stripped, as a section is when it is saved.


@require_POST
def rendered(request: HttpRequest, model_admin: ModelAdmin) -> JsonResponse:
    """One section's text as readers would get it: `{"html", "notices"}`, or `{"refused"}` with a sentence."""
    form = TextForm(request.POST)
    if not form.is_valid():  # Null characters.
        return JsonResponse({"refused": str(form.errors["text"][0])})
    try:
        (html,) = render((form.cleaned_data["text"],))
    except MarkdownError as error:
        return JsonResponse({"refused": error.sentence})
    return JsonResponse({"html": html, "notices": notices(form.cleaned_data["text"])})


@never_cache
@require_POST
def page(request: HttpRequest, model_admin: ModelAdmin, pk: int | None = None) -> HttpResponse:
    """The question's page from what the form holds, saved or not, with what keeps it from being saved."""
    original = get_object_or_404(model_admin.get_queryset(request), pk=pk) if pk else None
    if not (
        model_admin.has_change_permission(request, original) if original else model_admin.has_add_permission(request)
    ):
        raise PermissionDenied
    form = model_admin.get_form(request, original, change=bool(original))(request.POST, instance=original)
    form.is_valid()
    question = form.instance
    try:
        question.render()
    except MarkdownError:  # Then the form has said so, and the page shows no text rather than an older one.
        question = Question(title=question.title)
    _put_follow_ups(question, _follow_ups(request, model_admin, original))
    problems = [(form.fields[name].label if name in form.fields else "", it) for name, it in form.errors.items()]
    context = {"question": question, "problems": problems, "changes": question.notices(), "is_form": True}
    return render_page(request, "editorial/preview.html", context)


def _follow_ups(request: HttpRequest, model_admin: ModelAdmin, original: Question | None) -> list[FollowUp]:
    """The follow-ups in the form that have a text, in their order."""
    rows: list[Any] = []
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, original):
        if inline.model is FollowUp:
            rows = formset_class(request.POST, instance=original, queryset=inline.get_queryset(request)).forms
    found = [row.instance for row in rows if row.is_valid() and not row.cleaned_data.get("DELETE")]
    return sorted((it for it in found if it.text), key=lambda it: it.position)


def _put_follow_ups(question: Question, follow_ups: list[FollowUp]) -> None:
    """As if they had been fetched with the question; one that is not saved needs a key for that."""
    question.pk = question.pk or 0
    question._prefetched_objects_cache = {"follow_ups": follow_ups}  # type: ignore[attr-defined]
