"""Who fails to log in too often has to wait: django-axes counts, and here stand the limits and what is said of them.

A name is locked for one address alone, so nobody can keep an editor out from elsewhere. Attempts during a lock-out are
refused and not counted: it ends by itself, however many are made.
"""

import logging
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

logger = logging.getLogger("hub.accounts.lockout")

# Failures until a lock-out, in the order of AXES_LOCKOUT_PARAMETERS.
LIMITS = (5, 20)

# Log-ins, and failures, that the audit page can look back on; older ones go as new ones come.
KEPT = 100_000

Credentials = dict[str, Any] | None


class LockoutHandler(AxesDatabaseHandler):
    """django-axes' database handler with a limit of its own for each parameter, and tables that stay bounded."""

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """How many of the limits are reached; one is enough for a lock-out."""
        return len(self.locked_since(request, credentials))

    def locked_since(self, request: HttpRequest, credentials: Credentials = None) -> list[datetime]:
        """For each limit that is reached, the time of the last failure that was counted."""
        found = [
            attempts.aggregate(failures=Sum("failures_since_start", default=0), last=Max("attempt_time"))
            for attempts in self.get_user_attempts(request, credentials)
        ]
        return [it["last"] for it, limit in zip(found, LIMITS, strict=True) if it["failures"] >= limit]

    def reset_user_attempts(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """Forgive a name its failures, but not its address: one good account there would cover guesses at others."""
        count, _ = self.filter_user_attempts(request, credentials)[0].delete()
        return count

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Count the failure and log it, without the name: people type passwords in its place."""
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request:
            outcome = "is locked out" if request.axes_locked_out else "failed"  # type: ignore[attr-defined]
            logger.warning("A log-in from %s %s.", request.axes_ip_address, outcome)  # type: ignore[attr-defined]

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        super().user_logged_in(sender, request, user, **kwargs)
        keep_newest(AccessLog)

    def remove_out_of_limit_failure_logs(self, **kwargs: Any) -> int:
        return keep_newest(AccessFailureLog)


def keep_newest(model: type[models.Model]) -> int:
    """Delete all but the newest KEPT rows, found by their ids; return how many went."""
    objects = model._default_manager
    newest = objects.aggregate(newest=Max("pk"))["newest"] or 0
    return objects.filter(pk__lte=newest - KEPT).delete()[0]


def typed_name(request: HttpRequest, credentials: Credentials) -> str | None:
    """The name that somebody tries, cut as names are: the form takes longer ones, PostgreSQL's columns do not."""
    name = (credentials or {}).get("username")
    return name and name[:150]


def client_address(request: HttpRequest) -> str | None:
    """The address that a request came from, as the proxies in TRUSTED_PROXIES saw it; of IPv6 the /64 network.

    X-Forwarded-For is read from its end: each proxy adds whom it heard from, and what stands before the last one that
    is trusted may be anybody's invention. None if there is no address, as on a Unix socket.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").split(",") if settings.TRUSTED_PROXIES else []
    found = None
    for text in (peer, *reversed(forwarded)):
        address = parsed(text)
        found = address or found
        if text and (address is None or not any(address in network for network in settings.TRUSTED_PROXIES)):
            break
    if isinstance(found, IPv6Address):  # A home or a server has them by the trillion.
        return str(ip_network((found, 64), strict=False).network_address)
    return str(found) if found else None


def parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def locked_out_page(request: HttpRequest, response: HttpResponse, credentials: Credentials) -> HttpResponse:
    """What somebody who is locked out gets in place of the response: when to try again."""
    handler = AxesProxyHandler.get_implementation()
    since = handler.locked_since(request, credentials) or [timezone.now()]
    until = max(since) + settings.AXES_COOLOFF_TIME
    context = admin.site.each_context(request) | {"title": "Too many log-ins failed", "until": until}
    page = render(request, "admin/locked_out.html", context, status=429)
    page["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return page
