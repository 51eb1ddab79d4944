"""What a search field asks for while somebody types, and the description that lets a browser search the hub."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.pages.address import public_page
from questions.finding.search.suggestions import suggest


class SuggestForm(forms.Form):
    q = forms.CharField(max_length=200, strip=False)


@public_page("q")
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Questions that go on as typed: `{"questions": [{"code", "title", "url"}]}`; none for text that is none."""
    form = SuggestForm(request.GET)
    found = suggest(form.cleaned_data["q"]) if form.is_valid() else []
    offered = [
        {"code": question.code, "title": question.plain_title, "url": question.get_absolute_url()} for question in found
    ]
    return JsonResponse({"questions": offered})


@public_page()
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """An OpenSearch 1.1 description document."""
    return render(request, "finding/opensearch.xml", content_type="application/opensearchdescription+xml")
