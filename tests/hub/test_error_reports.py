"""What a Sentry is told of an error: where it happened, and nothing of whom it happened to."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from hub import error_reports
from hub.environment import Environment
from hub.urls import handler500 as handler500
from hub.urls import urlpatterns as hub_urlpatterns
from hub.version import VERSION
from tests.hub.wsgi_client import DECODE

pytestmark = pytest.mark.one_database

SECRETS = ("geheim", "192.0.2.7", "ann@example.org", "/broken/")


def broken(request: HttpRequest, name: str) -> HttpResponse:
    """Fail, and quote all that the visitor has sent."""
    heard = f"{name} {request.META} {request.GET} {request.POST} {request.COOKIES}"
    raise ValueError(heard)


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError


urlpatterns = [path("broken/<str:name>/", broken, name="broken"), path("away/", away), *hub_urlpatterns]


class Receiver(ThreadingHTTPServer):
    """A server of Sentry's protocol that keeps what it is sent, and answers when it may."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.may_answer = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def events(self) -> list[dict[str, Any]]:
        """The event of each envelope."""
        return [json.loads(envelope.splitlines()[2]) for envelope in self.received]


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(DECODE.get(self.headers.get("Content-Encoding", ""), bytes)(body))
        self.server.may_answer.wait(30)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    error_reports.start(f"http://public@127.0.0.1:{server.server_port}/1")
    yield server
    server.may_answer.set()
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor() -> Client:
    """Somebody who is told that something went wrong, and has a cookie, a key and an address."""
    client = Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.7", HTTP_X_LEARNER="geheim")
    client.cookies["learner"] = "geheim"
    return client


@pytest.mark.urls(__name__)
def test_error_is_reported_with_its_place_and_nothing_of_the_visitor(receiver: Receiver, visitor: Client) -> None:
    receiver.may_answer.set()

    assert visitor.post("/broken/geheim/?key=geheim", {"mail": "ann@example.org"}).status_code == 500
    sentry_sdk.flush(20)

    (event,) = receiver.events()
    (error,) = event["exception"]["values"]
    assert (event["release"], event["transaction"], error["type"]) == (VERSION, "broken", "ValueError")
    assert error["stacktrace"]["frames"][-1]["function"] == "broken"
    sent = receiver.received[0].decode()
    assert not [secret for secret in SECRETS if secret in sent]
    assert not event.keys() & {"request", "user", "server_name", "breadcrumbs", "extra"}


@pytest.mark.urls(__name__)
def test_receiver_that_does_not_answer_keeps_no_page_waiting(receiver: Receiver, visitor: Client) -> None:
    begin = time.monotonic()
    for _ in range(20):
        visitor.get("/broken/x/")

    assert time.monotonic() - begin < 10
    assert len(receiver.received) <= 1


@pytest.mark.urls(__name__)
def test_database_that_is_away_is_no_error_of_the_hub(receiver: Receiver, visitor: Client) -> None:
    receiver.may_answer.set()

    assert visitor.get("/away/").status_code == 503
    sentry_sdk.flush(20)

    assert receiver.received == []


def test_reports_without_the_package_are_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)  # As if it were not installed.
    variables = {"HUB_DATA_DIR": str(tmp_path), "ERROR_REPORTS_DSN": "https://public@errors.example.org/1"}

    with pytest.raises(ImproperlyConfigured) as refused:
        Environment.from_variables(variables)

    command = f"{sys.executable} -m pip install sentry-sdk"
    assert str(refused.value) == f"ERROR_REPORTS_DSN needs one more package: {command}."


def test_reports_are_off_unless_there_is_an_address(tmp_path: Path) -> None:
    dsn = "https://public@errors.example.org/1"

    def reported_to(**variables: str) -> str:
        return Environment.from_variables({"HUB_DATA_DIR": str(tmp_path)} | variables).error_reports_dsn

    assert reported_to() == ""
    assert reported_to(ERROR_REPORTS_DSN=dsn) == reported_to(SENTRY_DSN=dsn) == dsn
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN must look like") as refused:
        reported_to(SENTRY_DSN="https://secret.example.org")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("address", ["9464", "127.0.0.1", "127.0.0.1:8000", "127.0.0.1:0", "a@b:1", "[::1", "a:99999"])
def test_address_for_metrics_that_cannot_be_one_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="METRICS_ADDRESS is"):
        Environment.from_variables({"HUB_DATA_DIR": str(tmp_path), "METRICS_ADDRESS": address})
