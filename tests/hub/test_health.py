"""What a supervisor asks: is the process alive, and can it serve?"""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.hub.programs import ask, manage

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


def test_a_hub_without_its_database_is_not_ready(tmp_path: Path) -> None:
    asked = ask(tmp_path, "/readyz", DATABASE_URL=UNREACHABLE)

    assert asked.stdout.strip() == "503 the database cannot be reached"


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


@pytest.mark.parametrize("path", ["/", "/questions/", "/nowhere", "/admin/login/", "/votes/PY-BEG-001/"])
def test_page_that_needs_a_database_that_is_away_says_when_to_ask_again(path: str, tmp_path: Path) -> None:
    asked = ask(tmp_path, path, DATABASE_URL=UNREACHABLE)

    assert asked.stdout.startswith(("503 ", "404 ", "200 "))
    assert "Traceback" not in asked.stderr


def test_hub_that_cannot_write_to_its_data_folder_says_so(tmp_path: Path) -> None:
    done = manage(Path("/sys"), "serve", SECRET_KEY="".join(map(chr, range(40, 110))), PORT="48123")

    assert done.returncode == 1
    assert "The hub cannot be set up" in done.stderr
    assert "Traceback" not in done.stderr


def test_hub_that_cannot_make_its_secret_key_says_so() -> None:
    done = manage(Path("/sys"), "check")

    assert done.returncode == 1
    assert "The secret key cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
