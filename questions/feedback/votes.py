"""Readers say whether a question helped, and why: no account, and nothing is kept that tells who they are.

Public pages are the same for everybody, so their form has no CSRF token; browsers say where a form was sent from.
A cookie, set by the first vote and sent to no other page, lets the browser change its votes. A vote is stored under a
digest of that cookie and the question, so that nobody can tell which votes came from one browser.
"""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.origin import is_from_here
from hub.rate_limits import is_within_limit
from questions.browse.not_found import not_found
from questions.models import LONGEST_REASON, Question

MOST_REASONS = 200  # that a question keeps, the newest; the votes themselves are kept for good
MOST_VOTES = 60  # an hour from one address, which a whole office may share
LIMIT = "questions.feedback.votes.limit"
COOKIE = "voter"
COOKIE_PATH = "/votes/"
COOKIE_AGE = timedelta(days=365)

ELSEWHERE = "Votes are only taken from this site’s own pages, and your browser does not say that this one is."
TOO_MANY = "Too many votes came from your network in the last hour. Please try again later."
CHOOSE = "Choose Yes or No."


class ReasonField(forms.CharField):
    def to_python(self, value: str | None) -> str:
        """Count the end of a line as one character, as browsers do."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class VoteForm(forms.Form):
    helpful = forms.TypedChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = ReasonField(
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": "Your reason has %(show_value)d characters; at most %(limit_value)d fit."},
    )


@csrf_exempt  # See above; `is_from_here` takes its place.
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """Take a reader's vote and lead back to the question, or show the form on a page of its own."""
    question = Question.objects.public().titles().filter(code=code.upper()).first()
    if question is None:
        return not_found(request, code.upper())
    form = VoteForm(request.POST if request.method == "POST" else None)
    status = _check(request, form) if form.is_bound else 200
    if status != 303:
        return render(request, "feedback/vote.html", {"question": question, "form": form}, status=status)
    browser = request.get_signed_cookie(COOKIE, default=None) or get_random_string(22)
    cast(question, browser, **form.cleaned_data)
    response = HttpResponseRedirect(f"{question.get_absolute_url()}#thanks", status=status)
    _remember(response, browser)
    return response


def _remember(response: HttpResponse, browser: str) -> None:
    """Let the browser change its votes."""
    response.set_signed_cookie(
        COOKIE,
        browser,
        max_age=COOKIE_AGE,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def cast(question: Question, browser: str, helpful: bool, reason: str) -> None:
    """Store a browser's vote in place of its earlier one, and forget the reasons that are too many."""
    voter = salted_hmac("questions.feedback.votes", f"{question.pk} {browser}", algorithm="sha256").hexdigest()
    values = {"helpful": helpful, "reason": reason, "cast_at": timezone.now()}
    with transaction.atomic():
        question.votes.update_or_create(voter=voter, defaults=values)
        reasons = question.votes.with_reason()
        oldest_kept = reasons.order_by("-cast_at").values_list("cast_at", flat=True)[MOST_REASONS - 1 : MOST_REASONS]
        if kept := list(oldest_kept):
            reasons.filter(cast_at__lt=kept[0]).update(reason="")


def _check(request: HttpRequest, form: VoteForm) -> int:
    """The status to answer with: 303 where the vote counts, else one that goes with what the form now says."""
    if not is_from_here(request):
        form.errors.clear()
        form.add_error(None, ELSEWHERE)
        return 403
    if not form.is_valid():
        return 400
    if not is_within_limit(request, LIMIT, MOST_VOTES):
        form.add_error(None, TOO_MANY)
        return 429
    return 303
