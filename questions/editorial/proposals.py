"""The code that a new question should have: the next of its technology and level."""

from django import forms
from django.contrib.admin import ModelAdmin
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from questions.exchange.numbering import next_code
from questions.models import Level, Technology


def next_code_for_save(technology: Technology, level: Level) -> str | None:
    """The same, which nobody else gets until the transaction ends; a preview has none, and waits for nobody."""
    if connection.in_atomic_block:
        Technology.objects.select_for_update(no_key=True).get(pk=technology.pk)
    return next_code(technology, level)


class ProposalForm(forms.Form):
    technology = forms.ModelChoiceField(Technology.objects.all())
    level = forms.ModelChoiceField(Level.objects.all())


@require_safe
def proposed_code(request: HttpRequest, model_admin: ModelAdmin) -> JsonResponse:
    """`{"code"}` for a technology and a level; null where there is none."""
    form = ProposalForm(request.GET)
    return JsonResponse({"code": next_code(**form.cleaned_data) if form.is_valid() else None})
