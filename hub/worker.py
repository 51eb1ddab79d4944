"""gunicorn's threaded worker, which drops no request when it is told to stop."""

from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]


class Worker(ThreadWorker):
    """Answer once more on connections that were promised to be kept, and close them then.

    gunicorn would close a connection under a visitor who sends the next request on it, if it was promised just before
    the signal came. Until `keepalive` is over, the worker waits for such requests as on idle connections.
    """

    def finish_request(self, conn: TConn, fs: Future[object]) -> None:
        if self.alive or fs.cancelled() or fs.exception() or not fs.result():
            super().finish_request(conn, fs)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn))
