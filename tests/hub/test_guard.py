"""What stands in front of Django: no header chooses a codec, no body is longer than it may be, no 500 is bare."""

import time
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.wsgi import get_wsgi_application
from django.test import Client

from hub.guard import Guard, body_limit
from hub.head import without_body_on_head
from hub.headers import DENIED_FEATURES
from hub.pages.wsgi import Application, Environ, StartResponse
from questions.models import Question
from tests.conftest import Bank
from tests.hub.wsgi_client import Received, ask

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("connections_kept")]

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
VOTE, IMPORT = "/votes/PY-BEG-001/", "/admin/questions/question/import/"
ADDRESSES = ["/", "/nowhere/", VOTE, "/admin/login/", "/admin/nowhere/", "/static/nothing.css", "/healthz"]
FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_COOKIE": "csrf=" + "a" * 32}
CODECS = ["punycode", "rot13", "utf-16", "utf-7", "idna", "unicode_escape", "latin-1", "zlib", "made-up", ""]
LENGTHS = ["-1", "+1", "1_0", "0x10", "1.0", "١", "nonsense", "9" * 19]


def part(name: str = "helpful", content: bytes = b"yes", more: str = "", header: str = "") -> bytes:
    disposition = f'Content-Disposition: form-data; name="{name}"{more}'
    return f"--b\r\n{disposition}\r\n{header}\r\n".encode() + content + b"\r\n"


