"""What visitors get from the page cache: what Django would say, once for all of them, and never what another sent."""

import json
import logging
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import path
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hub.pages.address import canonical, public_page
from hub.pages.cache import PageCache
from hub.pages.coding import best_coding
from hub.urls import urlpatterns as hub_urlpatterns
from questions.models import MissedSearch
from questions.version import version
from tests.conftest import Bank
from tests.hub.wsgi_client import Counted, Received, ask

pytestmark = pytest.mark.usefixtures("connections_kept")

LIST = "/questions/"


@public_page("a", "b", repeatable=["c"])
def told(request: HttpRequest, name: str = "") -> HttpResponse:
    """A careless view: its page shows everything that it is told."""
    heard = {key: value for key, value in request.META.items() if isinstance(value, str)}
    return HttpResponse(json.dumps([heard, request.method, request.GET.urlencode(), request.body.decode()]))


def answering(response: Callable[[], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view that has declared to be public and answers so."""
    return public_page()(lambda request: response())


urlpatterns = [
    path("told/", told),
    path("told/<str:name>/", told),
    path("undeclared/", lambda request: HttpResponse("x", headers={"Cache-Control": "public"})),
    path("cookie/", answering(lambda: HttpResponse("x", headers={"Set-Cookie": "a=1"}))),
    path("vary/", answering(lambda: HttpResponse("x", headers={"Vary": "Cookie"}))),
    path("language/", answering(lambda: HttpResponse("x", headers={"Vary": "Accept-Encoding, Accept-Language"}))),
    path("private/", answering(lambda: HttpResponse("x", headers={"Cache-Control": "private"}))),
    path("encoded/", answering(lambda: HttpResponse("x", headers={"Content-Encoding": "br"}))),
    path("missing/", answering(lambda: HttpResponse("x", status=404, headers={"Cache-Control": "public"}))),
    path("streamed/", answering(lambda: StreamingHttpResponse(iter(["x"])))),
    path("huge/", answering(lambda: HttpResponse("x" * (2**20 + 1)))),
    path("large/", answering(lambda: HttpResponse("x" * 2**20))),
    path("picture/", answering(lambda: HttpResponse(b"x" * 1000, content_type="image/png"))),
    *hub_urlpatterns,
]


class Site:
    """The hub as a server has it."""

    def __init__(self) -> None:
        self.django = Counted(WSGIHandler())
        self.cache = PageCache(self.django, version)

    def get(self, target: str, **environ: Any) -> Received:
        return ask(self.cache, target, **environ)

    def head(self, target: str, **environ: Any) -> Received:
        return ask(self.cache, target, "HEAD", **environ)

    @property
    def made(self) -> int:
        """How many requests Django has answered."""
        return self.django.requests


@pytest.fixture
def site(bank: Bank) -> Site:
    """A hub with one question that nobody has visited."""
    bank.add("PY-BEG-001", title="What is a list?")
    return Site()


def test_search_that_finds_nothing_is_made_anew_to_count_who_asks(site: Site) -> None:
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        assert site.get("/questions/?q=quokka", REMOTE_ADDR=address).status == 200

    search = MissedSearch.objects.get()
    assert (site.made, search.count, search.visitor) == (3, 3, "")


# Hits.


def test_only_the_first_visitor_of_a_page_is_answered_by_django(site: Site) -> None:
    first, second = site.get(LIST), site.get(LIST)

    assert (first.status, site.made) == (200, 1)
    assert "What is a list?" in first.text
    assert second == first


@pytest.mark.parametrize("target", ["/", LIST, "/questions/PY-BEG-001/"])
def test_public_pages_are_kept(target: str, site: Site) -> None:
    site.get(target)
    site.get(target)

    assert site.made == 1


def test_hit_has_what_django_says_and_an_etag(site: Site) -> None:
    site.get(LIST)

    hit = site.get(LIST)

    own = ask(site.django.application, LIST)
    added = {"ETag": hit.headers["ETag"], "Vary": "Accept-Encoding", "Content-Length": str(len(own.body))}
    assert hit.headers == own.headers | added
    assert hit.body == own.body


def test_page_is_the_same_whenever_it_is_made(site: Site) -> None:
    assert site.get(LIST) == Site().get(LIST)


def test_browsers_ask_each_time_and_a_cdn_once_a_minute(site: Site) -> None:
    control = site.get(LIST).headers["Cache-Control"]

    assert set(control.split(", ")) == {"public", "max-age=0", "s-maxage=60", "stale-while-revalidate=1"}


# Addresses.


@pytest.mark.parametrize(
    "target",
    [
        "/questions/?technology=sql&level=beginner&technology=python",
        "/questions/?technology=sql&technology=python&technology=sql&level=beginner",
        "/questions/?utm_source=x&technology=python&technology=sql&level=beginner&LEVEL=y",
        "/questions/?technology=p%79thon&technology=s%71l&lev%65l=beginner&&",
    ],
)
def test_spellings_of_an_address_are_one_page(target: str, site: Site) -> None:
    first = site.get("/questions/?technology=python&technology=sql&level=beginner")

    second = site.get(target)

    assert second == first
    assert (site.made, len(site.cache.pages)) == (1, 1)


def test_last_of_two_values_counts_where_one_is_meant(site: Site) -> None:
    first = site.get("/questions/?sort=code&sort=newest")

    second, third = site.get("/questions/?sort=newest"), site.get("/questions/?sort=code")

    assert (second, site.made) == (first, 2)
    assert third.text != first.text


@pytest.mark.parametrize("target", ["/", "/questions/PY-BEG-001/", "/questions/?q=list", "/questions/?level=beginner"])
def test_addresses_do_not_mix(target: str, site: Site) -> None:
    site.get(LIST)

    page = site.get(target)

    assert page.body == ask(site.django.application, target).body


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=3)
parameters = st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d", "é", ""]), texts), max_size=6)


@pytest.mark.one_database
@given(parameters)
@override_settings(ROOT_URLCONF=__name__)
def test_canonical_query_says_what_the_query_said(pairs: list[tuple[str, str]]) -> None:
    asked = QueryDict(urlencode(pairs))

    address = canonical("/told/", urlencode(pairs))

    assert address
    understood = QueryDict(address.query)
    assert set(understood) == {"a", "b", "c"} & set(asked)
    assert [understood.get(name) for name in "ab"] == [asked.get(name) for name in "ab"]
    assert understood.getlist("c") == sorted(set(asked.getlist("c")))


@pytest.mark.one_database
@given(
    st.dictionaries(st.sampled_from(["a", "b", "d", "é"]), texts).flatmap(lambda it: st.permutations(list(it.items())))
)
@override_settings(ROOT_URLCONF=__name__)
def test_order_of_parameters_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    assert canonical("/told/", urlencode(pairs)) == canonical("/told/", urlencode(sorted(pairs)))


# What visitors may send, and what it must not change.

SENT = {
    "forwarded host": {"HTTP_X_FORWARDED_HOST": "evil.invalid", "HTTP_FORWARDED": "host=evil.invalid"},
    "forwarded scheme": {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_PORT": "1"},
    "another name of the host": {"HTTP_HOST": "localhost:1234"},
    "cookies": {"HTTP_COOKIE": "csrf=evil; my-session=evil; sessions=evil; theme=session"},
    "language": {"HTTP_ACCEPT_LANGUAGE": "evil"},
    "agent": {"HTTP_USER_AGENT": "evil", "HTTP_REFERER": "evil", "HTTP_ACCEPT": "evil"},
    "script": {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_HX_REQUEST": "true"},
    "another address": {"HTTP_X_ORIGINAL_URL": "/evil/", "HTTP_X_REWRITE_URL": "/evil/", "RAW_URI": "/evil/"},
    "another method": {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    "its own address": {"REMOTE_ADDR": "192.0.2.1", "SERVER_NAME": "evil", "SERVER_PORT": "1"},
    "a body": {"content": b"evil", "CONTENT_TYPE": "application/x-www-form-urlencoded"},
    "unknown parameters": {"QUERY_STRING": "evil=1&utm_source=evil&_=evil"},
}


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_what_the_first_visitor_sends_changes_nothing(sent: dict[str, Any], site: Site) -> None:
    innocent = Site().get("/told/")

    poisoned = site.get("/told/", **sent)

    assert "evil" not in poisoned.text
    assert site.get("/told/") == poisoned == innocent
    assert site.made == 1


@pytest.mark.urls(__name__)
def test_the_first_visitor_may_ask_for_the_head_alone(site: Site) -> None:
    head = site.head("/told/")

    page = site.get("/told/")

    assert (head.body, site.made) == (b"", 1)
    assert head.headers == page.headers
    assert int(head.headers["Content-Length"]) == len(page.body) > 0


def test_credentials_that_a_proxy_asks_for_change_nothing(site: Site) -> None:
    page = site.get(LIST)

    assert site.get(LIST, HTTP_AUTHORIZATION="Basic eDp5") == page
    assert site.made == 1


ALONE = {
    "unknown host": {"HTTP_HOST": "evil.invalid"},
    "host with a user": {"HTTP_HOST": "127.0.0.1@evil.invalid"},
    "no host": {"HTTP_HOST": ""},
    "another scheme": {"wsgi.url_scheme": "https"},
    "another root": {"SCRIPT_NAME": "/evil"},
    "range": {"HTTP_RANGE": "bytes=0-1"},
    "session": {"HTTP_COOKIE": "a=1; session=x"},
    "posted": {"REQUEST_METHOD": "POST"},
}


@pytest.mark.parametrize("sent", ALONE.values(), ids=ALONE)
def test_special_requests_are_for_django(sent: dict[str, Any], site: Site) -> None:
    site.get(LIST)

    answers = [site.get(LIST, **sent) for _ in range(2)]

    assert (site.made, len(site.cache.pages)) == (3, 1)
    assert answers[0] == ask(site.django.application, LIST, **sent)


def test_unknown_host_is_refused_though_the_page_is_kept(site: Site) -> None:
    site.get(LIST)

    assert site.get(LIST, HTTP_HOST="evil.invalid").status == 400


visits = st.lists(
    st.tuples(
        st.sampled_from(["/told/", "/told/x/", "/told/%C3%A9/", "/told/?a=1", "/told/?a=2&c=1", "/told/?c=1&z=9&a=2"]),
        st.sampled_from(["GET", "HEAD"]),
        st.fixed_dictionaries(
            {},
            optional={
                "HTTP_ACCEPT_ENCODING": st.sampled_from(["br", "gzip", "gzip, br", "identity", "br;q=0, *", ""]),
                "HTTP_HOST": st.sampled_from(["127.0.0.1", "127.0.0.1:9", "localhost", "[::1]:8000"]),
                "HTTP_COOKIE": st.sampled_from(["a=1", "csrf=2"]),
                "HTTP_ACCEPT_LANGUAGE": st.sampled_from(["de", "fr"]),
                "HTTP_X_FORWARDED_HOST": st.just("evil.invalid"),
            },
        ),
    ),
    max_size=12,
)


@pytest.mark.one_database
@given(visits)
@hypothesis_settings(max_examples=60, deadline=None)
@override_settings(ROOT_URLCONF=__name__)
def test_whoever_came_before_a_visitor_gets_the_page_of_the_address(sequence: list[tuple[str, str, Any]]) -> None:
    application = WSGIHandler()
    shared = PageCache(application, lambda: 1)

    for target, method, sent in sequence:
        answer = ask(shared, target, method, **sent)

        accepted = {name: sent[name] for name in sent if name == "HTTP_ACCEPT_ENCODING"}
        assert answer == ask(PageCache(application, lambda: 1), target, method, **accepted)


# Answers that are not for everybody.


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    "name",
    ["undeclared", "cookie", "vary", "language", "private", "encoded", "missing", "streamed", "huge"],
)
def test_answers_that_are_not_for_everybody_are_not_kept(name: str, site: Site) -> None:
    first, second = site.get(f"/{name}/"), site.get(f"/{name}/")

    assert first == second
    assert first.body.startswith(b"x")
    assert (site.made, len(site.cache.pages)) == (2, 0)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("name", ["streamed", "huge", "missing"])
def test_head_of_an_answer_that_is_not_kept_has_no_body(name: str, site: Site) -> None:
    assert site.head(f"/{name}/").body == b""


@pytest.mark.urls(__name__)
def test_a_page_of_a_mebibyte_is_kept(site: Site) -> None:
    site.get("/large/")
    site.get("/large/")

    assert site.made == 1


def test_missing_question_and_redirect_are_not_kept(site: Site) -> None:
    statuses = [site.get(f"/questions/{code}/").status for code in ("PY-BEG-999", "py-beg-001")]

    assert (statuses, len(site.cache.pages)) == ([404, 301], 0)


def test_editor_sees_pages_that_no_cache_may_keep(site: Site, editor: Client) -> None:
    cookie = f"session={editor.cookies['session'].value}"

    page = site.get(LIST, HTTP_COOKIE=cookie)

    assert page.status == 200
    assert set(page.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert len(site.cache.pages) == 0


# Codings.


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.9", "gzip"),
        ("br;q=0", "identity"),
        ("br;q=0.000, gzip;q=0.001", "gzip"),
        ("br ; q=0 , gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity, br;q=0.5", "identity"),
        ("identity;q=0.5, br;q=0.7", "br"),
        ("identity;q=0", "identity"),
        ("br;q=2", "identity"),
        ("br;q=", "identity"),
        ("br;level=5", "identity"),
        ("brotli", "identity"),
        ("deflate, zstd", "identity"),
        (";q=1,,;", "identity"),
    ],
)
def test_best_coding_is_one_that_the_visitor_accepts(accepted: str, coding: str) -> None:
    assert best_coding(accepted) == coding


@given(st.text(st.sampled_from("brgzip*,;=q01. xdentiy-\t")))
def test_any_accept_encoding_names_a_coding(accepted: str) -> None:
    assert best_coding(accepted) in {"br", "gzip", "identity"}


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_compressed_page_is_the_plain_page(coding: str, site: Site) -> None:
    plain = site.get(LIST)

    compressed = site.get(LIST, HTTP_ACCEPT_ENCODING=coding)

    assert compressed.headers["Content-Encoding"] == coding
    assert compressed.text == plain.text
    assert int(compressed.headers["Content-Length"]) == len(compressed.body) < len(plain.body)
    assert site.made == 1


def test_each_coding_has_an_etag_of_its_own_and_tells_caches_so(site: Site) -> None:
    pages = [site.get(LIST, HTTP_ACCEPT_ENCODING=coding) for coding in ("identity", "gzip", "br")]

    assert len({page.headers["ETag"] for page in pages}) == 3
    assert {page.headers["Vary"] for page in pages} == {"Accept-Encoding"}
    assert not any(page.headers["ETag"].startswith("W/") for page in pages)


@pytest.mark.urls(__name__)
def test_picture_is_not_compressed(site: Site) -> None:
    picture = site.get("/picture/", HTTP_ACCEPT_ENCODING="br, gzip")

    assert "Content-Encoding" not in picture.headers
    assert picture.body == b"x" * 1000


# 304.


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', '"a,b", W/{} , "c"', "*"])
def test_known_page_is_not_sent_again(known: str, site: Site) -> None:
    etag = site.get(LIST).headers["ETag"]

    answer = site.get(LIST, HTTP_IF_NONE_MATCH=known.format(etag))

    assert (answer.status, answer.body, site.made) == (304, b"", 1)
    assert answer.headers["ETag"] == etag
    assert answer.headers.keys() == {"ETag", "Vary", "Cache-Control"}


@pytest.mark.parametrize("known", ['"other"', "", "nonsense", '"'])
def test_unknown_page_is_sent(known: str, site: Site) -> None:
    assert site.get(LIST, HTTP_IF_NONE_MATCH=known).status == 200


def test_page_known_in_another_coding_is_sent(site: Site) -> None:
    etag = site.get(LIST, HTTP_ACCEPT_ENCODING="br").headers["ETag"]

    assert site.get(LIST, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etag).status == 200


def test_etag_still_holds_after_the_page_was_made_anew(site: Site) -> None:
    etag = site.get(LIST).headers["ETag"]

    assert Site().get(LIST, HTTP_IF_NONE_MATCH=etag).status == 304


def test_head_of_a_known_page_is_not_sent_again(site: Site) -> None:
    etag = site.head(LIST).headers["ETag"]

    assert site.head(LIST, HTTP_IF_NONE_MATCH=etag).status == 304


# Changes.


def test_edit_in_the_same_process_shows_at_once_and_old_pages_go(site: Site, bank: Bank) -> None:
    old = [site.get(target) for target in (LIST, "/", "/?x")]

    bank.add("PY-BEG-002", title="What is a tuple?")

    assert "What is a tuple?" in site.get(LIST).text
    assert old[0].headers["ETag"] != site.get(LIST).headers["ETag"]
    assert len(site.cache.pages) == 1


def test_page_made_of_old_content_is_not_kept_for_new_content() -> None:
    versions = iter([1, 2, 2])
    pages = iter(["old", "new"])

    def django(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = next(pages)
        if body == "old":  # While it is made, somebody else sees the new version.
            assert ask(cache, "/").text == "new"
        response = HttpResponse(body, headers={"Cache-Control": "public"})
        start_response("200 OK", list(response.items()))
        return response

    cache = PageCache(django, lambda: next(versions))

    assert ask(cache, "/").text == "old"
    assert ask(cache, "/").text == "new"


@pytest.mark.django_db(transaction=True)
def test_without_the_version_django_answers(site: Site) -> None:
    def unreachable() -> int:
        raise OperationalError

    site.cache.version = unreachable

    assert [site.get(LIST).status for _ in range(2)] == [200, 200]
    assert site.made == 2


def test_page_in_memory_is_sent_with_its_age_while_the_database_does_not_answer(site: Site) -> None:
    def unreachable() -> int:
        raise OperationalError

    page = site.get(LIST)
    site.cache.version = unreachable

    again = site.get(LIST)

    assert (again.status, again.body, site.made) == (200, page.body, 1)
    assert again.headers["Age"] == "0"
    assert "Age" not in page.headers


# Memory.


@pytest.mark.slow
@pytest.mark.one_database
def test_memory_is_bounded_whatever_is_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "hub.request")  # pytest would remember each line.
    limit = 2**20

    def django(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        response = HttpResponse(environ["QUERY_STRING"] * 20, headers={"Cache-Control": "public", "X-Name": "value"})
        start_response("200 OK", list(response.items()))
        return response

    cache = PageCache(django, lambda: 1, memory=limit)

    def visit(numbers: range) -> None:
        for number in numbers:
            sent: dict[str, Any] = {"HTTP_ACCEPT_ENCODING": f"x{number}", "HTTP_HOST": f"127.0.0.1:{number}"}
            ask(cache, f"/questions/?q={number}", **sent)

    visit(range(40_000))  # Every table is full.
    tracemalloc.start()
    visit(range(40_000, 50_000))
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 0 < cache.pages.size <= limit
    assert len(cache.pages) < 300
    # What was allocated since then took the place of what was there before.
    assert grown < 3 * limit


def test_least_recently_used_page_goes_first() -> None:
    made = []

    def django(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        made.append(environ["QUERY_STRING"])
        response = HttpResponse(b"x" * 100_000, content_type="image/png", headers={"Cache-Control": "public"})
        start_response("200 OK", list(response.items()))
        return response

    cache = PageCache(django, lambda: 1, memory=220_000)

    for number in (1, 2, 1, 3, 1, 2):
        ask(cache, f"/questions/?q={number}")

    assert made == ["q=1", "q=2", "q=3", "q=2"]


def test_page_larger_than_the_memory_is_sent_all_the_same(site: Site) -> None:
    site.cache.pages.limit = 10

    assert [site.get(LIST).status for _ in range(2)] == [200, 200]
    assert len(site.cache.pages) == 0


# Logs.


def test_each_request_is_logged_once_as_it_was_made(site: Site, records: list[logging.LogRecord]) -> None:
    etag = site.head(LIST).headers["ETag"]
    site.get("/questions/?q=secret")
    site.get(LIST, HTTP_IF_NONE_MATCH=etag)
    site.get("/questions/PY-BEG-999/")
    site.get("/healthz")

    logged = [record.getMessage().rsplit(" ", 2)[0] for record in records]
    assert logged == [
        "HEAD /questions/ 200",
        "GET /questions/ 200",
        "GET /questions/ 304",
        "GET /questions/PY-BEG-999/ 404",
        "GET /healthz 200",
    ]


@pytest.mark.urls(__name__)
def test_hit_is_logged_with_its_path_quoted(site: Site, records: list[logging.LogRecord]) -> None:
    for _ in range(2):
        site.get("/told/%0A%C3%A9/")

    assert {record.__dict__["path"] for record in records} == {"/told/%0A%C3%A9/"}
