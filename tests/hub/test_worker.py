"""gunicorn with the hub's settings, asked over real sockets: by the slow, by the sly, and for files."""

import os
import random
import re
import signal
import socket
import time
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from hashlib import sha384
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from hub.headers import FILES_POLICY
from hub.worker import LONGEST_AWAITED, missing
from tests.browser.running_hub import RestingHub, RunningHub, copy_of

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

CLIENTS = 200
HEAD = b"POST /votes/PY-BEG-001/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = {
    "nothing": b"",
    "half a header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ",
    "half a body": HEAD + b"Content-Length: 100\r\n\r\nhelpful=",
    "the beginning of a body that is refused": HEAD + b"Content-Length: 100000\r\n\r\nhelpful=",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nhelp",
    "all, and do not hang up": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
}
SECONDS_OF_LOAD = 12
SECONDS = 5  # for a page meanwhile; without the worker it never comes. A busy machine needs some of them for itself.


@pytest.fixture(scope="module")
def hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with copy_of(resting_hub, tmp_path_factory.mktemp("worker")) as hub:
        yield hub


def get(hub: RunningHub, path: str = "/") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", hub.port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def seconds_for_a_page(hub: RunningHub) -> float:
    begin = time.monotonic()
    assert get(hub)[0].status == 200
    return time.monotonic() - begin


