"""Unpublished text as readers will see it."""

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from questions.markdown import MarkdownError, render


class TextForm(forms.Form):
    text = forms.CharField(required=False)  # Stripped, as a section is when it is saved.


@require_POST
def rendered(request: HttpRequest, model_admin: ModelAdmin) -> JsonResponse:
    """One section's text as the HTML that readers would get: `{"html"}`, or `{"refused"}` with a sentence."""
    form = TextForm(request.POST)
    if not form.is_valid():  # Null characters.
        return JsonResponse({"refused": str(form.errors["text"][0])})
    try:
        (html,) = render((form.cleaned_data["text"],))
    except MarkdownError as error:
        return JsonResponse({"refused": error.sentence})
    return JsonResponse({"html": html})
