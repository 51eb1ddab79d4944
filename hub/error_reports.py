"""Errors told to a server that understands Sentry's protocol, and nothing of whoever met them.

What is sent is put together here of what is known to be the hub's own: kinds of errors, places in the code, the name of
the view. What an error says may quote a visitor; it stays in the hub's log.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger

from hub.databases import is_outage
from hub.logs import view_of
from hub.version import VERSION

SENT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk", "modules")
OF_FRAME = ("filename", "function", "module", "lineno", "in_app", "pre_context", "context_line", "post_context")
SECONDS_AT_THE_END = 2  # that a process which ends waits for what is still to be sent


def start(dsn: str) -> None:
    """Report what is logged as an error, from a thread of its own, so that no page waits for it."""
    ignore_logger("hub.outage")  # A database that is away is no mistake of the code, and every page would report it.
    sentry_sdk.init(
        dsn,
        release=VERSION,
        before_send=_without_people,
        default_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
            ExcepthookIntegration(),
            AtexitIntegration(callback=lambda pending, timeout: None),
            DedupeIntegration(),
        ],
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        shutdown_timeout=SECONDS_AT_THE_END,
    )


def _without_people(event: Any, hint: dict[str, Any]) -> Any:
    """A new event with what may be sent; None for what is no mistake of the code."""
    exc_info, record = hint.get("exc_info"), hint.get("log_record")
    if is_outage(exc_info[1]) if exc_info else record and record.name == "django.request":  # A page that says 503.
        return None
    kept = {name: event[name] for name in SENT if name in event}
    if record and (record.args or record.name.startswith("hub.")):
        kept["logentry"] = {"message": str(record.msg)}  # As it is before values are put into it.
    if request := getattr(record, "request", None):
        kept["transaction"] = view_of(request)
    if values := event.get("exception", {}).get("values"):
        kept["exception"] = {"values": [_exception(value) for value in values]}
    return kept


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames", ())
    kept = [{name: frame[name] for name in OF_FRAME if name in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}}
