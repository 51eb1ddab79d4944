"""The kinds of hostile requests; each is a function that makes one of a surface by the draw of a generator."""

import io
import random
import zipfile
from collections.abc import Callable
from urllib.parse import quote_from_bytes

from tests.fuzz import values
from tests.fuzz.client import CSRF, Request
from tests.fuzz.forms import BOUNDARY, MULTIPART, URLENCODED, Form, multipart, urlencoded
from tests.fuzz.surface import ADMIN, GOOD, LEAVING, PLACE, Surface, filled

METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT", b"PROPFIND", b"get")
OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
FORWARDED = (
    "X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host X-Forwarded-Port X-Forwarded-Prefix Forwarded X-Real-IP "
    "X-Original-URL X-Rewrite-URL SCRIPT_NAME Script-Name PATH_INFO REMOTE_USER"
).split()
ASKING = (
    "Range If-Range If-Modified-Since If-Unmodified-Since If-None-Match If-Match Accept Origin Accept-Encoding "
    "Accept-Language Accept-Charset Referer User-Agent Authorization Date Upgrade X-Requested-With Sec-Fetch-Site "
    "Sec-Purpose Purpose Cache-Control Content-Encoding TE"
).split()
HEADER_VALUES = (
    b"bytes=0-", b"bytes=5-1", b"bytes=-0,-1,9-8", b"bytes=" + b"0-1," * 1500, b"items=0-9", b"gzip;q=abc",
    b"br;q=" + b"9" * 400, b"*/*;q=NaN", b"identity;q=0, *;q=0", b"W/\"" + b"a" * 4000, b'"a", "b',
    b"Thu, 99 Foo 0000 99:99:99 GMT", b"Basic !!!", b"Mon, 01 Jan 999999999999 00:00:00 GMT", b"null", b"prefetch",
    b"cross-site", b"websocket", b"gzip, gzip, br",
)  # fmt: skip
PARAMETERS = (
    "q technology level category difficulty_min difficulty_max sort page seen answered_by o p e all next token _popup "
    "_to_field _changelist_filters status__exact id__in d codes start end format"
).split()

SPOIL = {"json": values.spoiled_json, "csv": values.spoiled_csv}

Kind = Callable[[random.Random, Surface], Request]


def anywhere(rng: random.Random, surface: Surface) -> bytes:
    """Some address that is answered, mostly of those that anybody may open."""
    public = [route for route in surface.routes if not route.startswith(ADMIN)]
    routes = public if rng.random() < 0.7 else staying(surface)
    return filled(rng.choice(routes), GOOD).encode()


def staying(surface: Surface) -> list[str]:
    """The addresses where an editor who posts something stays logged in."""
    return [route for route in surface.routes if not route.startswith(LEAVING)]


def query(rng: random.Random, surface: Surface) -> bytes:
    """Parameters that some page reads, with values that it does not expect."""
    names = rng.choices(
        [*PARAMETERS, *surface.names], [4] * len(PARAMETERS) + [1] * len(surface.names), k=rng.randint(1, 4)
    )
    pairs = [name.encode() + b"=" + values.in_address(rng, values.raw(rng))[:3000] for name in names]
    return rng.choice((b"&", b"&", b"&", b";", b"&&")).join(pairs)[:7500]


def parameters(rng: random.Random, surface: Surface) -> Request:
    return Request("parameters", anywhere(rng, surface) + b"?" + query(rng, surface))


def desk_parameters(rng: random.Random, surface: Surface) -> Request:
    routes = [route for route in staying(surface) if route.startswith(ADMIN)]
    target = filled(rng.choice(routes), GOOD).encode() + b"?" + query(rng, surface)
    return Request("desk: parameters", target, is_editor=True)


def path(rng: random.Random, surface: Surface) -> Request:
    """An address whose places hold what they should not, or with something put into it."""
    route = rng.choice(staying(surface))
    if PLACE.search(route) and rng.random() < 0.7:
        parts = PLACE.split(route)[::3]
        target = values.in_address(rng, values.raw(rng))[:3000].join(part.encode() for part in parts)
    else:
        known = filled(route, GOOD).encode()
        place = rng.randrange(1, len(known) + 1)
        target = known[:place] + values.in_address(rng, values.raw(rng)) + known[place:]
    return Request("path", target[:7900], is_editor=route.startswith(ADMIN))


