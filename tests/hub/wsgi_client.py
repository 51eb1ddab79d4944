"""Sends requests to a WSGI application as a server would, without Django's test client, which goes around it."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

import brotli  # type: ignore[import-untyped]

from hub.pages.wsgi import Application

DECODE: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@dataclass
class Received:
    """A response as it goes over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body, decoded as its headers say."""
        return DECODE.get(self.headers.get("Content-Encoding", ""), bytes)(self.body).decode()


def ask(application: Application, target: str, method: str = "GET", content: bytes = b"", **environ: Any) -> Received:
    """Request a path and query; further arguments are entries of the WSGI environ, as `HTTP_COOKIE="a=1"`."""
    path, _, query = target.partition("?")
    request: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": BytesIO(content),
    }
    request |= environ
    setup_testing_defaults(request)
    said: list[tuple[str, list[tuple[str, str]]]] = []
    response = application(request, lambda status, headers, exc_info=None: said.append((status, headers)))
    body = b"".join(response)
    if close := getattr(response, "close", None):
        close()
    ((status, headers),) = said
    assert len(dict(headers)) == len(headers)
    return Received(int(status[:3]), dict(headers), body)


class Counted:
    """An application that counts its requests."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.requests = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.requests += 1
        return self.application(environ, start_response)
