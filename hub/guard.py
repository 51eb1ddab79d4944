"""What stands in front of everything: which request bodies are read at all, how far, and in which encoding.

Django would decode a body with whatever codec the Content-Type names, and write an upload of any size to disk before
it asks who sends it. So a body is judged here, by its headers before a byte is read and by its bytes before Django
sees one: UTF-8, urlencoded or multipart, no longer than its address allows. Django is given a Content-Type of the
guard's own making, in which no codec is named.
"""

import logging
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth import get_user
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.template.loader import render_to_string
from django.urls import reverse

from hub.pages.wsgi import Application, Environ, StartResponse

logger = logging.getLogger("hub.guard")

REFUSAL = "hub.refusal"  # In a WSGI environ: Django answers with this and nothing else.
COPIED = (
    "REQUEST_METHOD",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "wsgi.version",
    "wsgi.url_scheme",
    "wsgi.errors",
    "wsgi.multithread",
    "wsgi.multiprocess",
    "wsgi.run_once",
)

URLENCODED = "application/x-www-form-urlencoded"
CONTENT_TYPE = re.compile(
    rf"""({URLENCODED}|multipart/form-data)((?:\s*;\s*(?:charset="?utf-?8"?|boundary="?[\w'()+,./:=?-]{{1,70}}"?))*)[\s;]*""",
    re.ASCII | re.IGNORECASE,
)
BOUNDARY = re.compile(r"""boundary="?([\w'()+,./:=?-]{1,70})""", re.ASCII | re.IGNORECASE)

# What a browser says of a part. Parameters with an asterisk, which RFC 7578 forbids, would name a codec of their own.
PART = re.compile(
    r'Content-Disposition:\s*form-data(;\s*(?:file)?name=(?:"(?:[^"\\]|\\.)*"|[^\s";*]+))+'
    r"""|Content-Type:\s*[\w.+*-]+/[\w.+*-]+(\s*;\s*[\w-]+=(?:"[^"]*"|[^\s";]+))*"""
    r"|Content-Length:\s*[0-9]+",
    re.ASCII | re.IGNORECASE,
)
NAMES_ANOTHER_CODEC = re.compile(r'charset="?(?!utf-?8\b)', re.IGNORECASE)
LONGEST_PART_HEADER = 1000  # bytes; Django reads 1024

NEEDS_LENGTH = "Say how long the body is: chunked bodies are not taken."
BAD_LENGTH = "Content-Length is not a number."
CUT_OFF = "The body ended before Content-Length was reached."
NO_FORM = f"Bodies are taken as UTF-8 {URLENCODED} or multipart/form-data only."
NOT_UTF_8 = "The body is not UTF-8."
MALFORMED = "The body cannot be read as multipart/form-data."
TOO_MANY = "The form has more than the {:,} fields that are taken at once: leave out some, such as follow-ups."
TOO_MANY_FILES = "The form has more than the {:,} files that are taken at once."
TOO_LARGE = "The form has more than the {:,} bytes that are taken here: shorten its texts, or send a smaller file."
STRANGER = " Whoever is logged in as staff may send more: log in, then send it again."
UNAVAILABLE = "The database cannot be asked who you are. Please try again soon."
FAILED = "The hub made a mistake."


class Refusal(NamedTuple):
    status: int
    sentence: str


class RefusedError(Exception):
    """A request that Django must not see."""

    def __init__(self, status: int, sentence: str) -> None:
        self.refusal = Refusal(status, sentence)


class Guard:
    """A WSGI application that hands on what it has checked, and has Django refuse the rest."""

    def __init__(self, application: Application, django: Application) -> None:
        self.application = application
        self.django = django

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            if environ.get("CONTENT_LENGTH", "0") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ:
                check_body(environ)
            else:  # Django decodes the query, too, with the codec that is named here.
                environ.pop("CONTENT_TYPE", None)
            return self.application(environ, start_response)
        except RefusedError as refused:
            return self.django(without_request(environ) | {REFUSAL: refused.refusal}, start_response)
        except Exception:  # The last place to catch what Django itself stumbles over, before it reads its settings.
            logger.exception("A request could not be answered.")
            return self.django(without_request(environ) | {REFUSAL: Refusal(500, FAILED)}, start_response)


class RefusalMiddleware:
    """Answer what the guard refuses; what stands above says the headers of every response, and logs it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal: Refusal | None = request.META.get(REFUSAL)
        if refusal is None:
            return self.get_response(request)
        if refusal.status == 500:
            return HttpResponse(render_to_string("500.html"), status=500)
        if request.path.startswith(reverse("admin:index")):  # Editors send it with a browser, and have text to lose.
            return HttpResponse(render_to_string("refused.html", refusal._asdict()), status=refusal.status)
        return HttpResponse(f"{refusal.sentence}\n", status=refusal.status, content_type="text/plain; charset=utf-8")


def without_request(environ: Environ) -> Environ:
    """The environ with nothing of the visitor's but address and method."""
    path = environ.get("PATH_INFO", "/")
    return {name: environ[name] for name in COPIED if name in environ} | {
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "HTTP_HOST": settings.ENVIRONMENT.site_url.netloc,
        "wsgi.input": BytesIO(),
    }


