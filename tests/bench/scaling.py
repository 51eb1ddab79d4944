"""`python -m tests.bench.scaling`: two hubs on one PostgreSQL behind nginx, one on a standby, harmed under load."""

import ssl
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPException, HTTPSConnection
from itertools import count
from pathlib import Path
from statistics import median
from urllib.error import HTTPError
from urllib.request import Request

from tests.bench import wrk
from tests.browser.running_hub import RunningHub, open_url
from tests.hub.nginx_server import SITE, nginx
from tests.hub.redis_server import redis_server
from tests.postgres import SETTINGS, cluster, standby

KEY = "".join(map(chr, range(48, 123)))
CODE = "PY-BEG-001"
READ = [
    "/",
    "/questions/",
    f"/questions/{CODE}/",
    "/questions/?q=list",
    "/questions/?q=quokka",
    "/suggest?q=li",
    "/map/",
]
READ += ["/questions.json", "/questions.csv", "/questions/print/", "/sitemap.xml", "/kits/", "/practice/"]
EDIT = "from questions.models import Question; question = Question.objects.get(code='{code}'); \
question.title = '{title}'; question.save(); import time; print(time.time())"
VISITORS, SECONDS = 8, 12


def main() -> None:
    """Measure one thing after another, and print a line each."""
    wrk.install()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-scaling-")))
        primary = stack.enter_context(ExitStack())
        database = primary.enter_context(cluster((*SETTINGS, "wal_level=replica", "max_wal_senders=4")))
        redis = stack.enter_context(redis_server())
        one, other = (a_hub(stack, folder / name, database, redis.url) for name in ("one", "other"))
        follower = stack.enter_context(standby(database))
        reader = a_hub(stack, folder / "reader", follower)
        edits_show(one, [one, other, reader])
        requests_a_second(one, other)
        port = stack.enter_context(nginx([one.port, other.port], folder))
        lost("one of two hubs is killed", port, lambda: one.kill())
        one.start()
        lost("both are restarted, one after the other", port, lambda: restart(one, other))
        primary.close()
        print("The primary is away; the hub on the standby answers:")
        for path in READ:
            print(f"  {status(reader, path)} {path}")


def a_hub(stack: ExitStack, folder: Path, database: str, cache: str = "") -> RunningHub:
    """A hub that runs until the stack is closed."""
    folder.mkdir()
    settings = {"DATABASE_URL": database, "CACHE_URL": cache, "SECRET_KEY": KEY, "SITE_URL": f"https://{SITE}"}
    hub = RunningHub(folder / "data", {name: value for name, value in settings.items() if value})
    hub.start()
    stack.callback(hub.kill)
    return hub


def edits_show(editor: RunningHub, hubs: list[RunningHub]) -> None:
    """How long after an edit each of the hubs shows it."""
    waits = []
    for number in range(10):
        title = f"Edited {number}?"
        said = editor.manage("shell", "--no-imports", "-v0", "-c", EDIT.format(code=CODE, title=title))
        edited = float(said.stdout)
        for hub in hubs:
            while title not in body(hub, f"/questions/{CODE}/"):
                time.sleep(0.02)
            waits.append(time.time() - edited)
    print(f"An edit shows on {len(hubs)} hubs after {median(waits):.2f} s, {max(waits):.2f} s at most.")


def requests_a_second(one: RunningHub, other: RunningHub) -> None:
    """What one hub and two answer of a page in memory, asked directly."""
    headers = {"Host": SITE, "X-Forwarded-Proto": "https"}
    alone = wrk.requests_a_second(f"{one.url}/questions/", headers)
    with ThreadPoolExecutor(2) as pool:
        both = sum(pool.map(lambda hub: wrk.requests_a_second(f"{hub.url}/questions/", headers), (one, other)))
    print(f"One hub answers {alone:,.0f} requests/s, two on the same two cores {both:,.0f}.")


def lost(what: str, port: int, harm: Callable[[], object]) -> None:
    """How many of the visitors' requests fail while that happens; each is for a page of its own, in no cache."""
    numbers, failures, over = count(), [], threading.Event()

    def visit() -> int:
        sent = 0
        while not over.is_set():
            answer = fetch(port, f"/questions/?q=list+{next(numbers)}")
            failures.extend([answer] if answer != "200" else [])
            sent += 1
        return sent

    with ThreadPoolExecutor(VISITORS) as pool:
        visits = [pool.submit(visit) for _ in range(VISITORS)]
        time.sleep(SECONDS / 4)
        harm()
        time.sleep(SECONDS / 2)
        over.set()
    sent = sum(visit.result() for visit in visits)
    print(f"While {what}: {sent:,} requests, {len(failures)} failed {sorted(set(failures)) or ''}".rstrip())


def fetch(port: int, path: str) -> str:
    """The status of an answer over TLS, or what went wrong."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    try:
        connection.request("GET", path, headers={"Host": SITE})
        response = connection.getresponse()
        response.read()  # Raises where the answer was cut.
        return str(response.status)
    except (OSError, HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


def body(hub: RunningHub, path: str) -> str:
    """A page of a hub, asked without nginx."""
    return ask(hub, path)[1]


def status(hub: RunningHub, path: str) -> int:
    """How it answers."""
    return ask(hub, path)[0]


def ask(hub: RunningHub, path: str) -> tuple[int, str]:
    """Status and body."""
    request = Request(hub.url + path, headers={"Host": SITE, "X-Forwarded-Proto": "https"})
    try:
        with open_url(request, timeout=30) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def restart(*hubs: RunningHub) -> None:
    """Stop and start one after the other, as systemd does."""
    for hub in hubs:
        hub.stop()
        hub.start()
        time.sleep(2)  # nginx asks it again a second after it was away last.


if __name__ == "__main__":
    main()
