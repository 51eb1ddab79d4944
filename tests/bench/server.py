"""The hub as in production, and the bare Django view that it is compared with, each on a free port."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tests.browser.running_hub import free_port

ROOT = Path(__file__).parents[2]
FORM = "application/x-www-form-urlencoded"


class Server:
    """A running gunicorn."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        """The response on a connection of its own, and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def post(self, path: str, values: Mapping[str, object], cookie: str) -> int:
        """Send a form as a page of this site does, and return the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": FORM}
        try:
            connection.request("POST", path, urlencode(values), headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """The ids of the worker processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def computed(self) -> float:
        """The seconds that its workers have computed."""
        return computed(self.workers())

    def memory(self) -> list[tuple[float, float]]:
        """Each worker's RSS and PSS in MB; PSS divides what processes share among them."""
        return [(resident(pid), resident(pid, "Pss")) for pid in self.workers()]


def computed(pids: Iterable[int]) -> float:
    """The seconds that processes have computed."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def resident(pid: int, name: str = "Rss") -> float:
    """A process's memory in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


@contextmanager
def serving(application: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Serve a WSGI application with the production settings and two workers."""
    port = free_port()
    variables = os.environ | {"PORT": str(port), "WEB_CONCURRENCY": "2", **environment}
    command = [sys.executable, "-m", "gunicorn", "-c", "hub/gunicorn.conf.py", application]
    with log.open("ab") as lines:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=lines, stderr=lines)
    try:
        _wait_for(process, port, log)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"The server does not start; its log is {log}.")
