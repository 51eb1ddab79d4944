"""Whether people reach the hub at its own address, through whatever stands in front of it."""

import json
import ssl
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from socket import create_connection

from django.conf import settings
from django.utils import timezone

from hub import proxies
from hub.operations.findings import Finding, Found, failure, ok, warning

SECONDS = 5  # until an address counts as silent
MOST_READ = 10_000  # bytes of an answer
CERTIFICATE_SOON = timedelta(days=21)


def address() -> Found:
    """Whether the hub answers under its own name, through whatever stands in front of it."""
    response, _ = _asked("/accessibility/")
    location = response.headers.get("Location", "")
    if response.status == 200:
        yield ok(f"{settings.SITE_URL} answers.")
    elif response.status in (301, 302) and location.startswith(settings.SITE_URL):
        yield failure("The proxy sends no X-Forwarded-Proto, or FORWARDED_ALLOW_IPS does not name it.")
    elif response.status == 400:
        yield failure("The proxy does not pass the site's own Host on.")
    else:
        yield failure(f"{settings.SITE_URL} answers {response.status}.")


def _asked(path: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
    """An answer of the hub's own address, and its body."""
    site = settings.ENVIRONMENT.site_url
    kind = HTTPSConnection if settings.ENVIRONMENT.is_https else HTTPConnection
    client = kind(site.hostname or "", site.port, timeout=SECONDS)
    try:
        client.request("GET", path, headers=headers or {})
        response = client.getresponse()
        return response, response.read(MOST_READ)
    finally:
        client.close()


def proxy() -> Found:
    """What arrives at the hub of a request to its own address."""
    response, body = _asked("/healthz", proxies.own_question())
    if response.status >= 500:
        yield failure(f"{settings.SITE_URL}/healthz answers {response.status}: the hub is down, or out of its reach.")
        return
    try:
        finding = judged(json.loads(body))
    except (ValueError, KeyError, TypeError):  # No JSON, or that of another program.
        finding = failure(f"What answers at {settings.SITE_URL} is no hub with this secret key.")
    yield finding


def judged(heard: dict[str, str]) -> Finding:
    """Whether a proxy says all that it should."""
    site, sender = settings.ENVIRONMENT.site_url, heard["from"]
    if heard["host"].lower() != site.netloc:
        return failure(f"The Host {site.netloc} arrives as {heard['host']!r}: the proxy has to pass it on.")
    if heard["scheme"] != site.scheme:
        return failure(
            f"What is asked by {site.scheme} arrives as {heard['scheme']}: the proxy, {sender}, has to send "
            "X-Forwarded-Proto, and FORWARDED_ALLOW_IPS has to name it."
        )
    visitor = heard["for"].rpartition(",")[2].strip()  # Which is the proxy's own address where it runs on this machine.
    if visitor and visitor != sender and heard["client"] == sender:
        return warning(f"Every visitor seems to come from {sender}: TRUSTED_PROXIES does not name that proxy.")
    return ok(f"Host and scheme arrive as they are asked for; this machine is known as {heard['client']}.")


def certificate() -> Found:
    """How long the certificate lasts."""
    site = settings.ENVIRONMENT.site_url
    if site.scheme != "https":
        yield ok("There is none, over plain http.")
        return
    address = (site.hostname or "", site.port or 443)
    with (
        create_connection(address, timeout=SECONDS) as raw,
        ssl.create_default_context().wrap_socket(raw, server_hostname=site.hostname) as secure,
    ):
        certificate = secure.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), tz=UTC)
    is_soon = ends - timezone.now() < CERTIFICATE_SOON
    yield (warning if is_soon else ok)(f"Its last day is {ends:%-d %B %Y}.")
