"""Whole public pages, ready to send, in front of Django: a hit costs no request object, no middleware and no view.

Why nobody can poison it: Django makes a page not from a visitor's request but from one that is made of the page's
address alone, its path and the parameters that its view has declared. No host, cookie, other header, request body or
unknown parameter reaches the view, unless it asks by name who asks, to count them.

Why it is never old: pages of one version of the content are kept, and the version is asked for with each request. Only
while the database does not answer are pages sent as they were last, with their Age.

Why it does not grow: it counts bytes, and the page that nobody has asked for the longest goes first.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.http import HttpResponse
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase

from hub.logs import LOGGED_BY_CALLER, VIEW, log_request
from hub.pages.address import ASKED_BY, Address, canonical
from hub.pages.coding import Page, best_coding, names, page_of
from hub.pages.store import MEMORY, Pages
from hub.pages.wsgi import Application, Environ, Headers, StartResponse

if TYPE_CHECKING:
    from hub.pages.shared import SharedPages  # Only hubs that have a Redis load its client.

PAUSE = 2  # seconds after the database has failed until it is asked again for the version
GRACE = 1  # second that a thread waits for another that asks
LARGEST_BODY = 2**20  # bytes
SOURCE = "hub.source"  # In a WSGI environ: where a public page came from.
LONGEST_KNOWN_ADDRESS = 512  # Longer ones are worked out each time, so that the table of them stays small.


def is_host_of_site(host: str) -> bool:
    """Whether Django answers this Host header; like Django, it leaves the port alone."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def has_session(cookies: str) -> bool:
    """Whether a Cookie header brings a session: an editor always sees fresh pages."""
    return settings.SESSION_COOKIE_NAME in cookies and settings.SESSION_COOKIE_NAME in parse_cookie(cookies)


class Closing:
    """A body after which something else is to be closed: what Django does at the end of a request waits until then."""

    def __init__(self, parts: Iterable[bytes], close: Callable[[], None]) -> None:
        self.parts, self.close = parts, close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.parts)


