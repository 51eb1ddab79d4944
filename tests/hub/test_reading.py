"""Reading never waits for writing: every page is there while another process keeps everybody else from writing."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.browser.running_hub import RestingHub, RunningHub, copy_of
from tests.fuzz.client import CSRF, Client, Request
from tests.fuzz.forms import URLENCODED, urlencoded
from tests.fuzz.hub import MAKE_EDITOR, NAME, PASSWORD
from tests.fuzz.surface import GOOD, LEAVING, filled, routes

pytestmark = pytest.mark.slow

MOST = 5  # seconds beyond ten times what the page takes otherwise; what waits for a lock waits for longer
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
COUNT = "from questions.models import MissedSearch; print(MissedSearch.objects.filter(text='quokka').count())"
SECONDS_UNTIL_WRITTEN = 60


@pytest.fixture(scope="module")
def hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    # With one worker, what it has noted is written with the next request, whoever sends that.
    with copy_of(resting_hub, tmp_path_factory.mktemp("reading"), WEB_CONCURRENCY="1") as hub:
        made = hub.manage("shell", "--no-imports", "-c", MAKE_EDITOR)
        assert made.returncode == 0, made.stderr
        yield hub


@pytest.fixture(scope="module")
def client(hub: RunningHub) -> Client:
    """Somebody who may open every page."""
    client = Client(hub.port)
    client.log_in(NAME, PASSWORD)
    return client


@contextmanager
def nobody_else_writes(hub: RunningHub) -> Iterator[None]:
    """Hold the write lock of SQLite, or on PostgreSQL one of every table that lets others read, and no more."""
    if url := hub.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            tables = [sql.Identifier(name) for (name,) in connection.execute(TABLES)]
            connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.SQL(", ").join(tables)))
            yield
            connection.rollback()
        return
    with closing(sqlite3.connect(hub.data_dir / "hub.sqlite3", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def timed(client: Client, request: Request) -> tuple[int, float]:
    begin = time.monotonic()
    return client.send(request).status, time.monotonic() - begin


def pages() -> list[Request]:
    addresses = [filled(route, GOOD) for route in routes() if not route.startswith(LEAVING)]
    return [Request("page", address.encode(), is_editor=True) for address in addresses]


def preview() -> Request:
    """The page that a question without a code will become: a code is proposed for it."""
    fields = {"csrfmiddlewaretoken": CSRF, "technology": "1", "level": "1", "category": "1", "title": "A new one"}
    body = urlencoded([(name.encode(), value.encode()) for name, value in fields.items()])
    headers = (("Content-Type", URLENCODED),)
    return Request("preview", b"/admin/questions/question/preview/", b"POST", headers, body, is_editor=True)


def test_every_page_is_there_while_another_process_writes(hub: RunningHub, client: Client) -> None:
    asked = [*pages(), preview()]
    usual = [timed(client, request) for request in asked]

    with nobody_else_writes(hub):
        for request, (status, seconds) in zip(asked, usual, strict=True):
            found = timed(client, request)
            assert found[0] == status < 500, request
            assert found[1] < 10 * seconds + MOST, request


def test_search_that_finds_nothing_meanwhile_is_answered_and_remembered_afterwards(
    hub: RunningHub, client: Client
) -> None:
    _, usual = timed(client, Request("search", b"/questions/?q=metaclass"))

    with nobody_else_writes(hub):
        status, seconds = timed(client, Request("search", b"/questions/?q=quokka"))

    assert status == 200
    assert seconds < 10 * usual + MOST
    deadline = time.monotonic() + SECONDS_UNTIL_WRITTEN
    while (count := hub.manage("shell", "--no-imports", "-c", COUNT).stdout.strip()) != "1":
        assert time.monotonic() < deadline, f"It was remembered {count} times."
        client.send(Request("any", b"/healthz"))
