"""One line an event, for a person or, as JSON, for a machine; and no secret in it."""

import io
import json
import logging
import re
from collections.abc import Iterator
from logging.config import DictConfigurator
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import re_path

from hub.logs import logging_config
from hub.urls import urlpatterns as hub_urlpatterns
from tests.hub.programs import ask

pytestmark = pytest.mark.one_database

LOGGERS = ("hub.request", "django.request")


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("first line\nsecond line")


urlpatterns = [re_path("^fail/", fail), *hub_urlpatterns]


def written_as(log_format: str) -> Iterator[io.StringIO]:
    """What requests log, in a format of the hub's configuration."""
    config = logging_config(log_format)
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(DictConfigurator(config).configure_formatter(config["formatters"][log_format]))
    for name in LOGGERS:
        logging.getLogger(name).addHandler(handler)
    yield handler.stream
    for name in LOGGERS:
        logging.getLogger(name).removeHandler(handler)


@pytest.fixture
def text() -> Iterator[io.StringIO]:
    yield from written_as("text")


@pytest.fixture
def machine_text() -> Iterator[io.StringIO]:
    yield from written_as("json")


def test_request_is_a_line_with_method_path_status_and_duration(text: io.StringIO, client: Client) -> None:
    client.get("/healthz")

    assert re.fullmatch(r"\S+ \S+ INFO hub\.request: GET /healthz 200 \d+\.\d ms\n", text.getvalue())


def test_request_is_an_object_with_method_path_status_and_duration(machine_text: io.StringIO, client: Client) -> None:
    client.get("/healthz")

    event = json.loads(machine_text.getvalue())
    assert (event["method"], event["path"], event["status"]) == ("GET", "/healthz", 200)
    assert (event["level"], event["logger"]) == ("INFO", "hub.request")
    assert 0 <= event["duration_ms"] < 60_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", event["time"])


@pytest.mark.parametrize("log_format", ["text", "machine_text"])
def test_query_cookies_body_and_agent_are_not_logged(
    log_format: str, client: Client, request: pytest.FixtureRequest
) -> None:
    lines = request.getfixturevalue(log_format)
    client.cookies["session"] = "secret-cookie"

    client.post(
        "/healthz?q=secret-query",
        {"password": "secret-body"},
        headers={"authorization": "secret-token", "user-agent": "secret-agent"},
    )

    assert "POST" in lines.getvalue()
    assert "secret" not in lines.getvalue()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("log_format", ["text", "machine_text"])
@pytest.mark.parametrize("end", ["%0A", "%0D%0A", "%0D", "%0B", "%C2%85", "%E2%80%A8"])
def test_line_end_in_a_path_starts_no_new_line(
    end: str, log_format: str, client: Client, request: pytest.FixtureRequest
) -> None:
    lines = request.getfixturevalue(log_format)
    client.raise_request_exception = False

    client.get(f"/fail/{end}GET /admin/ 200")

    # One line of Django's, about the error, and one of the hub's, however a reader of logs splits them.
    assert len(lines.getvalue().splitlines()) == 2


@pytest.mark.urls(__name__)
def test_error_in_text_is_one_line_with_its_traceback(text: io.StringIO, client: Client) -> None:
    client.raise_request_exception = False

    client.get("/fail/")

    error, request_line = text.getvalue().splitlines()
    assert "Internal Server Error: /fail/" in error
    assert "Traceback (most recent call last)" in error
    assert "RuntimeError: first line | second line" in error
    assert "GET /fail/ 500" in request_line


@pytest.mark.urls(__name__)
def test_error_in_json_is_one_object_with_its_traceback(machine_text: io.StringIO, client: Client) -> None:
    client.raise_request_exception = False

    client.get("/fail/")

    error, request_event = map(json.loads, machine_text.getvalue().splitlines())
    assert error["message"] == "Internal Server Error: /fail/"
    assert error["traceback"].endswith("RuntimeError: first line\nsecond line")
    assert (request_event["status"], "traceback" in request_event) == (500, False)


def test_log_format_decides_how_a_hub_writes_to_stderr(tmp_path: Path) -> None:
    asked = ask(tmp_path, "/healthz?secret", LOG_FORMAT="json")

    *_, line = asked.stderr.splitlines()  # The first tells of the new secret key.
    assert json.loads(line)["message"].startswith("GET /healthz 200")


@pytest.mark.django_db
def test_missing_page_is_logged_once(text: io.StringIO, client: Client) -> None:
    client.get("/nowhere")

    (line,) = text.getvalue().splitlines()
    assert "GET /nowhere 404" in line


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/questions?q=" + "é" * 4_000, 400),  # Too long an address to redirect to.
        ("/admin/auth/user/?_to_field=password", 400),
        ("/admin/auth/group/?_to_field=nothing&_popup=1", 400),
        ("/questions/?" + "a&" * 2_000, 400),
        ("/admin/questions/question/?q=%00", 400),
    ],
)
def test_address_that_django_refuses_is_one_line_without_a_traceback(
    path: str, status: int, text: io.StringIO, admin_client: Client
) -> None:
    response = admin_client.get(path)

    (line,) = text.getvalue().splitlines()
    assert response.status_code == status
    assert " INFO hub.request: GET " in line
    assert "Traceback" not in line
