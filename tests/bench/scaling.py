"""`python -m tests.bench.scaling`: two hubs on one PostgreSQL behind nginx, one on a standby, harmed under load."""

import ssl
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from itertools import count
from pathlib import Path
from statistics import median
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request
from uuid import uuid4

from tests.bench import wrk
from tests.browser.running_hub import RunningHub, open_url
from tests.fuzz.client import CSRF
from tests.fuzz.forms import URLENCODED
from tests.fuzz.hub import MAKE_EDITOR, NAME, PASSWORD
from tests.hub.nginx_server import SITE, nginx
from tests.hub.redis_server import redis_server
from tests.postgres import SETTINGS, away, cluster, standby

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
WRITE = {
    f"/votes/{CODE}/": {"helpful": "yes"},
    f"/practice/{CODE}/": {"rating": "3", "post": str(uuid4())},
    "/admin/login/": {"username": NAME, "password": PASSWORD},
    "/admin/questions/category/add/": {"name": "Another", "slug": "another", "position": "90"},
}
PRIMARY = (*SETTINGS, "wal_level=replica", "max_wal_senders=4")
VISITORS, SECONDS = 8, 12


def main() -> None:
    """Measure one thing after another, and print a line each."""
    wrk.install()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-scaling-")))
        database = stack.enter_context(cluster(PRIMARY))
        redis = stack.enter_context(redis_server())
        one, other = (a_hub(stack, folder / name, database, redis.url) for name in ("one", "other"))
        follower = stack.enter_context(standby(database))
        reader = a_hub(stack, folder / "reader", follower)
        edits_show(one, [one, other, reader])
        requests_a_second(one, other)
        port = stack.enter_context(nginx([one.port, other.port], folder, backup=reader.port))
        lost("one of two hubs is killed", port, lambda: one.kill())
        one.start()
        lost("both are restarted, one after the other", port, lambda: restart(one, other))
        cookies = log_in(one, port)
        with ExitStack() as outage:
            lost("the primary goes away", port, lambda: outage.enter_context(away(database, PRIMARY)))
            tell("The primary is away", port, cookies)
            one.kill()
            other.kill()
            lost("its hubs are away as well", port, lambda: None)
            tell("Its hubs are away as well", port, cookies)
        one.start()
        other.start()
        time.sleep(2)
        lost("the primary and its hubs are back", port, lambda: None)
        tell("The primary and its hubs are back", port, cookies)
        edits_show(one, [one, other, reader])
        print(f"Tracebacks in the logs: {sum(hub.log.count('Traceback') for hub in (one, other, reader))}")


def log_in(hub: RunningHub, port: int) -> str:
    """Make an editor, and give the cookies of one who has logged in."""
    hub.manage("shell", "--no-imports", "-c", MAKE_EDITOR)
    token = f"__Host-csrf={CSRF}"
    said = send(port, "/admin/login/", token, {"username": NAME, "password": PASSWORD})
    sessions = [cookie for cookie in said.headers.get_all("Set-Cookie", []) if cookie.startswith("__Host-session")]
    return f"{token}; {sessions[0].partition(';')[0]}"


def tell(when: str, port: int, cookies: str) -> None:
    """What visitors and editors get through nginx, page by page and form by form."""
    print(f"{when}:", *sorted({fetch(port, path) for path in READ}), "to what is read;")
    for path, fields in WRITE.items():
        said = send(port, path, cookies, fields)
        print(
            f"  {said.status} to {path}", *(f"Retry-After: {wait}" for wait in said.headers.get_all("Retry-After", []))
        )


def send(port: int, path: str, cookies: str, fields: dict[str, str]) -> HTTPResponse:
    """The answer to a form that a page of the hub sends, through nginx."""
    headers = {"Host": SITE, "Origin": f"https://{SITE}", "Cookie": cookies, "Content-Type": URLENCODED.decode()}
    connection = connected(port)
    connection.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": CSRF}), headers)
    response = connection.getresponse()
    response.read()
    return response


def connected(port: int) -> HTTPSConnection:
    """A connection over TLS, whoever has signed the certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return HTTPSConnection("127.0.0.1", port, timeout=30, context=context)


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
    connection = connected(port)
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