class Unreadable:
    """A body that fails the test if anybody reads it."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("The body was read.")


@pytest.fixture
def django() -> Application:
    return without_body_on_head(get_wsgi_application())


@pytest.fixture
def hub(django: Application, bank: Bank) -> Application:
    bank.add("PY-BEG-001")
    return Guard(django, django)


def post(hub: Application, address: str, content: bytes, kind: str, **environ: Any) -> Received:
    return ask(hub, address, "POST", content, **(FROM_HERE | {"CONTENT_TYPE": kind} | environ))


def as_editor(client: Client) -> dict[str, str]:
    return {"HTTP_COOKIE": f"session={client.cookies['session'].value}"}


def assert_refused(received: Received, *statuses: int) -> None:
    """The status is one of these, there is a sentence, and the headers are those of every page."""
    assert received.status in statuses
    if received.headers["Content-Type"] == "text/html; charset=utf-8":  # Of the admin.
        assert "<h1>This form was not taken.</h1>" in received.text
        assert "<p>Nothing was saved. " in received.text
    else:
        assert received.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert received.text.endswith(".\n")
    assert_guarded(received)


def assert_guarded(received: Received) -> None:
    assert "default-src 'none'" in received.headers["Content-Security-Policy"]
    assert received.headers["X-Frame-Options"] == "DENY"
    assert received.headers["X-Content-Type-Options"] == "nosniff"
    assert received.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert received.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert received.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert received.headers["Permissions-Policy"].count("=()") == len(DENIED_FEATURES)


# Codecs.


def test_body_in_a_costly_charset_is_refused_at_once(hub: Application, settings: LazySettings) -> None:
    settings.BODY_LIMITS = {"/": 2**20}
    body = part("reason", b"a" * 300_000) + b"--b--"
    begin = time.perf_counter()

    received = post(hub, VOTE, body, f"{MULTIPART}; charset=punycode")

    assert_refused(received, 415)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("codec", ["punycode", "rot13", "utf-16", "made-up"])
@pytest.mark.parametrize("address", ["/nowhere/", VOTE])
@pytest.mark.parametrize(
    "kind",
    [
        "a; charset={}",
        URLENCODED + "; charset={}",
        URLENCODED + '; charset="{}"',
        URLENCODED + "; charset*={}''utf-8",
        URLENCODED + "; charset=utf-8; charset={}",
        URLENCODED + "; x*={}''%61",
        MULTIPART + "; charset={}",
        "multipart/form-data; boundary*={}''b",
        "multipart/form-data; boundary*0*={}''b",
    ],
)
def test_content_type_chooses_no_codec(kind: str, address: str, codec: str, hub: Application) -> None:
    assert_refused(post(hub, address, b"helpful=yes", kind.format(codec)), 400, 415)


@pytest.mark.parametrize("codec", CODECS[:-1])
@pytest.mark.parametrize(
    ("more", "header"),
    [
        ("; filename*={}''%61", ""),
        ("; name*={}''%61", ""),
        ("; name*0*={}''%61", ""),
        ("", "Content-Type: text/plain; charset={}\r\n"),
        ('; filename="a"', 'Content-Type: text/plain; charset="{}"\r\n'),
        ("", "Content-Type: text/plain; charset*={}''utf-8\r\n"),
        ("", "Content-Transfer-Encoding: {}\r\n"),
    ],
)
def test_header_of_a_part_chooses_no_codec(more: str, header: str, codec: str, hub: Application) -> None:
    body = part(more=more.format(codec), header=header.format(codec)) + b"--b--"

    assert_refused(post(hub, VOTE, body, MULTIPART), 400, 415)


@pytest.mark.parametrize("header", ["Content-Transfer-Encoding: base64\r\n", "X-Made-Up: 1\r\n"])
def test_part_has_only_the_headers_that_browsers_send(header: str, hub: Application) -> None:
    assert_refused(post(hub, VOTE, part(header=header) + b"--b--", MULTIPART), 400)


@pytest.mark.parametrize("codec", CODECS)
def test_query_is_utf_8_whatever_the_content_type_says(codec: str, hub: Application) -> None:
    plain = ask(hub, "/questions/?q=caf%C3%A9")

    odd = ask(hub, "/questions/?q=caf%C3%A9", CONTENT_TYPE=f"a; charset={codec}", CONTENT_LENGTH="")

    assert (odd.status, odd.body) == (200, plain.body)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("body", [b"reason=\xff", b"reason=%FF", b"reason=%C3", b"%ED%A0%80=a"])
def test_urlencoded_body_that_is_not_utf_8_is_refused(body: bytes, address: str, hub: Application) -> None:
    assert_refused(post(hub, address, body, URLENCODED), 400)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", ["", "application/json", "text/plain", "multipart/mixed; boundary=b", "é", ";"])
def test_body_that_is_no_form_is_refused(kind: str, address: str, hub: Application) -> None:
    assert_refused(post(hub, address, b"{}", kind), 415)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"a=1"),
        ("multipart/form-data; boundary=b; boundary=c", part() + b"--b--"),
        (MULTIPART, b"nonsense"),
        (MULTIPART, part()),
        (MULTIPART, b"before" + part() + b"--b--"),
        (MULTIPART, part() + b"--b--after"),
        (MULTIPART, b"--b\r\nno header\r\n--b--"),
        (MULTIPART, b"--b\r\nContent-Type: text/plain\r\n\r\na\r\n--b--"),
        (MULTIPART, part(more='; filename="' + "a" * 1000 + '"') + b"--b--"),
        (MULTIPART, part(content=b"\xff") + b"--b--"),
        (MULTIPART, part(more='; filename="a"') * 101 + b"--b--"),
        (URLENCODED, b"&" * 1001),
    ],
)
def test_malformed_body_is_refused_on_every_address(kind: str, body: bytes, address: str, hub: Application) -> None:
    assert_refused(post(hub, address, body, kind), 400, 415)


@pytest.mark.parametrize("kind", [URLENCODED, f"{URLENCODED}; charset=UTF-8", f'{URLENCODED};charset="utf-8"'])
def test_vote_of_a_browser_counts(kind: str, hub: Application) -> None:
    assert post(hub, VOTE, "helpful=yes&reason=café".encode(), kind).status == 303
    assert Question.objects.get().votes.get().reason == "café"


def test_vote_may_come_as_multipart(hub: Application) -> None:
    body = part() + part("reason", "café\r\n--".encode()) + b"--b--\r\n"

    assert post(hub, VOTE, body, MULTIPART).status == 303
    assert Question.objects.get().votes.get().reason == "café\n--"


def test_longest_reason_fits_however_it_is_encoded(hub: Application) -> None:
    assert post(hub, VOTE, b"helpful=yes&reason=" + b"%F0%9F%99%82" * 500, URLENCODED).status == 303


# Lengths.


def test_longest_prefix_of_an_address_says_how_long_a_body_may_be() -> None:
    limits = [body_limit(path) for path in ("", "/votes/", "/admin", "/admin/login/", IMPORT)]

    assert limits == [16_384, 16_384, 16_384, 2_621_440, 10 * 2**20 + 16_384]


@pytest.mark.parametrize("address", [*ADDRESSES, IMPORT])
@pytest.mark.parametrize("length", [16_385, 300_000_000])
def test_strangers_long_body_is_refused_unread(length: int, address: str, hub: Application) -> None:
    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": Unreadable()}

    assert_refused(post(hub, address, b"", MULTIPART, **environ), 413)


@pytest.mark.parametrize("address", ADDRESSES)
def test_chunked_body_is_refused_unread(address: str, hub: Application) -> None:
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "", "wsgi.input": Unreadable()}

    assert_refused(post(hub, address, b"", URLENCODED, **environ), 411)


@pytest.mark.parametrize("length", LENGTHS)
def test_length_that_is_no_number_is_refused_unread(length: str, hub: Application) -> None:
    environ = {"CONTENT_LENGTH": length, "wsgi.input": Unreadable()}

    assert_refused(post(hub, VOTE, b"", URLENCODED, **environ), 400)


def test_body_that_ends_early_is_refused(hub: Application) -> None:
    assert_refused(post(hub, VOTE, b"helpful=yes", URLENCODED, CONTENT_LENGTH="12"), 400)


def test_editor_sends_a_file_for_import(hub: Application, editor: Client) -> None:
    body = part("file", b"\xff" * 1_000_000, '; filename="a.csv"', "Content-Type: text/csv\r\n") + b"--b--"

    assert post(hub, IMPORT, body, MULTIPART, **as_editor(editor)).status == 403  # Only its token is missing.


def test_editors_body_has_a_limit_too(hub: Application, editor: Client) -> None:
    environ = {"CONTENT_LENGTH": str(11 * 2**20), "wsgi.input": Unreadable()} | as_editor(editor)

    assert_refused(post(hub, IMPORT, b"", MULTIPART, **environ), 413)


@pytest.mark.parametrize(
    ("environ", "body", "sentence"),
    [
        ({}, b"&".join([b"a=b"] * 1_001), "more than the 1,000 fields that are taken at once"),
        ({"CONTENT_LENGTH": str(3 * 2**20), "wsgi.input": Unreadable()}, b"", "more than the 2,621,440 bytes"),
    ],
)
def test_editor_is_told_on_a_page_why_a_form_was_not_taken(
    hub: Application, editor: Client, environ: dict[str, Any], body: bytes, sentence: str
) -> None:
    received = post(hub, "/admin/questions/question/add/", body, URLENCODED, **(as_editor(editor) | environ))

    assert received.headers["Content-Type"] == "text/html; charset=utf-8"
    assert sentence in received.text
    assert_refused(received, 400, 413)


# Errors.


def fail(environ: Environ, start_response: StartResponse) -> Any:
    raise RuntimeError("an-inner-secret")


def test_error_in_front_of_django_is_a_guarded_page(django: Application, bank: Bank) -> None:
    received = ask(Guard(fail, django), "/")

    assert received.status == 500
    assert "<h1>The hub made a mistake.</h1>" in received.text
    assert "secret" not in received.text
    assert_guarded(received)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "NONSENSE"])
def test_refused_method_has_the_headers_of_every_page(method: str, hub: Application) -> None:
    received = ask(hub, "/", method)

    assert received.status == 405
    assert_guarded(received)
