"""Whole public pages, ready to send, in front of Django: a hit costs no request object, no middleware and no view.

Why nobody can poison it: Django makes a page not from a visitor's request but from one that is made of the page's
address alone, its path and the parameters that its view has declared. No host, cookie, other header, request body or
unknown parameter reaches the view.

Why it is never old: pages of one version of the content are kept, and the version is asked for with each request.

Why it does not grow: it counts bytes, and the page that nobody has asked for the longest goes first.
"""

import gzip
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from hashlib import blake2b
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.wsgi import get_path_info
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags

from hub.logs import LOGGED_BY_CALLER, log_request

if TYPE_CHECKING:
    from hub.pages.shared import SharedPages  # Only hubs that have a Redis load its client.

MEMORY = 16 * 2**20  # bytes of pages in a process
LARGEST_BODY = 2**20  # bytes
OVERHEAD = 5120  # bytes that a page takes beside its bodies and its address: headers and objects
LONGEST_KNOWN_ADDRESS = 512  # Longer ones are worked out anew each time, so that the table of them stays small.

# A browser asks each time whether its copy is still good. A CDN may answer for a minute before it asks, and then for
# a second while it asks: no longer, because browsers take stale-while-revalidate as leave to show old pages.
FOR_ALL = {"public": True, "max_age": 0, "s_maxage": 60, "stale_while_revalidate": 1}
FOR_EDITORS = {"private": True, "no_cache": True}

TEXT = re.compile(r"text/|.*(json|xml)")
WEIGHED_CODING = re.compile(r"\s*(?:x-)?([\w*-]+)\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?", re.ASCII)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
View = Callable[..., HttpResponseBase]


def public_page(*parameters: str, repeatable: Iterable[str] = ()) -> Callable[[View], View]:
    """Declare that what a view answers follows from its path and these parameters alone, and that caches may keep it.

    Of a parameter that comes twice the last value counts, as in `QueryDict.get`; of a repeatable one the set of values.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def public_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not response.has_header("Cache-Control"):
                is_editor = settings.SESSION_COOKIE_NAME in request.COOKIES
                patch_cache_control(response, **(FOR_EDITORS if is_editor else FOR_ALL))
            return response

        known = dict.fromkeys(parameters, False) | dict.fromkeys(repeatable, True)
        public_view.public_parameters = known  # type: ignore[attr-defined]
        return public_view

    return decorate


class Address(NamedTuple):
    """What a page is known by, and its path as logs show it."""

    path: str  # as WSGI has it: bytes in Latin-1
    query: str
    shown: str


def canonical(path: str, query: str) -> Address | None:
    """The one address for all that lead to the same public page; None where no view has declared to be public."""
    text = get_path_info({"PATH_INFO": path})
    try:
        known = getattr(resolve(text).func, "public_parameters", None)
        asked = QueryDict(query.encode("latin-1"))
    except (Resolver404, TooManyFieldsSent):
        return None
    if known is None:
        return None
    pairs = []
    for name in sorted(known.keys() & asked.keys()):
        values = asked.getlist(name)
        pairs += [(name, value) for value in (sorted(set(values)) if known[name] else values[-1:])]
    return Address(path, urlencode(pairs), quote(text))


def is_host_of_site(host: str) -> bool:
    """Whether Django answers this Host header; like Django, it leaves the port alone."""
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def has_session(cookies: str) -> bool:
    """Whether a Cookie header brings a session: an editor always sees fresh pages."""
    return settings.SESSION_COOKIE_NAME in cookies and settings.SESSION_COOKIE_NAME in parse_cookie(cookies)


def best_coding(accepted: str) -> str:
    """`br`, `gzip` or `identity`: the best that an Accept-Encoding header allows."""
    found = map(WEIGHED_CODING.fullmatch, accepted.lower().split(","))
    weights = {match[1]: float(match[2] or 1) for match in found if match}
    other = weights.get("*", 0)
    coding = max(("br", "gzip"), key=lambda name: weights.get(name, other))  # The first where both are as welcome.
    weight = weights.get(coding, other)
    return coding if weight > 0 and weight >= weights.get("identity", 0) else "identity"


def names(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names this ETag; the `W/` of a proxy that changed the coding does not matter."""
    return if_none_match == etag or any(it.removeprefix("W/") in (etag, "*") for it in parse_etags(if_none_match))