def method(rng: random.Random, surface: Surface) -> Request:
    spoof = ((rng.choice(OVERRIDES), rng.choice(METHODS)),) if rng.random() < 0.5 else ()
    named = rng.choice((*METHODS, b"A" * 200, b"G\xc9T", b"_", b"POST\x0b"))
    body = b"_method=DELETE" if rng.random() < 0.3 else b""
    headers = (*spoof, *((("Content-Type", URLENCODED),) if body else ()))
    return Request("method", anywhere(rng, surface), named, headers, body)


def host(rng: random.Random, surface: Surface) -> Request:
    """Somebody else's name for the hub, or a proxy's word on it."""
    value = values.in_header(
        rng.choice((values.raw(rng), b"127.0.0.1:99999", b"example.invalid", b"[::1", b"127.0.0.1,a", b""))
    )
    if rng.random() < 0.4:
        return Request("host", anywhere(rng, surface), headers=(("Host", value),))
    if rng.random() < 0.2:
        return Request("host", b"http://" + values.in_address(rng, value)[:500] + anywhere(rng, surface))
    names = rng.sample(FORWARDED, rng.randint(1, 3))
    told = rng.choice((value, b"https", b"/x", b"127.0.0.1", b"1.2.3.4, 127.0.0.1"))
    return Request("host", anywhere(rng, surface), headers=tuple((name, told) for name in names))


def cookie(rng: random.Random, surface: Surface) -> Request:
    names = (b"session", b"csrf", b"messages", b"seen", b"a" * 500, b"$Version", b"")
    pairs = [rng.choice(names) + b"=" + values.in_header(values.raw(rng)) for _ in range(rng.randint(1, 3))]
    verb = rng.choice((b"GET", b"GET", b"POST"))
    return Request(
        "cookie", anywhere(rng, surface), verb, (("Cookie", rng.choice((b"; ", b", ", b";")).join(pairs)[:8000]),)
    )


def header(rng: random.Random, surface: Surface) -> Request:
    asked = rng.sample(ASKING, rng.randint(1, 3))
    told = (rng.choice(HEADER_VALUES) if rng.random() < 0.6 else values.in_header(values.raw(rng)) for _ in asked)
    return Request("header", anywhere(rng, surface), headers=tuple(zip(asked, told, strict=True)))


def length(rng: random.Random, surface: Surface) -> Request:
    """A body that is not as long as it claims, or in chunks that are none."""
    claim = rng.choice((b"-1", b"+5", b"5, 5", b"1e3", b"0x10", b"9" * 30, b"3000", b"", b"\xb2", b"2"))
    chunks = rng.choice(
        (
            b"zz\r\nab\r\n0\r\n\r\n",
            b"5\r\nab",
            b"-1\r\n",
            b"5;x=" + b"a" * 5000 + b"\r\nabcde\r\n0\r\n\r\n",
            b"0\r\n\r\n",
        )
    )
    named = ("Transfer-Encoding", rng.choice((b"chunked", b"Chunked", b"chunked, chunked", b"xchunked")))
    framing = (named,) if rng.random() < 0.5 else (("Content-Length", claim),)
    return Request("length", anywhere(rng, surface), b"POST", (("Content-Type", URLENCODED), *framing), chunks)


def charset(rng: random.Random, surface: Surface) -> Request:
    """A body in an encoding that nobody asked for."""
    media = rng.choice((URLENCODED, MULTIPART, b"a", b"text/plain", b"application/json", b"multipart/mixed", b"/", b""))
    codec = rng.choice(values.CODECS)
    name = rng.choice((b"; charset=", b";charset=", b"; charset*=utf-8''", b"; charset*0=", b"; CHARSET="))
    quoted = b'"' + codec + b'"' if rng.random() < 0.2 else codec
    fields = [(b"helpful", values.raw(rng)), (b"csrfmiddlewaretoken", CSRF.encode()), (b"comment", values.raw(rng))]
    body = multipart(fields) if media == MULTIPART else urlencoded(fields)
    if rng.random() < 0.1:
        body = multipart([(b"a", b"a" * 60_000)])
    headers = [("Content-Type", values.in_header(media + name + quoted))]
    if rng.random() < 0.3:
        headers.append(("Cookie", b"csrf=" + values.in_header(values.raw(rng))))
    return Request("charset", anywhere(rng, surface), b"POST", tuple(headers), body, is_editor=rng.random() < 0.3)


