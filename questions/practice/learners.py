"""Who the learner is: nobody needs an account, and nobody is known before their first rating.

That rating makes a key of 128 bits, which the browser keeps in a cookie and the database as a digest alone. Whoever is
logged in practises under their account instead.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from hub.origin import is_from_here
from hub.rate_limits import is_within_limit
from questions.models import Learner
from questions.models.learner import IDLE_KEPT, digest_of

COOKIE = "__Host-learner" if settings.SESSION_COOKIE_SECURE else "learner"
MOST_NEW = 60  # learners an hour from one address, which a whole class may share
REPEATED = timedelta(minutes=10)  # in which a form that comes twice is a double click

ELSEWHERE = "Practice is only changed from this site’s own pages, and your browser does not say that this is one."
TOO_MANY = "Too many people began to practise from your network in the last hour. Please try again later."

GONE = (
    "The progress that this browser had is not here any more: its link was renewed, it went into an account, or it was "
    "deleted. Open the new link to go on with it; to begin anew, go back and send the form again."
)

View = Callable[..., HttpResponseBase]


class TooManyLearners(Exception):  # noqa: N818 (it is what it says)
    """An address has made as many learners as it may in an hour."""


class LearnerGone(Exception):  # noqa: N818 (it is what it says)
    """A browser has the key of a learner who is not there, or not under that key, any more."""


def practice_page(view: View) -> View:
    """Declare that a page is one reader's own: kept by nobody, named to nobody, changed from this site alone."""

    @csrf_exempt  # A token would need a cookie before the first rating; `is_from_here` takes its place.
    @wraps(view)
    def own_page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return own_page


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "POST" and not is_from_here(request):
        return render(request, "practice/refused.html", {"reason": ELSEWHERE}, status=403)
    try:
        return view(request, *args, **kwargs)
    except TooManyLearners:
        return render(request, "practice/refused.html", {"reason": TOO_MANY}, status=429)
    except LearnerGone:
        return _gone(request)


def _gone(request: HttpRequest) -> HttpResponse:
    """Say so once, before another learner is made whom nobody meant to be."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response: HttpResponse = JsonResponse({"problem": GONE}, status=409)
    else:
        response = render(request, "practice/refused.html", {"reason": GONE}, status=409)
    forget(response)
    return response


def learner_of(request: HttpRequest) -> Learner | None:
    """Whoever practises here, or None before the first rating."""
    if request.user.is_authenticated:
        return Learner.objects.filter(user=request.user.pk).first()
    key = request.COOKIES.get(COOKIE)
    return Learner.objects.with_key(key) if key else None


def learner_or_new(request: HttpRequest, post: UUID) -> tuple[Learner, str | None]:
    """Whoever practises here, made by their first rating, and the key that `remember` gives to a browser.

    `post` is the id of the form that was sent. Raises TooManyLearners and LearnerGone.
    """
    learner = learner_of(request)
    if learner or request.user.is_authenticated:
        key = request.COOKIES.get(COOKIE) if learner and not learner.user_id else None
        return learner or Learner.objects.get_or_create(user=request.user)[0], key  # type: ignore[misc]
    if request.COOKIES.get(COOKIE):
        raise LearnerGone
    key = _first_key(post)
    recent = Learner.objects.filter(key_digest=digest_of(key)).first()
    if recent and recent.created_at > timezone.now() - REPEATED:
        return recent, key
    if not is_within_limit(request, "questions.practice.learners", MOST_NEW):
        raise TooManyLearners
    return _create(new_key() if recent else key)


def _create(key: str) -> tuple[Learner, str]:
    try:
        with transaction.atomic():
            return Learner.objects.create(key_digest=digest_of(key)), key
    except IntegrityError:  # The same form came twice at the same moment.
        return Learner.objects.get(key_digest=digest_of(key)), key


def _first_key(post: UUID) -> str:
    """The key that a form makes: the same for both clicks of a double click, of which neither brings a cookie."""
    digest = salted_hmac("questions.practice.learners.key", post.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def new_key() -> str:
    return secrets.token_urlsafe(16)


def remember(response: HttpResponse, key: str | None) -> None:
    """Let the browser keep the key, for as long again as browsers keep a cookie; accounts have none."""
    if key:
        response.set_cookie(
            COOKIE,
            key,
            max_age=IDLE_KEPT,
            path="/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget(response: HttpResponse) -> None:
    """Let the browser forget the key."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
