"""A server that takes connections and never answers, or falls silent on one: nobody waits for it longer than 5 s.

libpq gives up on a connection that does not come about, and the kernel on one whose other end is gone. A server that is
there and says nothing, stopped or behind a dead proxy, would be waited for without end. That a statement takes long
says nothing, it may wait for a lock; so the server is asked by a second connection. One thread of a process asks; the
others, which visitors need for what is in memory, are told at once what it has found. From then on a thread of its own
asks, and no visitor waits until the server has answered again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

import psycopg

from hub.databases import SECONDS_TO_CONNECT

QUIET = 1  # second of a statement until the server is asked whether it is there,
SECONDS_TO_ASK = SECONDS_TO_CONNECT - QUIET  # which is how long it has for an answer,
ASKED_EVERY = 5  # seconds
GRACE = 1  # second that others wait for a connection of theirs, while one is waited for
PAUSE = 1  # second until a silent server is asked again
KEPT = 10  # seconds that it counts as silent if nobody asks, as in a process that was forked

NEVER = float("-inf")
SILENT = "the server accepts connections and does not answer"

Connect = Callable[[], psycopg.Connection]


class Silence:
    """What the threads of a process know of a server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked_at = self._found_at = NEVER

    @property
    def is_known(self) -> bool:
        """Whether the server was silent when it was last asked."""
        return time.monotonic() - self._found_at < KEPT

    @contextmanager
    def asking(self, connect: Connect) -> Iterator[None]:
        """Connect, as the only thread that does; raise OperationalError if there is no use in it."""
        while not self.is_known and not self._lock.acquire(timeout=max(0.0, self._left())):
            if self._left() <= 0:
                raise psycopg.OperationalError(SILENT)
        if self.is_known:
            raise psycopg.OperationalError(SILENT)
        try:
            self._asked_at = time.monotonic()
            yield
        except psycopg.errors.ConnectionTimeout:
            self._found_at = time.monotonic()
            Thread(target=self._watch, args=(connect,), daemon=True).start()
            raise
        finally:
            self._lock.release()

    def _watch(self, connect: Connect) -> None:
        """Ask until there is an answer, whatever it is."""
        is_silent = True
        while is_silent:
            time.sleep(PAUSE)
            try:
                connect().close()
                is_silent = False
            except psycopg.Error as error:
                is_silent = isinstance(error, psycopg.errors.ConnectionTimeout)
            self._found_at = time.monotonic() if is_silent else NEVER

    def _left(self) -> float:
        """Seconds for which it is worth waiting for the thread that connects."""
        return self._asked_at + GRACE - time.monotonic()


class WatchfulConnection(psycopg.Connection):
    """A connection that raises OperationalError when its server has fallen silent."""

    silence: Silence
    connect_again: Connect  # in SECONDS_TO_ASK

    def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
        return super().wait(self._watched(gen), *arguments, **options)

    def _watched(self, gen: Any) -> Any:
        """The same steps; psycopg takes one now and then though nothing has come."""
        ask_at = time.monotonic() + QUIET
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and (self.silence.is_known or time.monotonic() > ask_at):
                    self._ask()
                    ask_at = time.monotonic() + ASKED_EVERY
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value

    def _ask(self) -> None:
        """Whatever the server answers, it is there."""
        try:
            with self.silence.asking(self.connect_again):
                self.connect_again().close()
        except psycopg.Error:
            if self.silence.is_known:
                self.pgconn.finish()
                raise psycopg.OperationalError(SILENT) from None
