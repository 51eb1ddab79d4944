"""The short form of `make fuzz`, and that it notices what it is there to notice."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.running_hub import own_database
from tests.fuzz import kinds
from tests.fuzz.attack import Tally, attack, problem_of, tracebacks
from tests.fuzz.client import Answer, Client, Request
from tests.fuzz.forms import Form, forms_of
from tests.fuzz.hub import target
from tests.fuzz.surface import Surface, routes

pytestmark = pytest.mark.slow

SEED, REQUESTS = 1, 600
PAGE = """
<form method="post" action="save/?a=1#here"><input type="hidden" name="token" value="t"><textarea name="text">
written</textarea><select name="level"><option value="">–<option value="1" selected>One<option value="2">Two</select>
<input type="radio" name="of" value="a"><input type="radio" name="of" value="b" checked>
<button name="_save">Save</button><input type="file" name="image"></form><form action="/search"><input name="q"></form>
"""


def test_hostile_requests_find_no_fault() -> None:
    with own_database("hub_fuzz") as database, target(database) as (hub, client, surface):
        tally = attack(client, surface, SEED, requests=REQUESTS)
        tally.tracebacks = tracebacks(hub.log)

        assert client.is_logged_in()
    assert tally.sent >= REQUESTS
    assert {name for name, counter in tally.statuses.items() if counter["2xx"]} >= {"parameters", "form", "import"}
    assert tally.is_clean, "\n".join(tally.lines())


class Broken(BaseHTTPRequestHandler):
    """A server that cannot bear one address and is silent at another."""

    def do_GET(self) -> None:
        if self.path.startswith("/silent"):
            return
        self.send_response(500 if self.path.startswith("/broken") else 200)
        self.end_headers()

    def log_request(self, code: object = None, size: object = None) -> None:
        pass


@pytest.fixture
def broken() -> Iterator[Client]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Client(server.server_port)
        server.shutdown()


@pytest.mark.one_database
@pytest.mark.parametrize(("path", "problem"), [("/fine", None), ("/broken", "500"), ("/silent", "no answer")])
def test_a_fault_is_noticed(broken: Client, path: str, problem: str | None) -> None:
    answer = broken.send(Request("test", path.encode()))

    assert (problem_of(answer) or "").startswith(problem or "")
    assert (problem_of(answer) is None) == (problem is None)


@pytest.mark.one_database
def test_an_attack_on_a_broken_server_is_not_clean(broken: Client) -> None:
    tally = Tally(SEED)

    for number, request in enumerate((Request("test", b"/broken?1"), Request("test", b"/broken?2"))):
        tally.add(number, request, broken.send(request), 0)

    assert [(fault.number, fault.times) for fault in tally.faults.values()] == [(0, 2)]
    assert not tally.is_clean
    assert any(line.startswith("2 × 500, test; first number 0: b'GET' b'/broken?1'") for line in tally.lines())


@pytest.mark.one_database
def test_tracebacks_are_found_however_they_were_logged() -> None:
    joined = (
        'x ERROR django.request: / | Traceback (most recent call last): | File "/a/hub/head.py", line 7, in f | f()'
        ' | File "/lib/b.py", line 1, in g | KeyError: 1'
    )
    printed = 'Traceback (most recent call last):\n  File "/lib/b.py", line 1, in g\n    g()\nOSError: full\nnext event'

    found = tracebacks(f"first event\n{joined}\nsecond event\n{printed}\nTraceback (most recent call last):")

    assert found == {"KeyError in hub/head.py:7": ["1"], "OSError in a library": ["full"], "- in a library": [""]}
    assert not Tally(SEED, tracebacks=found).is_clean
    assert tracebacks("an event\nanother event") == {}


@pytest.mark.one_database
def test_every_sort_of_address_is_attacked() -> None:
    assert {"/", "/questions/<code:code>/", "/votes/<code:code>/", "/healthz", "/admin/auth/user/add/"} <= set(routes())
    assert {"/admin/questions/question/import/", "/admin/questions/", "/admin/audit/"} <= set(routes())


@pytest.mark.one_database
def test_a_request_is_the_same_each_time_it_is_made() -> None:
    surface = Surface(routes(), tuple(forms_of(PAGE, "/page/")), (("md", b"text"), ("json", b"{}"), ("csv", b"a,b")))

    first, second = ([kinds.request(SEED, number, surface) for number in range(300)] for _ in range(2))

    assert first == second
    assert {request.kind for request in first} == {request.kind for request in second}
    assert len({request.kind for request in first}) > 10
    assert first != [kinds.request(SEED + 1, number, surface) for number in range(300)]


@pytest.mark.one_database
def test_the_forms_of_a_page_are_read_as_a_browser_would_send_them() -> None:
    saved, searched = forms_of(PAGE, "/page/")

    fields = (("token", "t"), ("text", "\nwritten"), ("level", "1"), ("of", "b"), ("_save", ""))
    assert saved == Form("/page/save/?a=1", "POST", fields, ("image",))
    assert searched == Form("/search", "GET", (("q", ""),), ())


@pytest.mark.one_database
def test_what_http_wants_for_an_unknown_transfer_encoding_is_no_fault() -> None:
    assert problem_of(Answer(501)) is None
    assert problem_of(Answer(503)) == "503"
