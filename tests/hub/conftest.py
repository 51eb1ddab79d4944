"""What the tests of the project may use."""

import logging
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def connections_kept() -> Iterator[None]:
    """As with Django's test client, the end of a request does not end the transaction that the test runs in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Recorder(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def records() -> Iterator[list[logging.LogRecord]]:
    """What the hub's own loggers say; pytest's `caplog` does not hear them, for they do not propagate."""
    logger, recorder = logging.getLogger("hub"), Recorder()
    logger.addHandler(recorder)
    yield recorder.records
    logger.removeHandler(recorder)
