"""Sends requests byte by byte as they stand, which no well-behaved client would do."""

import http.client
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 30  # seconds
CSRF = "a" * 32  # As cookie and as field: what counts is that both are the same.
NO_ANSWER = 0


@dataclass(frozen=True)
class Request:
    """What is sent; headers stand beside those that every request needs, or in their place."""

    kind: str
    target: bytes
    method: bytes = b"GET"
    headers: tuple[tuple[str, bytes], ...] = ()
    body: bytes = b""
    is_editor: bool = False
    goes_on: bool = False  # The form that the answer shows is sent too.

    def __str__(self) -> str:
        """Enough to know it again by."""
        headers = "; ".join(f"{name}: {value[:60]!r}" for name, value in self.headers)
        return f"{self.method[:20]!r} {self.target[:100]!r} {headers} {self.body[:100]!r}"


@dataclass(frozen=True)
class Answer:
    """What came back; without a status, why nothing did."""

    status: int
    body: bytes = b""
    location: str = ""
    cookies: tuple[str, ...] = ()
    problem: str = ""


@dataclass
class Client:
    """Asks the hub on one port of this machine, each time on a connection of its own."""

    port: int
    session: str = field(default="", init=False)

    def send(self, request: Request) -> Answer:
        """The hub's answer, however it ends."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
                with suppress(OSError):  # It was refused, with an answer, before all of it was read.
                    connection.sendall(self.written(request))
                    connection.shutdown(socket.SHUT_WR)  # A body that is shorter than it claims ends here.
                return self._answer(connection, request)
        except (OSError, http.client.HTTPException) as error:
            return Answer(NO_ANSWER, problem=repr(error))

    def _answer(self, connection: socket.socket, request: Request) -> Answer:
        response = http.client.HTTPResponse(connection, method=request.method.decode("latin-1"))
        response.begin()
        cookies = tuple(response.headers.get_all("Set-Cookie", []))
        return Answer(response.status, response.read(), response.headers.get("Location", ""), cookies)

    def written(self, request: Request) -> bytes:
        """The bytes of a request."""
        headers = list(request.headers)
        named = {name.lower() for name, _ in headers}
        if "host" not in named:
            headers.insert(0, ("Host", f"127.0.0.1:{self.port}".encode()))
        if not named & {"content-length", "transfer-encoding"} and (request.body or request.method == b"POST"):
            headers.append(("Content-Length", str(len(request.body)).encode()))
        if request.is_editor:
            headers.append(("Cookie", f"session={self.session}; csrf={CSRF}".encode()))
        lines = [b"%s: %s\r\n" % (name.encode("latin-1"), value) for name, value in headers]
        start = b"%s %s HTTP/1.1\r\nConnection: close\r\n" % (request.method, request.target)
        return start + b"".join(lines) + b"\r\n" + request.body

    def log_in(self, name: str, password: str) -> None:
        """Be this editor from now on."""
        form = {"username": name, "password": password, "csrfmiddlewaretoken": CSRF}
        headers = (("Content-Type", b"application/x-www-form-urlencoded"), ("Cookie", f"csrf={CSRF}".encode()))
        answer = self.send(Request("log-in", b"/admin/login/", b"POST", headers, urlencode(form).encode()))
        sessions = [cookie for cookie in answer.cookies if cookie.startswith("session=")]
        assert sessions, f"{name} cannot log in: {answer}"
        self.session = sessions[0].partition("=")[2].partition(";")[0]

    def is_logged_in(self) -> bool:
        """Whether the hub still takes this client for its editor."""
        return self.send(Request("session", b"/admin/", is_editor=True)).status == 200
