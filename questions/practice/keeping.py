"""What a learner has: the link that opens it elsewhere, downloads, what is brought back, and the end of it."""

import json
from typing import Any
from uuid import uuid4

import segno
from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.links import absolute
from hub.rate_limits import is_within_limit
from questions.models import Learner
from questions.models.learner import digest_of
from questions.practice import archive, learners, log
from questions.practice.file_values import Unreadable
from questions.practice.forms import PostForm
from questions.practice.learners import learner_of, learner_or_new, practice_page, remember

SEE_OTHER = 303
MOST_TRIES = 60  # practice links an hour from one address
NO_KEY = "No progress has this link. It may have been renewed since."
NO_FILE = "Choose a file that you downloaded here."


class LinkForm(forms.Form):
    """A practice link, or the key in it."""

    link = forms.CharField(max_length=500, error_messages={"required": NO_KEY, "max_length": NO_KEY})

    def clean_link(self) -> str:
        """The key alone."""
        return str(self.cleaned_data["link"]).rpartition("#")[2]


class FileForm(PostForm):
    """A file to bring back."""

    file = forms.FileField(error_messages={"required": NO_FILE, "invalid": NO_FILE, "empty": NO_FILE})


class OldForm(PostForm):
    """What the recall pages kept in a browser, by code."""

    kept = forms.CharField()

    def clean_kept(self) -> dict[str, Any]:
        """Codes, each with its entry."""
        try:
            kept = json.loads(self.cleaned_data["kept"])
        except (ValueError, RecursionError):  # Also for numbers of too many digits, which forms.JSONField lets through.
            kept = None
        if not isinstance(kept, dict):
            raise forms.ValidationError("These are no ratings.")
        return kept


class EndForm(PostForm):
    """The end of all progress, which nobody asks for by mistake."""

    sure = forms.BooleanField(error_messages={"required": "Tick the box if you are sure. Nothing was deleted."})


@practice_page
@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """What there is of a learner, and what they can do with it."""
    return _page(request)


def _page(request: HttpRequest, problem: str = "", done: str = "", status: int = 200) -> HttpResponse:
    learner = learner_of(request)
    key = request.COOKIES.get(learners.COOKIE, "") if learner and not learner.user_id else ""
    link = f"{absolute(reverse('practice_link'))}#{key}" if key else ""
    context = {
        "learner": learner,
        "link": link,
        "code": mark_safe(segno.make(link).svg_inline(scale=4, light="#fff", omitsize=True, title="Your practice link"))
        if link
        else "",
        "number": learner.events.ratings().count() if learner else 0,
        "adoptable": _adoptable(request),
        "problem": problem,
        "done": done,
        "post": uuid4(),
    }
    return render(request, "practice/keeping.html", context, status=status)


@practice_page
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Open the progress that a practice link leads to.

    The key stands behind the `#`, which browsers send to nobody: not to this hub's log, not as a Referer. Nothing opens
    before somebody presses a button, so that no page elsewhere can have others practise for it.
    """
    form = LinkForm(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_bound:
        may_try = is_within_limit(request, "questions.practice.keeping.link", MOST_TRIES)
        key = form.cleaned_data["link"] if form.is_valid() else ""
        if may_try and key and Learner.objects.with_key(key):
            response = HttpResponseRedirect(reverse("practice"), status=SEE_OTHER)
            remember(response, key)
            return response
        problem = NO_KEY if may_try else "Too many links were tried from your network. Please try again later."
    context = {"problem": problem, "learner": learner_of(request)}
    return render(request, "practice/link.html", context, status=400 if problem else 200)


@practice_page
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Give the learner another key; the old link and every other device end with it."""
    learner = learner_of(request)
    response = HttpResponseRedirect(reverse("practice_keeping"), status=SEE_OTHER)
    if learner and not learner.user_id:
        key = learners.new_key()
        Learner.objects.filter(pk=learner.pk).update(key_digest=digest_of(key))
        remember(response, key)
    return response


@practice_page
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Everything, as JSON."""
    learner = learner_of(request)
    if learner is None:
        return _page(request, "There is nothing to download yet.", status=404)
    response = JsonResponse(archive.archive(learner))
    response["Content-Disposition"] = 'attachment; filename="practice.json"'
    return response


@practice_page
@require_safe
def download_log(request: HttpRequest) -> HttpResponseBase:
    """The ratings, as the FSRS optimiser takes them."""
    learner = learner_of(request)
    if learner is None:
        return _page(request, "There is nothing to download yet.", status=404)
    response = StreamingHttpResponse(archive.optimiser_log(learner), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="revlog.csv"'
    return response


@practice_page
@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    """Add what a downloaded file has."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form.sentence, status=400)
    try:
        kept = archive.read(form.cleaned_data["file"].read())
        with transaction.atomic():
            learner, key = learner_or_new(request, form.cleaned_data["post"])
            lines, mocks = archive.bring_back(learner, kept)
    except Unreadable as problem:
        return _page(request, str(problem), status=400)
    request.COOKIES[learners.COOKIE] = key or ""
    response = _page(request, done=_brought_back(lines, mocks, kept.unknown))
    remember(response, key)
    return response


def _brought_back(lines: int, mocks: int, unknown: int) -> str:
    """What came back, in words."""
    interviews = f" and {mocks} mock interview{'' if mocks == 1 else 's'}" if mocks else ""
    words = f"{lines:,} line{'' if lines == 1 else 's'}{interviews}"
    were = "was" if lines == 1 and not mocks else "were"
    belong = "belongs" if unknown == 1 else "belong"
    gone = f" {unknown:,} {belong} to questions that this hub does not have." if unknown else ""
    return f"{words} {were} brought back.{gone}"


@practice_page
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Take over what the recall pages kept in a browser; its script sends it."""
    form = OldForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": form.sentence}, status=400)
    learner, key = learner_or_new(request, form.cleaned_data["post"])
    try:
        number = archive.take_over(learner, form.cleaned_data["post"], form.cleaned_data["kept"])
    except log.Refused as refused:
        return JsonResponse({"problem": str(refused)}, status=429)
    response = JsonResponse({"taken": number})
    remember(response, key)
    return response


@practice_page
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete all that is known of the learner."""
    learner, form = learner_of(request), EndForm(request.POST)
    if not form.is_valid():
        return _page(request, form.sentence, status=400)
    if learner:
        learner.delete()
    response = HttpResponseRedirect(reverse("practice"), status=SEE_OTHER)
    learners.forget(response)
    return response


def _adoptable(request: HttpRequest) -> Learner | None:
    """The browser's learner, where somebody is logged in whose account has none."""
    key = request.COOKIES.get(learners.COOKIE)
    if not key or not request.user.is_authenticated or Learner.objects.filter(user=request.user.pk).exists():
        return None
    return Learner.objects.with_key(key)


@practice_page
@require_POST
@transaction.atomic
def adopt(request: HttpRequest) -> HttpResponse:
    """Let what was practised without an account belong to the account that is logged in now."""
    response = HttpResponseRedirect(reverse("practice_keeping"), status=SEE_OTHER)
    if learner := _adoptable(request):
        Learner.objects.filter(pk=learner.pk).update(user=request.user.pk, key_digest=None)
        learners.forget(response)
    return response
