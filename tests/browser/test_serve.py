"""`manage.py serve` as an operator knows it: starts, restarts, signals, and requests that no browser sends."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from hub.environment import BASE_DIR
from hub.operations.errors import OperationError
from hub.operations.serving import keep_out
from tests.browser.running_hub import SECONDS_TO_STOP, RestingHub, RunningHub, copy_of, open_url, own_database

SHOW_TITLE = "from questions.models import Question; print(Question.objects.get(code='PY-BEG-001').title)"
CHANGE_TITLE = "from questions.models import Question; Question.objects.filter(code='PY-BEG-001').update(title='Mine')"


@pytest.fixture(scope="module")
def served_hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub that each test starts anew, on one data folder."""
    with copy_of(resting_hub, tmp_path_factory.mktemp("serve")) as hub:
        hub.kill()
        yield hub


@pytest.fixture
def own_hub(served_hub: RunningHub) -> Iterator[RunningHub]:
    """A hub that the test may stop, start and harm."""
    served_hub.start()
    yield served_hub
    served_hub.kill()


def shell(hub: RunningHub, code: str) -> str:
    """What a line of Python prints in the hub's shell."""
    done = hub.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def answer(hub: RunningHub, request: bytes) -> str:
    """The first line of the answer to a request sent byte by byte as it stands."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as connection:
        connection.sendall(request)
        return connection.makefile("rb").readline().decode("latin-1").strip()


def test_hub_that_runs_keeps_its_data_folder_to_hubs(own_hub: RunningHub) -> None:
    with pytest.raises(OperationError, match="A hub runs with the data in "):
        keep_out(own_hub.data_dir)
    own_hub.stop()

    os.close(keep_out(own_hub.data_dir))


def test_a_restart_is_quick_and_keeps_what_an_editor_changed(own_hub: RunningHub) -> None:
    shell(own_hub, CHANGE_TITLE)
    own_hub.stop()
    begin = time.monotonic()

    own_hub.start()

    seconds = time.monotonic() - begin
    print(f"The second start took {seconds:.1f} s.")
    assert shell(own_hub, SHOW_TITLE) == "Mine"
    assert seconds < 30


@pytest.mark.one_database
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_every_process(own_hub: RunningHub, number: signal.Signals) -> None:
    exit_code = own_hub.stop(number)

    assert exit_code == 0
    assert own_hub.survivors() == []


def test_ctrl_c_during_set_up_is_told_in_one_sentence(tmp_path: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # Tests in the background would let the hub ignore it.
    with own_database("hub_interrupted") as database:
        hub = RunningHub(tmp_path / "data", database)
        command = [sys.executable, str(BASE_DIR / "manage.py"), "serve"]
        environment = hub.environment | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, env=environment, stdout=PIPE, stderr=PIPE, text=True)
        try:
            assert process.stdout
            assert "Loading" in process.stdout.readline()

            process.send_signal(signal.SIGINT)

            errors = process.communicate(timeout=SECONDS_TO_STOP)[1]
        finally:
            process.kill()
    assert (process.returncode, "Traceback" in errors) == (130, False)
    assert errors.endswith("Interrupted.\n")


@pytest.mark.one_database
def test_head_gets_headers_alone_and_no_warning(hub: RunningHub) -> None:
    for path in ("/healthz", "/nowhere/", "/questions.csv", "/sitemap.xml", "/admin/login/"):
        line = answer(hub, b"HEAD " + path.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

        assert line.startswith("HTTP/1.1 ")
    assert "no-body response" not in hub.log


@pytest.mark.one_database
def test_killed_workers_are_replaced(own_hub: RunningHub) -> None:
    for pid in own_hub.workers():
        os.kill(pid, signal.SIGKILL)

    statuses = [open_url(f"{own_hub.url}/questions/", timeout=10).status for _ in range(10)]

    assert statuses == [200] * 10


def test_the_first_account_is_made_once_and_its_password_is_never_told(own_hub: RunningHub) -> None:
    own_hub.stop()
    path = own_hub.data_dir / "password"
    path.write_text("correct horse battery")
    path.chmod(0o600)
    own_hub.environment |= {"ADMIN_USER": "ann", "ADMIN_PASSWORD_FILE": str(path)}

    for _ in range(2):
        own_hub.start()
        own_hub.stop()

    assert "The account ann was made and may do everything." in own_hub.log
    assert "The account ann is there already and was left as it is." in own_hub.log
    assert "correct horse" not in own_hub.log


@pytest.mark.one_database
def test_a_first_account_with_a_weak_password_is_refused_in_one_sentence(own_hub: RunningHub) -> None:
    own_hub.stop()
    path = own_hub.data_dir / "password"
    path.write_text("hunter2")

    done = own_hub.manage("serve", ADMIN_USER="ben", ADMIN_PASSWORD_FILE=str(path))

    assert done.returncode != 0
    assert done.stderr.startswith("The hub is not configured well: The password in ADMIN_PASSWORD_FILE is refused: ")
    assert "hunter2" not in done.stderr


@pytest.mark.one_database
def test_a_taken_port_is_told_in_one_sentence(hub: RunningHub) -> None:
    second = hub.manage("serve")

    assert second.returncode != 0
    assert second.stderr.count("\n") == 1
    assert f"Port {hub.port} cannot be used" in second.stderr


@pytest.mark.one_database
def test_the_secret_key_is_for_its_owner_alone(hub: RunningHub) -> None:
    mode = (hub.data_dir / "secret_key").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


STRANGE_TARGETS = {
    "too long": b"/questions/?q=" + b"a" * 10_000,
    "long": b"/questions/?q=" + b"a" * 8_000,
    "encoded NUL in the path": b"/questions/%00/",
    "encoded NUL in the query": b"/questions/?q=%00&technology=%00&page=%00",
    "raw NUL": b"/questions/\x00/",
    "invalid UTF-8 in the path": b"/questions/%ff/",
    "invalid UTF-8 in the query": b"/questions/?q=%ff&level=%ff&difficulty_min=%ff",
    "raw invalid UTF-8": b"/questions/\xff/",
    "lone percent sign": b"/questions/%",
    "dots": b"/../../etc/passwd",
    "encoded dots in static": b"/static/%2e%2e/secret_key",
    "two slashes": b"//hub.invalid/questions/",
    "whole address": b"http://hub.invalid/questions/",
    "huge number": b"/questions/?page=" + b"9" * 5_000,
}


@pytest.mark.parametrize("target", STRANGE_TARGETS.values(), ids=STRANGE_TARGETS)
def test_a_strange_address_gets_an_answer(hub: RunningHub, target: bytes) -> None:
    line = answer(hub, b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    status = int(line.split()[1])
    assert 200 <= status < 500


REFUSED_REQUESTS = {
    "unknown host": b"GET / HTTP/1.1\r\nHost: hub.invalid\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: hub.invalid\r\n\r\n",
    "TRACE": b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "unknown method": b"BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no HTTP": b"hello\r\n\r\n",
    "future HTTP": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: 1\r\n" * 100 + b"\r\n",
    "too long header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"a" * 10_000 + b"\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n",
    "no token": b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.one_database
@pytest.mark.parametrize("request_", REFUSED_REQUESTS.values(), ids=REFUSED_REQUESTS)
def test_a_wrong_request_is_refused(hub: RunningHub, request_: bytes) -> None:
    line = answer(hub, request_)

    status = int(line.split()[1])
    assert 400 <= status < 500
