"""The wire between a browser and the hub, and all that goes over it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

PIECE = 65_536  # bytes


class Wire(ThreadingTCPServer):
    """Listens on a port of its own, passes everything on to the hub's, and counts."""

    daemon_threads = True

    def __init__(self, hub_port: int) -> None:
        super().__init__(("127.0.0.1", 0), Relay)
        self.hub_port = hub_port
        self.asked: list[str] = []  # the first line of each request
        self.sizes: list[int] = []  # bytes of each piece that the hub sent, headers included

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def received(self) -> int:
        """Bytes that the browser received."""
        return sum(self.sizes)

    def forget(self) -> None:
        """Count from nothing again."""
        self.asked.clear()
        self.sizes.clear()


class Relay(BaseRequestHandler):
    server: Wire

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.hub_port)) as hub, suppress(ConnectionError):
            back = Thread(target=self.pass_back, args=[hub], daemon=True)
            back.start()
            while asked := self.request.recv(PIECE):
                self.server.asked.append(asked.partition(b"\r\n")[0].decode())
                hub.sendall(asked)
            hub.shutdown(socket.SHUT_WR)
            back.join()

    def pass_back(self, hub: socket.socket) -> None:
        with suppress(OSError):  # Either side may hang up.
            while piece := hub.recv(PIECE):
                self.server.sizes.append(len(piece))
                self.request.sendall(piece)
            self.request.shutdown(socket.SHUT_WR)


@contextmanager
def wire_to(hub_port: int) -> Iterator[Wire]:
    """A wire that passes on and counts until it is cut."""
    with Wire(hub_port) as wire:
        Thread(target=wire.serve_forever, daemon=True).start()
        yield wire
        wire.shutdown()
