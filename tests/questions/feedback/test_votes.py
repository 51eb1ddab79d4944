"""Readers say whether a question helped, and editors read why."""

import pickle
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache, caches
from django.core.cache.backends import locmem
from django.test import Client
from django.utils import timezone

from hub.caches import caches_at
from hub.rate_limits import is_within_limit
from questions import version
from questions.feedback import votes
from questions.feedback.votes import LIMIT, MOST_REASONS, MOST_VOTES, cast
from questions.models import Question, Vote
from tests.conftest import Bank
from tests.hub.redis_server import RedisServer, redis_server

ADDRESS = "/votes/PY-BEG-001/"
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def _nobody_has_voted() -> None:
    cache.clear()


@pytest.fixture
def reader() -> Client:
    """Somebody whose browser has no token and says where its forms were sent from."""
    return Client(enforce_csrf_checks=True, headers=HERE)


def refused(reader: Client, status: int, values: dict[str, Any], **options: Any) -> str:
    """The page that a vote is refused with."""
    response = reader.post(ADDRESS, values, **options)
    assert response.status_code == status
    assert not Vote.objects.exists()
    return unescape(response.content.decode())


def test_vote_counts_and_leads_back_to_the_thanks(bank: Bank, reader: Client) -> None:
    question = bank.add()

    response = reader.post(ADDRESS, {"helpful": "no", "reason": "Too short."})

    assert response.status_code == 303
    assert response["Location"] == "/questions/PY-BEG-001/#thanks"
    assert question.votes.values_list("helpful", "reason").get() == (False, "Too short.")


def test_the_page_that_one_comes_back_to_has_the_form_and_the_thanks(bank: Bank, client: Client) -> None:
    bank.add()

    html = client.get("/questions/PY-BEG-001/").content.decode()

    assert f'action="{ADDRESS}" method="post"' in html
    assert 'id="thanks"' in html
    assert "csrf" not in html


def test_second_vote_of_a_browser_replaces_its_first(bank: Bank, reader: Client) -> None:
    question = bank.add()

    reader.post(ADDRESS, {"helpful": "no", "reason": "Why?"})
    reader.post(ADDRESS, {"helpful": "yes"})

    assert question.votes.values_list("helpful", "reason").get() == (True, "")


def test_another_browser_has_its_own_vote(bank: Bank, reader: Client) -> None:
    question = bank.add()

    reader.post(ADDRESS, {"helpful": "no"})
    Client(headers=HERE).post(ADDRESS, {"helpful": "yes"})

    assert question.votes.tally() == {"yes": 1, "no": 1}


def test_votes_of_one_browser_cannot_be_told_to_be_so(bank: Bank, reader: Client) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002")

    reader.post(ADDRESS, {"helpful": "yes"})
    reader.post("/votes/PY-BEG-002/", {"helpful": "yes"})

    stored = set(Vote.objects.values_list("voter", flat=True))
    assert len(stored) == 2
    assert not any(voter in reader.cookies[votes.COOKIE].value for voter in stored)


def test_cookie_goes_nowhere_else_and_no_script_reads_it(bank: Bank, reader: Client) -> None:
    bank.add()

    cookie = reader.post(ADDRESS, {"helpful": "yes"}).cookies[votes.COOKIE]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/votes/", True, "Strict")


def test_looking_sets_no_cookie(bank: Bank, reader: Client) -> None:
    bank.add()

    assert not reader.get("/questions/PY-BEG-001/").cookies
    assert not reader.get(ADDRESS).cookies


def test_forged_cookie_changes_nobodys_vote(bank: Bank, reader: Client) -> None:
    question = bank.add()
    cast(question, "known", helpful=True, reason="")
    reader.cookies[votes.COOKIE] = "known:forged"

    reader.post(ADDRESS, {"helpful": "no"})

    assert question.votes.tally() == {"yes": 1, "no": 1}


