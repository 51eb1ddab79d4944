"""Whether addresses that questions link to still answer: visited politely, and never one of the operator's network."""

import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from itertools import chain, zip_longest
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from hub.links import absolute

SECONDS = 10  # for each step of a visit
PAUSE = 1.0  # seconds between two requests to a host, unless its robots.txt asks for more
LONGEST_PAUSE = 30.0
MOST_REDIRECTS = 5
MOST_ROBOTS = 500_000  # bytes
AGENT = "interview-knowledge-hub"
GOOD, MOVED = range(200, 300), {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}


class Visit(NamedTuple):
    """What came of a visit: nothing to say of an address that answers, else a sentence; some are only notes."""

    sentence: str = ""
    is_broken: bool = False


class SkippedError(Exception):
    """An address that is not to be visited, and why."""


class Visitor:
    """Asks hosts for addresses, each at most once a second; remembers their robots.txt."""

    def __init__(self, may_visit_private: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        self.may_visit_private, self.sleep = may_visit_private, sleep
        self.free_at: defaultdict[str, float] = defaultdict(float)  # by host, on the monotonic clock
        self.robots: dict[str, RobotFileParser] = {}  # by scheme and host

    def visit(self, url: str) -> Visit:
        """Ask for an address with HEAD, and with GET where a server does not like that."""
        try:
            status, landed, has_moved = self._follow("HEAD", url)
            if status not in GOOD:
                status, landed, has_moved = self._follow("GET", url)
        except SkippedError as skipped:
            return Visit(str(skipped))
        except (OSError, HTTPException, ValueError) as error:
            return Visit(f"It cannot be reached: {error or type(error).__name__}.", is_broken=True)
        if status not in GOOD:
            return Visit(f"It answers {status}.", is_broken=True)
        return Visit(f"It has moved to {landed}.") if has_moved else Visit()

    def _follow(self, method: str, url: str) -> tuple[int, str, bool]:
        """The status that redirects lead to, the address there, and whether all of them are for good."""
        statuses: list[int] = []
        for _ in range(MOST_REDIRECTS + 1):
            parts = urlsplit(url)
            self._refuse_unwanted(parts)
            status, location, _ = self._ask(method, parts)
            if status not in MOVED or not location:
                return status, url, bool(statuses) and FOR_GOOD.issuperset(statuses)
            statuses.append(status)
            url = urljoin(url, location)
        raise HTTPException(f"more than {MOST_REDIRECTS} redirects")

    def _refuse_unwanted(self, parts: SplitResult) -> None:
        """Raise SkippedError for what robots.txt closes, of the first host as of those that it leads on to."""
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SkippedError(f"It is not visited: it leads to {parts.geturl()[:80]}, which is no web page.")
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.robots:
            self.robots[site] = self._read_robots(site)
        if not self.robots[site].can_fetch(AGENT, parts.geturl()):
            raise SkippedError(f"It is not visited: robots.txt of {parts.hostname} closes it to programs.")

    def _read_robots(self, site: str) -> RobotFileParser:
        status, _, body = self._ask("GET", urlsplit(f"{site}/robots.txt"), MOST_ROBOTS)
        robots = RobotFileParser()
        robots.parse(body.decode("utf-8", "replace").splitlines() if status in GOOD else [])
        return robots

    def _ask(self, method: str, parts: SplitResult, most: int = 0) -> tuple[int, str, bytes]:
        """The status, the location that it names, and at most so many bytes of the body."""
        self._wait(parts)
        connection = self._connection(parts)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"User-Agent": f"{AGENT} (+{absolute('/')})", "Accept": "*/*", "Connection": "close"}
            connection.request(method, target, headers=headers)
            response: HTTPResponse = connection.getresponse()
            return response.status, response.headers.get("Location", ""), response.read(most) if most else b""
        finally:
            connection.close()

    def _wait(self, parts: SplitResult) -> None:
        host = parts.hostname or ""
        robots = self.robots.get(f"{parts.scheme}://{parts.netloc}")
        asked_for = float(robots.crawl_delay(AGENT) or 0) if robots else 0
        if (early := self.free_at[host] - time.monotonic()) > 0:
            self.sleep(early)
        self.free_at[host] = time.monotonic() + min(max(PAUSE, asked_for), LONGEST_PAUSE)

    def _connection(self, parts: SplitResult) -> HTTPConnection:
        """Connected to the very address that was looked at: a name may mean another one the next time."""
        host, is_secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if is_secure else 80)
        address = self._address(host, port)
        plain = socket.create_connection((address, port), SECONDS)
        if not is_secure:
            connection = HTTPConnection(host, port, timeout=SECONDS)
            connection.sock = plain
            return connection
        secure = HTTPSConnection(host, port, timeout=SECONDS)
        try:
            secure.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
        return secure

    def _address(self, host: str, port: int) -> str:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self.may_visit_private and not all(ip_address(it.partition("%")[0]).is_global for it in found):
            raise SkippedError(f"It is not visited: {host} is in a private network.")
        return found[0]


def interleaved(urls: Iterable[str]) -> Iterator[str]:
    """The addresses so that those of one host stand apart, and nobody waits for long."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[url.split("/", 3)[2]].append(url)
    return (url for url in chain.from_iterable(zip_longest(*hosts.values())) if url)