def talk(hub: RunningHub, *sent: bytes) -> bytes:
    """Send these one after the other, with a moment between, and return what comes back."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=20) as client:
        for part in sent:
            client.sendall(part)
            time.sleep(0.2)
        return client.recv(LONGEST_AWAITED)


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_two_hundred_slow_clients_keep_nobody_waiting(sent: bytes, hub: RunningHub) -> None:
    get(hub)
    with ExitStack() as stack:
        for _ in range(CLIENTS):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", hub.port)))
            client.sendall(sent)

        slowest = max(seconds_for_a_page(hub) for _ in range(8))

    assert slowest < SECONDS


def test_request_that_comes_in_pieces_is_answered(hub: RunningHub) -> None:
    body = b"helpful=maybe"
    length = b"Content-Length: %d\r\n" % len(body)

    answer = talk(hub, HEAD, length, b"Sec-Fetch-Site: same-origin\r\n\r\n", body[:5], body[5:])

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Content-Security-Policy: " in answer


def test_client_that_hangs_up_half_way_is_forgotten(hub: RunningHub) -> None:
    with socket.create_connection(("127.0.0.1", hub.port), timeout=5) as client:
        client.sendall(SLOW["half a header"])
        time.sleep(0.2)
        client.shutdown(socket.SHUT_WR)

        assert client.recv(1) == b""


def test_slow_client_is_waited_for_a_while_only(hub: RunningHub) -> None:
    with socket.create_connection(("127.0.0.1", hub.port), timeout=20) as client:
        client.sendall(SLOW["half a header"])
        begin = time.monotonic()

        try:
            end = client.recv(1)
        except ConnectionResetError:
            end = b""

    assert end == b""
    assert 5 < time.monotonic() - begin < 20


def test_connection_serves_one_request_after_the_other(hub: RunningHub) -> None:
    connection = HTTPConnection("127.0.0.1", hub.port, timeout=20)
    connection.connect()
    first = connection.sock
    for _ in range(5):
        connection.request("GET", "/")
        assert connection.getresponse().read()

    assert connection.sock is first
    connection.close()


def answered_and_dropped(hub: RunningHub, until: float) -> tuple[int, int]:
    """Ask on one kept connection after the other, and never again for an answer that does not come."""
    answered = dropped = 0
    connection = HTTPConnection("127.0.0.1", hub.port, timeout=20)
    while time.monotonic() < until:
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            answered += 1
            time.sleep(random.uniform(0, 0.02))  # As the signal comes, some connections are idle.
        except OSError:  # http.client's own of a connection that was closed among them.
            dropped += 1
            connection.close()
    connection.close()
    return answered, dropped


def test_restart_of_the_workers_drops_no_request(hub: RunningHub) -> None:
    before = hub.workers()
    until = time.monotonic() + SECONDS_OF_LOAD
    with ThreadPoolExecutor(8) as pool:
        counts = [pool.submit(answered_and_dropped, hub, until) for _ in range(8)]
        for _ in range(2):
            time.sleep(SECONDS_OF_LOAD / 4)
            hub.process.send_signal(signal.SIGHUP)

    answered, dropped = map(sum, zip(*(count.result() for count in counts), strict=True))
    print(f"Of {answered + dropped:,} requests {dropped} were dropped.")
    assert dropped == 0
    assert not set(before) & set(hub.workers())


def test_worker_that_is_told_to_stop_waits_no_longer_than_an_idle_connection_is_kept(hub: RunningHub) -> None:
    before = set(hub.workers())
    connection = HTTPConnection("127.0.0.1", hub.port, timeout=20)
    connection.request("GET", "/")
    connection.getresponse().read()
    begin = time.monotonic()

    hub.process.send_signal(signal.SIGHUP)
    while before & set(hub.workers()) and time.monotonic() - begin < 20:
        time.sleep(0.1)

    assert time.monotonic() - begin < 9.5  # `keepalive` is 5 s, `graceful_timeout` 10.
    connection.close()


def test_refused_body_is_not_read(hub: RunningHub) -> None:
    answer = talk(hub, HEAD + b"Content-Length: 300000000\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"Content-Security-Policy: " in answer


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "Script-Name", "REMOTE_USER"])
def test_forwarders_headers_are_not_believed(name: str, hub: RunningHub) -> None:
    request = f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n{name}: /nowhere\r\nConnection: close\r\n\r\n"

    assert talk(hub, request.encode()).startswith(b"HTTP/1.1 200 ")


def test_static_files_are_guarded_as_strictly_as_can_be(hub: RunningHub) -> None:
    page = get(hub)[1].decode()

    for path in re.findall(r'="(/static/[^"]+)"', page):
        response, _ = get(hub, path)
        assert response.status == 200
        assert response.headers["Content-Security-Policy"] == FILES_POLICY
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/PY-BEG-001/", "/admin/login/", "/nowhere/"])
def test_scripts_and_styles_have_the_digest_that_their_page_names(path: str, hub: RunningHub) -> None:
    page = get(hub, path)[1].decode()

    elements = re.findall(r'<script [^>]*src=[^>]*>|<link [^>]*rel="stylesheet"[^>]*>', page)
    assert elements
    for element in elements:
        url, digest = re.search(r'(?:src|href)="([^"]+)" integrity="sha384-([^"]+)"', element).groups()  # type: ignore[union-attr]
        assert b64decode(digest) == sha384(get(hub, url)[1]).digest()


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/votes/PY-BEG-001/", "/admin/login/"])
def test_pages_with_digests_arrive_whole(path: str, hub: RunningHub) -> None:
    page = get(hub, path)[1].decode()

    assert page.rstrip().endswith("</html>")


def test_missing_static_file_is_a_page_of_the_hub(hub: RunningHub) -> None:
    response, body = get(hub, "/static/nothing.css")

    assert response.status == 404
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert b"<h1>" in body


@pytest.mark.parametrize(
    ("received", "more"),
    [
        (b"", 1),
        (b"GET / HTTP/1.1\r\n", 1),
        (b"GET / HTTP/1.1\r\n\r\n", 0),
        (b"POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nab", 3),
        (b"POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nabcde", 0),
        (b"POST / HTTP/1.1\r\ncontent-length: 99999\r\n\r\nab", 0),
        (b"POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\nab", 0),
        (b"x" * LONGEST_AWAITED, 0),
    ],
)
def test_what_is_missing_is_known_from_what_has_come(received: bytes, more: int) -> None:
    assert missing(received) == more


def sockets_of(worker: int) -> set[str]:
    """The sockets that a worker has open."""
    found = set()
    for file in Path(f"/proc/{worker}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since
            found.add(str(file.readlink()))
    return {name for name in found if name.startswith("socket:")}


def test_workers_share_what_comes_at_once(hub: RunningHub) -> None:
    before = [sockets_of(worker) for worker in hub.workers()]

    with ExitStack() as stack:
        clients = [
            stack.enter_context(socket.create_connection(("127.0.0.1", hub.port), timeout=20)) for _ in range(16)
        ]
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert all(client.recv(100).startswith(b"HTTP/1.1 200") for client in clients)
        taken = [len(sockets_of(worker) - old) for worker, old in zip(hub.workers(), before, strict=True)]

    assert sum(taken) == 16
    assert min(taken) >= 4


def test_worker_that_hangs_keeps_no_connection_from_the_other(hub: RunningHub) -> None:
    hanging = hub.workers()[0]
    os.kill(hanging, signal.SIGSTOP)
    try:
        assert all(get(hub)[0].status == 200 for _ in range(20))
    finally:
        os.kill(hanging, signal.SIGCONT)
