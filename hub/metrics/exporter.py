"""Answering Prometheus: the master listens, and whichever worker is free answers.

So no worker's end, and no reload, keeps it from an answer, and the master needs no connection to the database.
"""

import logging
import os
import socket
from collections.abc import Iterator
from fcntl import LOCK_SH
from http.server import ThreadingHTTPServer
from threading import Thread

from prometheus_client import CollectorRegistry, MetricsHandler
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from hub.metrics import folder
from hub.metrics.counting import Counting
from hub.metrics.figures import figures

logger = logging.getLogger("hub.metrics")

PATIENCE = 10  # seconds with whoever asks

_listener: socket.socket | None = None


class Counted(Collector):
    """What all workers have counted, the dead ones too."""

    def collect(self) -> Iterator[Metric]:
        with folder.locked(LOCK_SH):
            found = list(MultiProcessCollector(None).collect())
        yield from found


class Figures(Collector):
    """What is looked up when Prometheus asks."""

    def collect(self) -> Iterator[Metric]:
        return figures()


class Handler(MetricsHandler):
    timeout = PATIENCE


class Exporter(ThreadingHTTPServer):
    """A server on a socket that other processes listen on, too."""

    daemon_threads = True

    def __init__(self, listener: socket.socket) -> None:
        registry = CollectorRegistry()
        registry.register(Counted())
        registry.register(Figures())
        super().__init__(("", 0), Handler.factory(registry), bind_and_activate=False)
        self.socket.close()
        self.socket = listener


def listen(host: str, port: int) -> None:
    """Listen where Prometheus will ask; where that cannot be, the hub serves without."""
    global _listener
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        _listener = socket.create_server((host, port), family=family)
    except OSError as error:
        logger.error("METRICS_ADDRESS %s:%d cannot be used, and there are no metrics: %s", host, port, error)
        return
    _listener.setblocking(False)  # Of the workers that are woken up, one gets the connection.
    logger.info("Metrics are on http://%s:%d/metrics", host, port)


def serve() -> None:
    """Answer from a thread of this worker, and make room for what it counts."""
    try:
        folder.reserve(os.getpid())
    except OSError as error:
        Counting.is_on = False
        logger.error("There is no room to count requests: %s", error)
    if _listener:
        Thread(target=Exporter(_listener).serve_forever, daemon=True).start()
