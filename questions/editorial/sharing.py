"""Signed links that show a draft to people without an account, for a week or until it is published."""

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.links import absolute
from questions import states
from questions.models import Question

SALT = "questions.editorial.sharing"
VALID = timedelta(days=7)


class SharedLink(NamedTuple):
    """An absolute address, and when it stops working."""

    url: str
    until: datetime


def is_shareable(question: Question) -> bool:
    """Whether links to it show it; readers find what is or was published at its own address."""
    return question.status in states.UNPUBLISHED


def share(question: Question) -> SharedLink:
    """A new link. It is not written down anywhere, so nothing but publishing or deleting takes it back."""
    query = urlencode({"draft": signing.dumps(question.pk, salt=SALT)})
    return SharedLink(absolute(f"{reverse('shared_preview')}?{query}"), timezone.now() + VALID)


class DraftForm(forms.Form):
    draft = forms.CharField()


@never_cache
@require_safe
def shared_preview(request: HttpRequest) -> HttpResponse:
    """The draft that a link leads to, as it was last saved; its own page once it is published."""
    form = DraftForm(request.GET)
    form.is_valid()
    try:
        pk = signing.loads(form.cleaned_data.get("draft", ""), salt=SALT, max_age=VALID)
    except signing.SignatureExpired:
        return render(request, "editorial/preview_gone.html", {"has_expired": True}, status=410)
    except signing.BadSignature:
        return render(request, "editorial/preview_gone.html", status=404)
    question = Question.objects.for_reading().filter(pk=pk).first()
    return _preview(request, question) if question else render(request, "editorial/preview_gone.html", status=410)


def _preview(request: HttpRequest, question: Question) -> HttpResponse:
    if not is_shareable(question):
        return redirect(question)
    response = render(request, "editorial/preview.html", {"question": question})
    response["X-Robots-Tag"] = "noindex"
    return response
