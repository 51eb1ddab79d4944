"""A page in each coding that browsers take, and which of them a request asks for."""

import gzip
import re
from hashlib import blake2b
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
from django.utils.http import parse_etags

from hub.pages.wsgi import Headers

TEXT = re.compile(r"text/|.*(json|xml)")
WEIGHED_CODING = re.compile(r"\s*(?:x-)?([\w*-]+)\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?", re.ASCII)


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
    return if_none_match == etag or any(tag.removeprefix("W/") in (etag, "*") for tag in parse_etags(if_none_match))


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
    common = [
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        *(pair for pair in headers if pair[0].lower() == "cache-control"),
    ]
    own = [("Content-Length", str(len(body)))]
    if coding != "identity":
        own.append(("Content-Encoding", coding))
    replaced = ("cache-control", "content-length", "etag", "vary")
    return Variant(etag, [*(pair for pair in headers if pair[0].lower() not in replaced), *common, *own], common, body)
