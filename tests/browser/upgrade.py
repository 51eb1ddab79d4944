"""A hub behind a server that can make it look upgraded: another set of static files, of which one has changed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError

from tests.browser.running_hub import RunningHub, open_url

STYLE = re.compile(rb"(css/base\.)[0-9a-f]{12}(\.css)")
VERSION = re.compile(rb'(const CACHE = "hub-)[^"]*')
NEW = b"0123456789ab"


class UpgradingServer(ThreadingHTTPServer):
    """Passes everything on to the hub; after `upgrade`, its base style has another name, and the old one is gone."""

    daemon_threads = True

    def __init__(self, hub: RunningHub) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.hub, self.is_upgraded = hub, False
        found = STYLE.search(open_url(f"{hub.url}/").read())
        assert found
        self.style = found[0]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def upgrade(self) -> None:
        self.is_upgraded = True

    def answer_to(self, path: str) -> tuple[int, str, bytes]:
        """Status, type and body."""
        new = STYLE.sub(rb"\g<1>" + NEW + rb"\2", self.style)
        if self.is_upgraded and self.style.decode() in path:
            return 404, "text/plain", b""
        try:
            response = open_url(self.hub.url + path.replace(new.decode(), self.style.decode()))
        except HTTPError as missing:
            return missing.code, "text/plain", b""
        body = response.read()
        if self.is_upgraded:
            body = VERSION.sub(rb"\g<1>" + NEW, body.replace(self.style, new))
        return response.status, response.headers["Content-Type"], body


class Passing(BaseHTTPRequestHandler):
    server: UpgradingServer

    def do_GET(self) -> None:
        status, kind, body = self.server.answer_to(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def upgrading(hub: RunningHub) -> Iterator[UpgradingServer]:
    """A server that passes on to the hub until it is left."""
    with UpgradingServer(hub) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
