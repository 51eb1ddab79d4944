"""Addresses that questions link to: which are visited, how politely, and what is said of those that do not answer."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from questions.editorial import links
from questions.editorial.links import Visit, Visitor, interleaved
from questions.models import FollowUp
from tests.conftest import Bank


class Site(BaseHTTPRequestHandler):
    """A site with a page, pages that are gone or have moved, and one that only GET can have."""

    asked: list[str] = []
    robots = "User-agent: *\nDisallow: /closed"

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        status, location = {
            "/good": (200, ""),
            "/robots.txt": (200, ""),
            "/get": (405 if self.command == "HEAD" else 200, ""),
            "/moved": (301, "/good"),
            "/elsewhere": (302, "/good"),
            "/round": (301, "/round"),
            "/to-closed": (301, "/closed/page"),
            "/to-file": (301, "file:///etc/passwd"),
        }.get(self.path.partition("?")[0], (404, ""))
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.path == "/robots.txt":
            self.wfile.write(self.robots.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site on this machine."""
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a visitor would have waited, each time."""
    waited: list[float] = []
    monkeypatch.setattr(links, "PAUSE", 0.05)
    return waited


@pytest.fixture
def visitor(pauses: list[float]) -> Visitor:
    return Visitor(may_visit_private=True, sleep=pauses.append)


@pytest.mark.parametrize(
    ("path", "visit"),
    [
        ("/good", Visit()),
        ("/good?a=1", Visit()),
        ("/get", Visit()),
        ("/elsewhere", Visit()),
        ("/gone", Visit("It answers 404.", is_broken=True)),
        ("/round", Visit("It cannot be reached: more than 5 redirects.", is_broken=True)),
        ("/closed/page", Visit("It is not visited: robots.txt of 127.0.0.1 closes it to programs.")),
        ("/to-closed", Visit("It is not visited: robots.txt of 127.0.0.1 closes it to programs.")),
        ("/to-file", Visit("It is not visited: it leads to file:///etc/passwd, which is no web page.")),
    ],
)
def test_visit_tells_what_came_of_it(visitor: Visitor, site: str, path: str, visit: Visit) -> None:
    assert visitor.visit(site + path) == visit


def test_page_that_has_moved_for_good_is_told_and_not_broken(visitor: Visitor, site: str) -> None:
    assert visitor.visit(f"{site}/moved") == Visit(f"It has moved to {site}/good.")


def test_page_is_asked_for_with_head_and_robots_are_read_once(visitor: Visitor, site: str) -> None:
    visitor.visit(f"{site}/good")
    visitor.visit(f"{site}/get")
    visitor.visit(f"{site}/closed/page")

    assert Site.asked == ["GET /robots.txt", "HEAD /good", "HEAD /get", "GET /get"]


def test_every_request_to_a_host_waits_for_its_turn(visitor: Visitor, site: str, pauses: list[float]) -> None:
    visitor.visit(f"{site}/good")

    assert len(pauses) == 1
    assert 0 < pauses[0] <= 0.05


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/x"])
def test_private_network_is_not_visited(url: str) -> None:
    visit = Visitor().visit(url)

    assert "is in a private network" in visit.sentence
    assert not visit.is_broken


def test_host_that_nobody_serves_is_broken(visitor: Visitor, site: str) -> None:
    visit = visitor.visit("http://127.0.0.1:1/")

    assert visit.is_broken
    assert visit.sentence.startswith("It cannot be reached: ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/", "http://[::1/", "http://a..b/"])
def test_address_that_is_none_is_broken(visitor: Visitor, url: str) -> None:
    assert visitor.visit(url).is_broken


def test_addresses_of_a_host_stand_apart() -> None:
    urls = ["https://a.org/1", "https://a.org/2", "https://b.org/1"]

    assert list(interleaved(urls)) == ["https://a.org/1", "https://b.org/1", "https://a.org/2"]


@pytest.fixture
def linking(bank: Bank, site: str) -> str:
    """A question that links to a good page, and twice to one that is gone; a draft links there too."""
    references = f"- [Good]({site}/good?a=1&b=2#part)\n- [Gone]({site}/gone)"
    question = bank.add("PY-BEG-001", answer="See [mail](mailto:a@example.org).", references=references)
    FollowUp.objects.create(question=question, position=1, text="?", answer=f"[Gone, too]({site}/gone#x)")
    bank.add("PY-BEG-002", status="draft", answer=f"[x]({site}/draft)")
    bank.add("PY-BEG-003", answer=f"[x]({site}/good)")
    return site


def test_command_names_what_is_broken_and_fails(linking: str) -> None:
    stdout = StringIO()

    with pytest.raises(CommandError, match="Some addresses do not answer"):
        call_command("check_links", "--private", stdout=stdout)

    assert stdout.getvalue().splitlines() == [
        f"PY-BEG-001: {linking}/gone: It answers 404.",
        "3 addresses, of which 1 do not answer.",
    ]
    assert "HEAD /good?a=1&b=2" in Site.asked
    assert not [line for line in Site.asked if "draft" in line]


def test_command_visits_the_questions_that_are_named(linking: str) -> None:
    stdout = StringIO()

    call_command("check_links", "--private", "py-beg-003", stdout=stdout)

    assert stdout.getvalue() == "1 addresses, of which 0 do not answer.\n"


def test_command_leaves_private_addresses_alone_unless_it_is_told(linking: str) -> None:
    stdout = StringIO()

    call_command("check_links", stdout=stdout)

    assert stdout.getvalue().count("is in a private network") == 3
    assert Site.asked == []


def test_command_names_a_question_that_is_not_there(bank: Bank) -> None:
    with pytest.raises(CommandError, match=r"^There is no published question PY-BEG-404\.$"):
        call_command("check_links", "PY-BEG-404")