def parts(rng: random.Random, surface: Surface) -> Request:
    """Multipart that is broken somewhere."""
    fields = [
        (rng.choice((b"helpful", b"reason", b"", values.raw(rng))), values.raw(rng))
        for _ in range(rng.choice((1, 3, 60)))
    ]
    files = [(values.raw(rng)[:300], values.raw(rng)[:300], values.raw(rng)) for _ in range(rng.choice((0, 0, 1, 120)))]
    body = multipart(fields, files)
    if rng.random() < 0.6:
        body = values.spoiled(rng, body)
    if rng.random() < 0.3:
        encoding = rng.choice((b"base64", b"quoted-printable", b"8bit", b"x-unknown"))
        body = body.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n!!!")
    boundary = rng.choice(
        (b"; boundary=" + BOUNDARY, b"; boundary=" + BOUNDARY, b"; boundary=", b"", b"; boundary=" + b"b" * 300)
    )
    headers = (("Content-Type", b"multipart/form-data" + boundary),)
    return Request("multipart", anywhere(rng, surface), b"POST", headers, body, is_editor=rng.random() < 0.5)


def form(rng: random.Random, surface: Surface) -> Request:
    """A form of some page, as it was shown but for a few fields."""
    chosen = rng.choice(surface.forms)
    fields = changed(rng, chosen)
    if chosen.method == "GET":
        return Request("form: GET", address(chosen) + b"?" + urlencoded(fields)[:7000], is_editor=True)
    if chosen.files or rng.random() < 0.2:
        files = [(name.encode(), values.raw(rng)[:100], values.raw(rng)) for name in chosen.files]
        return Request("form", address(chosen), b"POST", (("Content-Type", MULTIPART),), multipart(fields, files), True)
    return Request("form", address(chosen), b"POST", (("Content-Type", URLENCODED),), urlencoded(fields), True)


def address(form: Form) -> bytes:
    return quote_from_bytes(form.action.encode(), safe="/?=&%").encode()


def changed(rng: random.Random, form: Form) -> list[tuple[bytes, bytes]]:
    """A form's fields with other values in some; now and then one is missing, twice there or new."""
    fields = fields_of(form)
    for place in rng.sample(range(len(fields)), min(len(fields), rng.choice((1, 1, 2, 3, 8)))):
        if fields[place][0] != b"csrfmiddlewaretoken":
            fields[place] = (fields[place][0], values.raw(rng))
    match rng.randrange(12):
        case 0:
            fields.pop(rng.randrange(len(fields))) if fields else None
        case 1:
            fields.extend(rng.sample(fields, min(len(fields), 3)))
        case 2:
            fields.append((rng.choice((b"action", b"_save", b"post", values.raw(rng))), values.raw(rng)))
    return fields


def fields_of(form: Form) -> list[tuple[bytes, bytes]]:
    """A form's fields as they were shown, but for the token."""
    return [(name.encode(), (CSRF if name == "csrfmiddlewaretoken" else value).encode()) for name, value in form.fields]


def file(rng: random.Random, surface: Surface) -> Request:
    """A file to import; the form that confirms it is sent too."""
    chosen = rng.choice(surface.imports)
    ending, good = rng.choice(surface.files)
    spoil = SPOIL.get(ending, values.spoiled) if rng.random() < 0.8 else values.spoiled
    content = spoil(rng, good)
    match rng.randrange(8):
        case 0:
            ending = "yaml"  # Whatever is JSON is YAML too.
        case 1:
            ending = rng.choice(("csv", "md", "zip", "json", "yaml", "yml", "txt", ""))
        case 2:
            content, ending = _zipped(rng, ending, content), "zip"
    body = multipart(fields_of(chosen), [(chosen.files[0].encode(), b"questions." + ending.encode(), content)])
    return Request("import", address(chosen), b"POST", (("Content-Type", MULTIPART),), body, True, goes_on=True)


def _zipped(rng: random.Random, ending: str, content: bytes) -> bytes:
    """A zip of one file, whose name may be as hostile as its content."""
    hostile = values.raw(rng)[:100].decode("utf-8", "replace").replace("\0", "")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        member = hostile if hostile and rng.random() < 0.5 else f"a.{ending}"
        archive.writestr(zipfile.ZipInfo(member), content)  # Without the time of day.
    return file.getvalue() if rng.random() < 0.7 else values.spoiled(rng, file.getvalue())


KINDS: dict[Kind, int] = {
    parameters: 6, path: 4, method: 1, host: 2, cookie: 2, header: 2, length: 1, charset: 3, parts: 2,
    desk_parameters: 3, form: 6, file: 2,
}  # fmt: skip


def request(seed: int, number: int, surface: Surface) -> Request:
    """The request of that number; the same for the same seed, whatever was sent before."""
    rng = random.Random(f"{seed}-{number}")
    (kind,) = rng.choices(list(KINDS), list(KINDS.values()))
    return kind(rng, surface)
