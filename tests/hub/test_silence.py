"""A server that takes connections and stays silent: whoever needs it is told within 5 s, and nobody else waits."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.core.cache.backends.redis import RedisCache
from django.db import OperationalError, connection
from redis.exceptions import RedisError

from hub.caches import cache_at
from hub.environment import BASE_DIR
from hub.pages.cache import PageCache
from hub.postgresql import base
from hub.postgresql.base import DatabaseWrapper
from hub.postgresql.silence import KEPT, Silence
from tests.browser.running_hub import SECONDS_TO_START, free_port
from tests.hub.programs import manage

pytestmark = pytest.mark.slow

PROMISED = 5  # seconds
BUSY = 3  # seconds more, on a machine that is busy with everything else
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="Of a PostgreSQL that falls silent.")


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        yield listener.getsockname()[1]


class Relay:
    """Stands between the hub and a database's socket, and can fall silent."""

    def __init__(self, target: str) -> None:
        self.target, self.speaks = target, threading.Event()
        self.speaks.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.target)
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self.pass_on, args=(source, sink), daemon=True).start()

    def pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError), source, sink:  # Either end may have hung up.
            while data := source.recv(65_536):
                self.speaks.wait()
                sink.sendall(data)


def get(port: int, path: str) -> tuple[int, str, float]:
    """Status and text of an answer, and the seconds that it took."""
    begin = time.monotonic()
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    client.request("GET", path)
    response = client.getresponse()
    text = response.read().decode()
    client.close()
    return response.status, text, time.monotonic() - begin


@pytest.mark.one_database
def test_hub_whose_database_is_silent_is_alive_and_says_so_of_its_pages(silent: int, tmp_path: Path) -> None:
    port = free_port()
    settings = {"HUB_DATA_DIR": str(tmp_path), "DATABASE_URL": f"postgres://hub@127.0.0.1:{silent}/hub"}
    manage(tmp_path, "collectstatic", "--noinput", **settings)
    hub = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "hub/gunicorn.conf.py", "hub.wsgi"],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "PORT": str(port)} | settings,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        with ThreadPoolExecutor(16) as pool:
            pages = [pool.submit(get, port, "/questions/") for _ in range(16)]
            time.sleep(1.5)
            alive = get(port, "/healthz")
            answers = [page.result() for page in pages]
    finally:
        hub.send_signal(signal.SIGTERM)
        hub.wait(SECONDS_TO_START)

    assert alive[:2] == (200, "alive\n")
    assert alive[2] < BUSY
    assert {status for status, _, _ in answers} == {503}
    assert all("</html>" in text for _, text, _ in answers)
    assert max(seconds for _, _, seconds in answers) < PROMISED + BUSY


def wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.mark.one_database
def test_page_in_memory_waits_a_moment_alone_for_a_thread_that_asks_in_vain() -> None:
    answered, silence = threading.Event(), threading.Event()
    silence.set()

    def version() -> int:
        answered.set()
        silence.wait(60)
        return 1

    pages = PageCache(lambda environ, start: [], version)
    silence.clear()
    threading.Thread(target=pages._current, daemon=True).start()
    answered.wait(BUSY)

    begin = time.monotonic()
    assert pages._current() is None
    assert pages._current() is None
    assert time.monotonic() - begin < BUSY
    silence.set()


@pytest.fixture
def relayed(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Relay, DatabaseWrapper]]:
    """A connection of the hub's kind, through a relay that may fall silent."""
    monkeypatch.setattr(base, "silence", Silence())
    own = connection.settings_dict
    relay = Relay(f"{own['HOST']}/.s.PGSQL.{own['PORT'] or 5432}")
    wrapper = DatabaseWrapper(own | {"HOST": "127.0.0.1", "PORT": str(relay.port)}, "other")
    wrapper.inc_thread_sharing()
    yield relay, wrapper
    wrapper.close()
    relay.speaks.set()
    relay.listener.close()


@on_postgresql
@pytest.mark.django_db
def test_connection_fails_when_its_server_falls_silent_until_it_speaks_again(
    relayed: tuple[Relay, DatabaseWrapper],
) -> None:
    relay, wrapper = relayed
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(2)")  # Long, but the server is there.
    relay.speaks.clear()

    for promised in (PROMISED, 0):
        begin = time.monotonic()
        with pytest.raises(OperationalError), wrapper.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert time.monotonic() - begin < promised + BUSY
        wrapper.close()

    relay.speaks.set()
    deadline = time.monotonic() + KEPT + BUSY
    while base.silence.is_known:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.one_database
def test_silent_redis_fails_within_a_second(silent: int) -> None:
    settings = cache_at(f"redis://127.0.0.1:{silent}/0")
    cache = RedisCache(settings["LOCATION"], {"OPTIONS": settings["OPTIONS"]})

    begin = time.monotonic()
    with pytest.raises(RedisError):
        cache.get("x")
    assert time.monotonic() - begin < 1 + BUSY
