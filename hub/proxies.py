"""What a proxy in front of the hub may say, and what the log says when it does not say it."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import DisallowedHost
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("hub.proxies")

PAUSE = 60  # seconds between two lines of a kind

QUESTION = "X-Hub-Heard"  # A header, signed.
signer = TimestampSigner(salt="hub.proxies")

HOST = "Refused: a request came with the Host %r, not %r. A proxy has to pass on the Host that it was asked for."
PROTO = (
    "A request came from %s as plain http, with X-Forwarded-Proto %r, and was led to %s. Where visitors use https, "
    "the proxy has to send X-Forwarded-Proto, and FORWARDED_ALLOW_IPS has to name the proxy."
)


def own_question() -> dict[str, str]:
    """The header of a request by which the hub asks itself what a proxy makes of it."""
    return {QUESTION: signer.sign("heard")}


def is_own_question(request: HttpRequest) -> bool:
    """Whether a hub with the same secret key has just asked."""
    try:
        return bool(signer.unsign(request.headers.get(QUESTION, ""), max_age=PAUSE))
    except BadSignature:
        return False


def heard(request: HttpRequest, host: str) -> dict[str, str]:
    """What has arrived of a request that was sent to the hub's own address."""
    from hub.accounts.lockout import client_address  # Models, which are not there yet when this module is loaded.

    return {
        "host": host,
        "scheme": request.scheme or "",
        "from": request.META.get("REMOTE_ADDR", ""),
        "for": request.headers.get("X-Forwarded-For", ""),
        "client": client_address(request),
    }


class ProxyMiddleware:
    """Log what a proxy that is not set up well has sent: visitors see no more than 400, or an endless redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.logged_at: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        site = settings.ENVIRONMENT.site_url
        try:
            request.get_host()
        except DisallowedHost:
            self.log(HOST, request.META.get("HTTP_HOST", "")[:200], site.netloc)
        response = self.get_response(request)
        if site.scheme == "https" and not request.is_secure() and response.status_code == 301:
            said = request.META.get("HTTP_X_FORWARDED_PROTO", "")[:20]
            self.log(PROTO, request.META.get("REMOTE_ADDR"), said, settings.SITE_URL)
        return response

    def log(self, sentence: str, *values: object) -> None:
        """Say it, unless that was done a moment ago."""
        now = time.monotonic()
        if now - self.logged_at.get(sentence, float("-inf")) >= PAUSE:
            self.logged_at[sentence] = now
            logger.warning(sentence, *values)


def check_trusted_proxies(**kwargs: Any) -> list[checks.CheckMessage]:
    """Warn of networks that are, or reach into, a private one: every machine there could pose as any other."""
    return [
        checks.Warning(
            f"TRUSTED_PROXIES names the network {network}: each machine in it may say where a log-in comes from.",
            hint="Name the addresses of the proxies alone.",
            id="hub.W002",
        )
        for network in settings.TRUSTED_PROXIES
        if network.num_addresses > 1 and not (network[0].is_global and network[-1].is_global)
    ]
