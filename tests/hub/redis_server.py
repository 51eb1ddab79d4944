"""A private Redis server: in a temporary folder, on a Unix socket alone, and gone after use."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

SECONDS_TO_START = 20


class RedisServer:
    """A server that a test may stop and start again; it keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"

    def start(self) -> None:
        nowhere = ["--port", "0", "--save", "", "--appendonly", "no", "--dir", str(self.socket.parent)]
        self.process = subprocess.Popen(
            ["redis-server", "--unixsocket", self.socket, *nowhere], stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.socket.exists():
            assert self.process.poll() is None, "redis-server does not start."
            assert time.monotonic() < deadline, "redis-server does not answer."
            time.sleep(0.02)

    def forbid(self, command: str) -> None:
        """Have it refuse a command, as rented servers do."""
        with redis.Redis.from_url(self.url) as client:
            client.execute_command("ACL", "SETUSER", "default", f"-{command}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(SECONDS_TO_START)


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A server that runs; its folder's path is short, as a socket's must be."""
    with tempfile.TemporaryDirectory(prefix="hub-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