class Variant(NamedTuple):
    """A page in one coding, ready to send."""

    etag: str
    headers: Headers
    headers_of_304: Headers
    body: bytes


Page = dict[str, Variant]  # by coding


def page_of(headers: Headers, body: bytes) -> Page:
    """The page with these headers and this body, in every coding that makes sense for it."""
    bodies = {"identity": body}
    if any(name.lower() == "content-type" and TEXT.match(value) for name, value in headers):
        # Quick rather than small: the first visitor waits for it.
        bodies |= {"gzip": gzip.compress(body, 4, mtime=0), "br": brotli.compress(body, quality=6)}
    digest = blake2b(body, digest_size=16).hexdigest()
    return {coding: _variant(headers, coding, f'"{digest}-{coding}"', bodies[coding]) for coding in bodies}


def _variant(headers: Headers, coding: str, etag: str, body: bytes) -> Variant:
    common = [("ETag", etag), ("Vary", "Accept-Encoding"), *(it for it in headers if it[0].lower() == "cache-control")]
    own = [("Content-Length", str(len(body)))]
    if coding != "identity":
        own.append(("Content-Encoding", coding))
    replaced = ("cache-control", "content-length", "etag", "vary")
    return Variant(etag, [*(it for it in headers if it[0].lower() not in replaced), *common, *own], common, body)


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
        if isinstance(self.body, HttpResponseBase):
            self.body.close()


class Pages:
    """The pages of one version of the content that were asked for last, as many as fit into a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._version: int | None = None
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, version: int, address: Address) -> Page | None:
        """The page, if there is one; pages of another version are forgotten."""
        with self._lock:
            if version != self._version:
                self._pages.clear()
                self._version, self.size = version, 0
            page = self._pages.get(address)
            if page is not None:
                self._pages.move_to_end(address)
            return page

    def put(self, version: int, address: Address, page: Page) -> None:
        """Keep a page, unless the content has changed while it was made or another thread was quicker."""
        with self._lock:
            if version != self._version or address in self._pages:
                return
            self._pages[address] = page
            self.size += _size(address, page)
            while self.size > self.limit:
                self.size -= _size(*self._pages.popitem(last=False))


def _size(address: Address, page: Page) -> int:
    return OVERHEAD + sum(map(len, address)) + sum(len(variant.body) for variant in page.values())


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
        self.site = urlsplit(settings.SITE_URL)
        self._canonical = lru_cache(4096)(canonical)
        self._is_host_of_site = lru_cache(64)(is_host_of_site)
        self._best_coding = lru_cache(256)(best_coding)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        begin = time.perf_counter()
        address = self._address(environ)
        if address is None:
            return self.application(environ, start_response)
        try:
            version = self.version()
        except DatabaseError:  # Django can say so, and mends the connection before its next request.
            return self.application(environ, start_response)
        found = self.pages.get(version, address) or self._get_or_make(version, address, environ)
        answer = found if isinstance(found, Answer) else self._answer(found, environ)
        start_response(answer.status, answer.headers)
        log_request(environ["REQUEST_METHOD"], address.shown, int(answer.status[:3]), begin)
        if environ["REQUEST_METHOD"] == "HEAD":
            answer.close()
            return ()
        return answer.body

    def _address(self, environ: Environ) -> Address | None:
        """The address, if a public page is asked for, the whole of it and by nobody in particular."""
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or environ["wsgi.url_scheme"] != self.site.scheme
            or environ.get("SCRIPT_NAME")  # gunicorn takes it from a header if that comes from this machine.
            or "HTTP_AUTHORIZATION" in environ
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

    def _get_or_make(self, version: int, address: Address, environ: Environ) -> Page | Answer:
        """The page from the shared cache, or from Django; what Django answers, where that is not for everybody."""
        page = self.shared and self.shared.get(version, address)
        if not page:
            answer = Answer.of(self.application, self._request(address, environ))
            page = answer.as_page()
            if page is None:
                return answer
            answer.close()
            if self.shared:
                self.shared.put(version, address, page)
        self.pages.put(version, address, page)
        return page

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
        }