def check_body(environ: Environ) -> None:
    """Read the body, if it may be sent here, and leave it and its type to Django; else raise RefusedError."""
    length = _length(environ)
    kind, boundary = _kind(environ.get("CONTENT_TYPE", ""))
    _check_length(length, environ)
    body = environ["wsgi.input"].read(length)
    if len(body) < length:
        raise RefusedError(400, CUT_OFF)
    if boundary:
        check_multipart(body, boundary.encode())
    else:
        check_urlencoded(body)
    environ |= {"CONTENT_TYPE": kind, "wsgi.input": BytesIO(body)}


def _length(environ: Environ) -> int:
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise RefusedError(411, NEEDS_LENGTH)
    length = environ["CONTENT_LENGTH"]
    if not re.fullmatch(r"[0-9]{1,18}", length, re.ASCII):
        raise RefusedError(400, BAD_LENGTH)
    return int(length)


def _kind(content_type: str) -> tuple[str, str]:
    """The Content-Type as Django gets it, and the boundary of a multipart body."""
    match = CONTENT_TYPE.fullmatch(content_type.strip())
    if match is None:
        raise RefusedError(415, NO_FORM)
    if match[1].lower() == URLENCODED:
        return URLENCODED, ""
    boundaries = BOUNDARY.findall(match[2])
    if len(boundaries) != 1:
        raise RefusedError(400, MALFORMED)
    return f'multipart/form-data; boundary="{boundaries[0]}"', boundaries[0]


def body_limit(path: str) -> int:
    """How many bytes a body may have at an address: what the longest prefix that it begins with says."""
    return settings.BODY_LIMITS[max(filter(path.startswith, settings.BODY_LIMITS), key=len, default="/")]


def _check_length(length: int, environ: Environ) -> None:
    limit, for_all = body_limit(environ.get("PATH_INFO", "/")), settings.BODY_LIMITS["/"]
    if length > limit:
        raise RefusedError(413, TOO_LARGE.format(limit))
    is_open = environ.get("PATH_INFO", "/").startswith(settings.OPEN_BODIES)
    if length > for_all and not is_open and not is_staff(environ):
        raise RefusedError(413, TOO_LARGE.format(for_all) + STRANGER)


def is_staff(environ: Environ) -> bool:
    """Whether the request comes with the session of somebody who may open the admin."""
    request = HttpRequest()
    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        user = get_user(request)
    except DatabaseError:
        raise RefusedError(503, UNAVAILABLE) from None
    return user.is_active and getattr(user, "is_staff", False)


def check_urlencoded(body: bytes) -> None:
    """Raise RefusedError for what is not UTF-8, behind percent signs too, and for more fields than Django takes."""
    _check_text(unquote_to_bytes(body))
    _check_number(body.count(b"&") + 1)


def check_multipart(body: bytes, boundary: bytes) -> None:
    """Raise RefusedError for what is not laid out as a browser does it, or has text that is not UTF-8."""
    delimiter = b"\r\n--" + boundary
    first, *parts = (b"\r\n" + body).split(delimiter)
    if first or not parts or parts.pop().rstrip(b"\r\n") != b"--":
        raise RefusedError(400, MALFORMED)
    _check_number(len(parts))
    files = 0
    for part in parts:
        header, end, content = part.partition(b"\r\n\r\n")
        if not end or len(header) > LONGEST_PART_HEADER:
            raise RefusedError(400, MALFORMED)
        _check_text(header)
        if "filename=" in _checked_header(header.decode()):
            files += 1
        else:
            _check_text(content)
    if files > settings.DATA_UPLOAD_MAX_NUMBER_FILES:
        raise RefusedError(400, TOO_MANY_FILES.format(settings.DATA_UPLOAD_MAX_NUMBER_FILES))


def _check_number(fields: int) -> None:
    if fields > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise RefusedError(400, TOO_MANY.format(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS))


def _checked_header(header: str) -> str:
    """The Content-Disposition of a part, in small letters, if there is one and nothing in the header names a codec."""
    start, *lines = header.split("\r\n")
    if start or not all(PART.fullmatch(line.strip()) for line in lines):
        raise RefusedError(400, MALFORMED)
    if any(NAMES_ANOTHER_CODEC.search(line) for line in lines if line.lower().startswith("content-type:")):
        raise RefusedError(415, NO_FORM)
    dispositions = [line.lower() for line in lines if line.lower().startswith("content-disposition:")]
    if len(dispositions) != 1 or not re.search(r"[;\s]name=", dispositions[0]):
        raise RefusedError(400, MALFORMED)
    return dispositions[0]


def _check_text(text: bytes) -> None:
    try:
        text.decode()
    except UnicodeDecodeError:
        raise RefusedError(400, NOT_UTF_8) from None
