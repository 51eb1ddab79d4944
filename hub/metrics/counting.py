"""Counting requests, in front of everything, so that pages from memory and refusals count too."""

import time
from collections.abc import Iterable
from functools import cache
from typing import Any

from prometheus_client import Counter, Histogram

from hub.logs import VIEW
from hub.pages.cache import SOURCE
from hub.pages.wsgi import Application, Environ, Headers, StartResponse

SECONDS = (0.001, 0.005, 0.025, 0.1, 0.25, 1, 2.5, 10)

# Addresses would be without number; views and statuses are few.
REQUESTS = Histogram(
    "hub_request_seconds", "Requests, and the seconds until their answer began.", ["view", "status"], buckets=SECONDS
)
PAGES = Counter("hub_pages", "Public pages, by where they came from.", ["source"])

_requests = cache(REQUESTS.labels)
_pages = cache(PAGES.labels)


class Counting:
    """A WSGI application that counts what another answers."""

    is_on = True  # Not in a worker that has found no room to count.

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        begin = time.perf_counter()
        status = ""

        def start(line: str, headers: Headers, *exc_info: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, *exc_info)

        body = self.application(environ, start)
        if Counting.is_on:
            _requests(environ.get(VIEW, "none"), status).observe(time.perf_counter() - begin)
            if source := environ.get(SOURCE):
                _pages(source).inc()
        return body