def test_vote_makes_no_new_version_of_the_content(bank: Bank, reader: Client) -> None:
    bank.add()
    before = version.version()

    reader.post(ADDRESS, {"helpful": "yes"})

    version.forget()
    assert version.version() == before


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose Yes or No."),
        ({"helpful": "maybe"}, "Choose Yes or No."),
        ({"helpful": "yes", "reason": "x" * 501}, "Your reason has 501 characters; at most 500 fit."),
        ({"helpful": "yes", "reason": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_bad_vote_is_told_and_nothing_is_lost(
    bank: Bank, reader: Client, values: dict[str, str], sentence: str
) -> None:
    bank.add()

    html = refused(reader, 400, values)

    assert sentence in html
    assert values.get("reason", "") in html
    assert values.get("helpful") != "yes" or 'value="yes" required checked' in html


def test_reason_of_500_characters_fits_whatever_ends_its_lines(bank: Bank, reader: Client) -> None:
    question = bank.add()

    reader.post(ADDRESS, {"helpful": "yes", "reason": "a\r\n" * 249 + "ab"})

    assert question.votes.get().reason == "a\n" * 249 + "ab"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "https://elsewhere.example"},
        {"sec-fetch-site": "", "origin": "null"},
        {"sec-fetch-site": ""},
    ],
)
def test_vote_from_elsewhere_is_refused(bank: Bank, reader: Client, headers: dict[str, str]) -> None:
    bank.add()

    html = refused(reader, 403, {"helpful": "yes", "reason": "Kept."}, headers=headers)

    assert votes.ELSEWHERE in html
    assert "Kept." in html


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://testserver"])
def test_older_browser_says_by_its_origin_that_it_is_here(bank: Bank, origin: str) -> None:
    question = bank.add()

    Client(headers={"origin": origin}).post(ADDRESS, {"helpful": "yes"})

    assert question.votes.tally()["yes"] == 1


def test_votes_from_one_address_are_limited(bank: Bank, reader: Client) -> None:
    bank.add()
    for _ in range(MOST_VOTES):
        Client(headers=HERE).post(ADDRESS, {})  # What is refused for another reason does not count.
        is_within_limit(reader.get(ADDRESS).wsgi_request, LIMIT, MOST_VOTES)

    html = refused(reader, 429, {"helpful": "no", "reason": "Kept."})

    assert votes.TOO_MANY in html
    assert "Kept." in html


def test_neighbours_of_one_ipv6_network_share_a_limit(bank: Bank, reader: Client) -> None:
    bank.add()
    for number in range(MOST_VOTES):
        is_within_limit(reader.get(ADDRESS, REMOTE_ADDR=f"2001:db8::{number:x}").wsgi_request, LIMIT, MOST_VOTES)

    assert not is_within_limit(reader.get(ADDRESS, REMOTE_ADDR="2001:db8::ffff").wsgi_request, LIMIT, MOST_VOTES)
    assert is_within_limit(reader.get(ADDRESS, REMOTE_ADDR="2001:db8:0:1::1").wsgi_request, LIMIT, MOST_VOTES)


def test_vote_through_a_unix_socket_counts(bank: Bank, reader: Client) -> None:
    bank.add()

    assert reader.post(ADDRESS, {"helpful": "yes"}, REMOTE_ADDR="").status_code == 303


def test_limit_keeps_no_address(bank: Bank, reader: Client) -> None:
    bank.add()

    reader.post(ADDRESS, {"helpful": "yes"}, REMOTE_ADDR="192.0.2.77")

    assert "192.0.2.77" not in str(vars(locmem)["_caches"])


def test_the_newest_reasons_are_kept_and_every_vote_counts(bank: Bank) -> None:
    question = bank.add()
    now = timezone.now()
    Vote.objects.bulk_create(
        Vote(question=question, voter=str(n), helpful=False, reason=f"r{n}", cast_at=now - timedelta(days=n))
        for n in range(1, MOST_REASONS + 1)
    )

    cast(question, "new", helpful=True, reason="The newest.")

    assert question.votes.tally() == {"yes": 1, "no": MOST_REASONS}
    assert question.votes.with_reason().count() == MOST_REASONS
    assert not question.votes.filter(reason=f"r{MOST_REASONS}").exists()


