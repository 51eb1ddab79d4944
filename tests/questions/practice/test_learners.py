"""Who a learner is: made by the first rating, known by a key in a cookie or by an account."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from questions.models import Learner
from questions.practice import learners
from questions.practice.learners import learner_of, learner_or_new, practice_page, remember

pytestmark = pytest.mark.django_db
FORM = UUID(int=1)


def request_of(key: str | None = None, user: User | None = None, **meta: Any) -> HttpRequest:
    """A form sent by somebody with a key, an account or neither."""
    request = RequestFactory(**meta).post("/practice/")
    request.user = user or AnonymousUser()
    if key:
        request.COOKIES[learners.COOKIE] = key
    return request


def test_nobody_is_known_before_their_first_rating() -> None:
    assert learner_of(request_of()) is None
    assert not Learner.objects.exists()


def test_first_rating_makes_a_learner_whom_the_key_finds_again() -> None:
    learner, key = learner_or_new(request_of(), FORM)

    assert learner_of(request_of(key)) == learner


def test_database_knows_a_digest_and_never_the_key() -> None:
    _, key = learner_or_new(request_of(), FORM)

    assert key
    assert len(key) == 22  # 128 bits
    assert key not in str(Learner.objects.values().get())


def test_double_click_makes_one_learner() -> None:
    first, second = (learner_or_new(request_of(), FORM) for _ in range(2))

    assert first == second


def test_form_that_is_sent_again_much_later_finds_nobody() -> None:
    learner, key = learner_or_new(request_of(), FORM)
    Learner.objects.update(created_at=timezone.now() - learners.REPEATED)

    other, other_key = learner_or_new(request_of(), FORM)

    assert other != learner
    assert other_key != key


def test_key_that_somebody_made_up_is_never_taken() -> None:
    with pytest.raises(learners.LearnerGone):
        learner_or_new(request_of("chosen-by-somebody"), FORM)

    assert learner_of(request_of("chosen-by-somebody")) is None


def test_whoever_is_logged_in_practises_under_their_account() -> None:
    user = User.objects.create_user("ada")
    _, key = learner_or_new(request_of(), FORM)

    learner, given = learner_or_new(request_of(key, user), uuid4())

    assert learner.user == user
    assert given is None
    assert learner_of(request_of(user=user)) == learner


def test_account_without_practice_is_nobody() -> None:
    assert learner_of(request_of(user=User.objects.create_user("ada"))) is None


def test_one_address_makes_a_class_of_learners_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learners, "MOST_NEW", 2)
    for _ in range(2):
        learner_or_new(request_of(), uuid4())

    with pytest.raises(learners.TooManyLearners):
        learner_or_new(request_of(), uuid4())
    assert learner_or_new(request_of(REMOTE_ADDR="192.0.2.1"), uuid4())


def test_cookie_is_read_by_no_script_and_sent_with_no_form_from_elsewhere() -> None:
    response = HttpResponse()

    remember(response, "key")

    cookie = response.cookies[learners.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert cookie["max-age"] == timedelta(days=400).total_seconds()


def test_practice_page_is_kept_by_nobody_and_named_to_nobody() -> None:
    response = practice_page(lambda request: HttpResponse())(request_of(HTTP_SEC_FETCH_SITE="same-origin"))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_form_from_elsewhere_changes_nothing(site: str) -> None:
    called: list[HttpRequest] = []

    response = practice_page(lambda request: called.append(request) or HttpResponse())(  # type: ignore[func-returns-value]
        request_of(HTTP_SEC_FETCH_SITE=site)
    )

    assert response.status_code == 403
    assert not called


def test_learners_who_stay_away_are_forgotten() -> None:
    now = timezone.now()
    kept = {
        Learner.objects.create(key_digest="1"),
        Learner.objects.create(key_digest="2", created_at=now - timedelta(days=29)),
        Learner.objects.create(key_digest="3", created_at=now - timedelta(days=500), reviewed_at=now - timedelta(399)),
        Learner.objects.create(user=User.objects.create_user("ada"), created_at=now - timedelta(days=900)),
    }
    Learner.objects.create(key_digest="4", created_at=now - timedelta(days=31))
    Learner.objects.create(key_digest="5", created_at=now - timedelta(500), reviewed_at=now - timedelta(days=401))

    call_command("forget_learners")

    assert set(Learner.objects.all()) == kept


def test_no_key_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        _, key = learner_or_new(request_of(), FORM)

    assert key
    assert key not in caplog.text
