"""What a supervisor asks: is the process alive, and can it serve?"""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from hub import health
from tests.hub.programs import ask, manage

pytestmark = pytest.mark.slow

NEED_THE_DATABASE = [
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/questions/"),
    ("GET", "/questions/?q=list"),
    ("GET", "/questions.json"),
    ("GET", "/questions.csv"),
    ("GET", "/questions/PY-BEG-001/"),
    ("GET", "/questions/PY-BEG-001.json"),
    ("GET", "/random/"),
    ("GET", "/sitemap.xml"),
    ("POST", "/votes/PY-BEG-001/"),
    ("GET", "/admin/"),
    ("GET", "/admin/questions/question/1/change/"),
    ("POST", "/admin/questions/question/1/change/"),
    ("POST", "/admin/login/"),
]
DO_NOT = [("GET", "/healthz"), ("GET", "/robots.txt"), ("GET", "/accessibility/")]
ASK_ALL = """
from django.test import Client
client = Client(raise_request_exception=False, headers={{"host": "127.0.0.1"}})
client.cookies["session"] = "a" * 32
for method, path in {requests!r}:
    fields = {{"username": "ann", "password": "x"}} if method == "POST" else None
    response = getattr(client, method.lower())(path, fields)
    print(response.status_code, response.headers.get("Retry-After"))
"""
UNREACHABLE = "postgres://hub@127.0.0.1:1/hub"  # Nothing listens on port 1.


def test_a_hub_that_answers_is_alive(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_a_hub_with_its_migrations_is_ready(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_a_hub_with_a_migration_to_apply_is_not_ready(client: Client) -> None:
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("questions")
    MigrationRecorder(connection).record_unapplied(*newest)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations are not applied\n")


@pytest.mark.one_database
def test_a_hub_without_its_database_is_not_ready(tmp_path: Path) -> None:
    asked = ask(tmp_path, "/readyz", DATABASE_URL=UNREACHABLE)

    assert asked.stdout.strip() == "503 the database cannot be reached"


@pytest.mark.one_database
def test_a_hub_without_its_database_is_alive(tmp_path: Path) -> None:
    asked = ask(tmp_path, "/healthz", DATABASE_URL=UNREACHABLE)

    assert asked.stdout.strip() == "200 alive"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answers_are_plain_text_that_nobody_keeps(path: str, client: Client) -> None:
    response = client.get(path)

    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_head_is_answered_without_a_body(path: str, client: Client) -> None:
    response = client.head(path)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.1.2.3:8000", "elsewhere.example", "[::1", "a b", ""])
def test_load_balancer_may_ask_under_any_host(path: str, host: str, client: Client) -> None:
    assert client.get(path, headers={"host": host}).status_code == 200


@pytest.mark.django_db
def test_what_is_wrong_is_not_told_under_another_host(client: Client) -> None:
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("questions")
    MigrationRecorder(connection).record_unapplied(*newest)

    response = client.get("/readyz", headers={"host": "elsewhere.example"})

    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/questions/", "/healthz/", "/healthz/x", "/admin/login/", "/sw.js", "/nowhere"])
def test_every_other_page_refuses_another_host(path: str, client: Client) -> None:
    assert client.get(path, headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_post_is_refused(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405


@pytest.fixture(scope="module")
def answers_without_database(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[str, str]]:
    """The status and the Retry-After of every request below, from a hub whose database is away."""
    requests = [*NEED_THE_DATABASE, *DO_NOT]
    folder = tmp_path_factory.mktemp("away")
    manage(folder, "collectstatic", "--noinput", DATABASE_URL=UNREACHABLE)
    program = ASK_ALL.format(requests=requests)
    done = manage(folder, "shell", "--no-imports", "-c", program, DATABASE_URL=UNREACHABLE)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    answers = [(status, seconds) for status, seconds in map(str.split, done.stdout.splitlines())]
    return dict(zip(requests, answers, strict=True))


@pytest.mark.one_database
@pytest.mark.parametrize("request_", NEED_THE_DATABASE)
def test_page_that_needs_a_database_that_is_away_says_when_to_ask_again(
    request_: tuple[str, str], answers_without_database: dict[tuple[str, str], tuple[str, str]]
) -> None:
    assert answers_without_database[request_] == ("503", "10")


@pytest.mark.one_database
@pytest.mark.parametrize("request_", DO_NOT)
def test_page_that_needs_no_database_is_there_without_one(
    request_: tuple[str, str], answers_without_database: dict[tuple[str, str], tuple[str, str]]
) -> None:
    assert answers_without_database[request_] == ("200", "None")


@pytest.mark.django_db
def test_a_hub_that_has_no_room_to_write_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"the disk is full\n")