@pytest.mark.parametrize("code", ["PY-BEG-404", "PY-BEG-002"])
def test_missing_question_and_draft_are_a_404(bank: Bank, reader: Client, code: str) -> None:
    bank.add("PY-BEG-002", status="draft")

    response = reader.post(f"/votes/{code}/", {"helpful": "yes"})

    assert response.status_code == 404
    assert f"There is no question {code}." in response.content.decode()


def test_form_has_a_page_of_its_own(bank: Bank, reader: Client) -> None:
    question = bank.add()

    html = unescape(reader.get(ADDRESS).content.decode())

    assert question.title in html
    assert "Choose Yes or No." not in html


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_votes_are_only_posted(bank: Bank, reader: Client, method: str) -> None:
    bank.add()

    assert getattr(reader, method)(ADDRESS).status_code == 405


# Editors.


@pytest.fixture
def hostile(bank: Bank) -> Question:
    """A question with a vote whose reason would do harm."""
    question = bank.add()
    cast(question, "a", helpful=False, reason="<script>alert(1)</script>")
    return question


def test_editors_see_votes_and_reasons_on_the_question(editor: Client, hostile: Question) -> None:
    html = editor.get(f"/admin/questions/question/{hostile.pk}/change/").content.decode()

    assert "0 found it helpful, 1 did not." in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize(
    "query", ["", "?reason__isempty=0", "?helpful__exact=0", "?question__id__exact={pk}", "?q=PY-"]
)
def test_editors_have_a_list_of_votes(editor: Client, hostile: Question, query: str) -> None:
    response = editor.get(f"/admin/questions/vote/{query.format(pk=hostile.pk)}")

    assert response.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.content.decode()


def test_editors_can_strike_a_vote_off_but_not_make_or_change_one(editor: Client, hostile: Question) -> None:
    pk = hostile.votes.get().pk

    assert editor.get("/admin/questions/vote/add/").status_code == 403
    assert editor.post(f"/admin/questions/vote/{pk}/change/", {"helpful": "on"}).status_code == 403
    editor.post(f"/admin/questions/vote/{pk}/delete/", {"post": "yes"})
    assert not hostile.votes.exists()


def test_stranger_does_not_see_the_list(client: Client, db: None) -> None:
    assert client.get("/admin/questions/vote/").status_code == 302


# The limit, where a Redis keeps it.


@pytest.fixture
def redis(settings: LazySettings) -> Iterator[RedisServer]:
    with redis_server() as server:
        settings.CACHES = caches_at(server.url)
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, cache_url=server.url)
        caches["process"].clear()
        yield server


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes, "MOST_VOTES", 2)


def statuses(reader: Client) -> list[int]:
    return [reader.post(ADDRESS, {"helpful": "yes"}).status_code for _ in range(3)]


def test_limit_is_kept_in_redis(redis: RedisServer, few: None, bank: Bank, reader: Client) -> None:
    bank.add()

    assert statuses(reader) == [303, 303, 429]
    assert statuses(Client(headers=HERE)) == [429] * 3


def test_limit_is_the_process_own_while_redis_is_away(
    redis: RedisServer, few: None, bank: Bank, reader: Client
) -> None:
    bank.add()
    redis.stop()

    assert statuses(reader) == [303, 303, 429]


@pytest.mark.parametrize("garbage", [b"garbage", b"", b"9" * 40, pickle.dumps(1)])
def test_limit_is_the_process_own_while_redis_holds_garbage(
    garbage: bytes, redis: RedisServer, few: None, bank: Bank, reader: Client
) -> None:
    bank.add()
    reader.post(ADDRESS, {"helpful": "yes"})
    with closing(caches["default"]._cache.get_client()) as client:  # type: ignore[attr-defined]
        (key,) = client.keys("*")
        client.set(key, garbage)

    assert statuses(reader) == [303, 303, 429]


def test_limit_is_the_process_own_while_redis_holds_another_type(
    redis: RedisServer, few: None, bank: Bank, reader: Client
) -> None:
    bank.add()
    reader.post(ADDRESS, {"helpful": "yes"})
    with closing(caches["default"]._cache.get_client()) as client:  # type: ignore[attr-defined]
        (key,) = client.keys("*")
        client.delete(key)
        client.lpush(key, "garbage")

    assert statuses(reader) == [303, 303, 429]
