"""A gunicorn worker that slow clients cannot stop, that leaves others their share of the connections, and that drops no
request when it is told to stop.

A thread is given to a request only once it has arrived.

gunicorn's own gives a thread to the first byte, and waits in it for the last one. Here the selector waits: what has
arrived is looked at, and left in the socket, until the header and a short body are complete.
"""

import mmap
import re
import selectors
import socket
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker  # type: ignore[import-untyped]

PATIENCE = 10  # seconds for a header, and a body that is waited for
LONGEST_AWAITED = 65_536  # bytes of both; longer bodies are the editors', who have a thread to wait in
DEFERENCE = 0.005  # seconds that a connection is left to a worker that has fewer
GLIMPSE = 1.0  # seconds, after which connections whose time is up are looked for
GLANCE = 0.02  # seconds in which the rest of a body that was refused may be read

CONTENT_LENGTH = re.compile(rb"\r\nContent-Length:[ \t]*([0-9]{1,9})[ \t]*\r\n", re.IGNORECASE)


def missing(received: bytes) -> int:
    """How many more bytes of a request are worth waiting for: 0 where a thread should have a look."""
    end = received.find(b"\r\n\r\n") + 4
    if end < 4:
        return 1 if len(received) < LONGEST_AWAITED else 0
    found = CONTENT_LENGTH.search(received, 0, end)
    whole = end + int(found[1] if found else 0)
    return max(0, whole - len(received)) if whole <= LONGEST_AWAITED else 0


class Load:
    """How many connections each worker of this hub has, in memory that all of them share."""

    SLOTS = 128  # more than there are workers, the old and new ones of a restart together
    NONE = 2**32 - 1  # for a slot that nobody has

    def __init__(self) -> None:
        self.connections = memoryview(mmap.mmap(-1, 4 * self.SLOTS)).cast("I")
        for slot in range(self.SLOTS):
            self.connections[slot] = self.NONE

    def tell(self, worker: int, connections: int) -> None:
        self.connections[worker % self.SLOTS] = connections

    def forget(self, worker: int) -> None:
        self.connections[worker % self.SLOTS] = self.NONE

    def least(self) -> int:
        """The connections of the worker that has the fewest."""
        return min(self.connections)


load = Load()  # Made where gunicorn loads this module, before the workers are forked.


class PatientWorker(ThreadWorker):
    """gunicorn's worker with threads, which waits for requests where waiting costs nothing."""

    _deferred_at = 0.0

    def notify(self) -> None:
        super().notify()
        load.tell(self.age, self.nr_conns)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Look up now and then: told to stop, gunicorn would sleep beside idle connections until `graceful_timeout`."""
        super().wait_for_and_dispatch_events(min(timeout, GLIMPSE))

    def accept(self, listener: socket.socket) -> None:
        """Leave a connection to a worker that has fewer, for as long as that takes to wake up.

        All of them wait on one socket, and who is awake first would take everything: half of the machine stood still.
        """
        now = time.monotonic()
        if self.nr_conns > load.least() and now - (self._deferred_at or now) < DEFERENCE:
            self._deferred_at = self._deferred_at or now
            time.sleep(DEFERENCE / 10)
            return
        self._deferred_at = 0.0
        super().accept(listener)
        load.tell(self.age, self.nr_conns)

    def enqueue_req(self, conn: TConn) -> None:
        if self.cfg.is_ssl or not (more := self._missing(conn.sock)):  # Of TLS nothing can be seen from here.
            super().enqueue_req(conn)
        else:
            self._wait(conn, more)

    def _missing(self, sock: socket.socket) -> int:
        try:
            received = sock.recv(LONGEST_AWAITED, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 1
        except OSError:  # A thread finds the same, and says so.
            return 0
        has_hung_up = len(received) < sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT)
        more = 0 if has_hung_up else missing(received)
        # The selector wakes up for nothing less, and the thread for the first byte again.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(received) + more if more else 1)
        return more

    def _wait(self, conn: TConn, more: int) -> None:
        """Wait with the connections that gunicorn itself has seen nothing of, which it closes when their time is up."""
        if not conn.data_ready:  # The time counts from the first wait, however often a byte comes.
            conn.timeout = time.monotonic() + PATIENCE
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Begin with the next request of a connection that was kept."""
        conn.data_ready = False
        super().on_client_socket_readable(conn, client)

    def handle(self, conn: TConn) -> Any:
        """Answer, then wait for the client to hang up outside of the threads: gunicorn's main one would stand still."""
        kept = super().handle(conn)
        if kept is not False:
            return kept
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # It has hung up.
            return False
        conn.is_answered = True
        return _DEFER

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Go on with a request; of one that is answered read the rest until the client hangs up or its time is up."""
        if not getattr(conn, "is_answered", False):
            super().on_pending_socket_readable(conn, client)
        elif not _more(client):
            self.poller.unregister(client)
            self.pending_conns.remove(conn)
            self.nr_conns -= 1
            conn.close()

    def finish_request(self, conn: TConn, fs: Future[object]) -> None:
        """When told to stop, answer once more on connections that were promised to be kept, and close them then.

        gunicorn would close one under a visitor who sends the next request on it, if it was promised just before the
        signal came. Until `keepalive` is over, the worker waits for such requests as on idle connections.
        """
        if self.alive or fs.cancelled() or fs.exception() or fs.result() is not True:
            super().finish_request(conn, fs)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_client_socket_readable, conn))

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        """Whether the connection can be used again: not if a body was refused, which nobody waits for."""
        return keepalive and bool(conn.parser.finish_body(deadline=time.monotonic() + GLANCE))


def _more(sock: socket.socket) -> bool:
    try:
        return bool(sock.recv(LONGEST_AWAITED))
    except BlockingIOError:
        return True
    except OSError:
        return False