class Answer(NamedTuple):
    """A response as WSGI knows it."""

    status: str
    headers: Headers
    body: Iterable[bytes]

    @classmethod
    def of(cls, application: Application, environ: Environ) -> "Answer":
        said: list[tuple[str, Headers]] = []
        body = application(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
        return cls(*said[0], body)

    def as_page(self) -> Page | None:
        """The page, if this is one that everybody may get."""
        fields = {name.lower(): value.lower() for name, value in self.headers}
        is_for_all = (
            self.status.startswith("200 ")
            and "public" in re.split(r"\s*,\s*", fields.get("cache-control", ""))
            and fields.get("vary", "accept-encoding") == "accept-encoding"
            and not {"set-cookie", "content-encoding"} & fields.keys()
            and isinstance(self.body, HttpResponse)  # Others stream: their length is unknown.
            and len(self.body.content) <= LARGEST_BODY
        )
        return page_of(self.headers, b"".join(self.body)) if is_for_all else None

    def close(self) -> None:
        if isinstance(self.body, HttpResponseBase | Closing):
            self.body.close()


class PageCache:
    """A WSGI application that answers what it can from its pages and leaves everything else to Django."""

    def __init__(
        self,
        application: Application,
        version: Callable[[], int],
        shared: "SharedPages | None" = None,
        memory: int = MEMORY,
    ) -> None:
        self.application = application
        self.version = version
        self.shared = shared
        self.pages = Pages(memory)
        self._known_at = self._failed_at = float("-inf")
        self._asking = Lock()
        self.site = urlsplit(settings.SITE_URL)
        self._canonical = lru_cache(4096)(canonical)
        self._is_host_of_site = lru_cache(64)(is_host_of_site)
        self._best_coding = lru_cache(256)(best_coding)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        begin = time.perf_counter()
        address = self._address(environ)
        if address is None:
            return self.application(environ, start_response)
        environ[VIEW] = address.view
        answer = self._find(address, environ)
        if answer is None:
            return self.application(environ, start_response)
        start_response(answer.status, answer.headers)
        log_request(environ["REQUEST_METHOD"], address.shown, int(answer.status[:3]), begin)
        return Closing((), answer.close) if environ["REQUEST_METHOD"] == "HEAD" else answer.body

    def _find(self, address: Address, environ: Environ) -> Answer | None:
        """The answer from memory, from the shared cache, or from Django; None where nothing but Django can say it."""
        version = self._current()
        if version is None:
            return self._as_it_was(address, environ)
        source, page = "memory", self.pages.get(version, address)
        if page is None and self.shared and (page := self.shared.get(version, address)):
            source = "shared"
            self.pages.put(version, address, page)
        environ[SOURCE] = source if page else "made"
        return self._answer(page, environ) if page else self._make(version, address, environ)

    def _current(self) -> int | None:
        """The version of the content; None while the database does not tell, to this thread or to another."""
        if time.monotonic() - self._failed_at < PAUSE:
            return None
        if not self._asking.acquire(timeout=GRACE):
            self._failed_at = time.monotonic()
            return None
        try:
            return self._asked()
        finally:
            self._asking.release()

    def _asked(self) -> int | None:
        for _ in range(2):
            try:
                version = self.version()
            except DatabaseError:  # The first time, it may be the connection alone that has ended.
                close_old_connections()
            else:
                self._known_at = time.monotonic()
                return version
        self._failed_at = time.monotonic()
        return None

    def _as_it_was(self, address: Address, environ: Environ) -> Answer | None:
        """A page from memory that may have changed since the version was last known."""
        page = self.pages.last(address)
        if page is None:
            return None
        environ[SOURCE] = "stale"
        answer = self._answer(page, environ)
        age = int(time.monotonic() - self._known_at)
        return answer._replace(headers=[*answer.headers, ("Age", str(age))])

    def _address(self, environ: Environ) -> Address | None:
        """The address, if a public page is asked for, the whole of it and by nobody in particular."""
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or environ["wsgi.url_scheme"] != self.site.scheme
            or environ.get("SCRIPT_NAME")  # gunicorn takes it from a header if that comes from this machine.
            or "HTTP_RANGE" in environ
            or not self._is_host_of_site(environ.get("HTTP_HOST", ""))
            or ("HTTP_COOKIE" in environ and has_session(environ["HTTP_COOKIE"]))
        ):
            return None
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        is_short = len(path) + len(query) <= LONGEST_KNOWN_ADDRESS
        return self._canonical(path, query) if is_short else canonical(path, query)

    def _answer(self, page: Page, environ: Environ) -> Answer:
        """The page in the visitor's coding, or the word that the visitor's copy is still good."""
        variant = page.get(self._best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))) or page["identity"]
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if if_none_match is not None and names(if_none_match, variant.etag):
            return Answer("304 Not Modified", variant.headers_of_304, ())
        return Answer("200 OK", variant.headers, (variant.body,))

    def _make(self, version: int, address: Address, environ: Environ) -> Answer:
        """What Django answers, which is kept if it is for everybody."""
        made = Answer.of(self.application, self._request(address, environ))
        page = made.as_page()
        if page is None:
            return made
        if self.shared:
            self.shared.put(version, address, page)
        self.pages.put(version, address, page)
        answer = self._answer(page, environ)
        return answer._replace(body=Closing(answer.body, made.close))

    def _request(self, address: Address, environ: Environ) -> Environ:
        """The request from which Django makes the page: nothing of the visitor's is in it except for the address."""
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "SERVER_NAME": self.site.hostname,
            "SERVER_PORT": str(self.site.port or ""),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.site.netloc,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": environ["wsgi.errors"],
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            LOGGED_BY_CALLER: True,
            ASKED_BY: environ,
        }
