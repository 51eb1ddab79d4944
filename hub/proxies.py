"""The check that nobody but a proxy can say where a log-in comes from."""

from typing import Any

from django.conf import settings
from django.core import checks


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
