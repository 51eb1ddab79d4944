"""Logs: one line an event, to stderr, for a person or, as JSON, for a machine."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hub.databases import is_outage

logger = logging.getLogger("hub.request")

REQUEST_FIELDS = ("method", "path", "status", "duration_ms")

# In a WSGI environ: whoever made this request for Django logs it as the visitor made it.
LOGGED_BY_CALLER = "hub.logged_by_caller"

VIEW = "hub.view"  # In a WSGI environ: the name of the view that has answered, of which there are few.


def log_request(method: str | None, path: str, status: int, begin: float) -> None:
    """Log a request's method, quoted path, status and duration since `begin`; never its query, cookies or body."""
    values = (method, path, status, (time.perf_counter() - begin) * 1000)
    logger.info("%s %s %d %.1f ms", *values, extra=dict(zip(REQUEST_FIELDS, values, strict=True)))


class RequestLogMiddleware:
    """Log each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = self.get_response(request)
        request.META[VIEW] = view_of(request)
        if LOGGED_BY_CALLER not in request.META:
            log_request(request.method, quote(request.path), response.status_code, begin)
        return response


def view_of(request: HttpRequest) -> str:
    """The name of the view that a request came to, or what stands for files and for addresses that lead nowhere."""
    if request.resolver_match:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


class LineFormatter(logging.Formatter):
    """Text on a single line: a traceback's lines are joined, so a message cannot pose as another event."""

    def format(self, record: logging.LogRecord) -> str:
        return " | ".join(line.strip() for line in super().format(record).splitlines() if line.strip())


class JsonFormatter(logging.Formatter):
    """One JSON object an event."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        event |= {field: getattr(record, field) for field in REQUEST_FIELDS if hasattr(record, field)}
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False)


class OutageFilter(logging.Filter):
    """Drop Django's traceback of what `hub.outage` has already said in a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and is_outage(record.exc_info[1]))


def logging_config(log_format: str) -> dict[str, Any]:
    """Django's LOGGING, and gunicorn's `logconfig_dict`, for `text` or `json`."""
    to_stderr = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": LineFormatter, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": JsonFormatter},
        },
        "filters": {"no_outages": {"()": OutageFilter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": log_format}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "hub": to_stderr,
            "gunicorn.error": to_stderr,
            "django": to_stderr | {"level": "WARNING"},
            "axes": to_stderr | {"level": "ERROR"},  # hub.accounts.lockout says the rest, shorter.
            # Every 4xx already has its line from RequestLogMiddleware; these loggers would repeat it.
            "django.request": to_stderr | {"level": "ERROR", "filters": ["no_outages"]},
            "django.security": to_stderr | {"level": "CRITICAL"},
        },
    }
