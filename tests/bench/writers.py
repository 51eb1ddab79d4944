"""People who write through the hub's pages, each of whom notes down what it has answered, and what became of it all."""

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from random import randrange
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from tests.bench.server import FORM
from tests.browser.running_hub import RunningHub
from tests.fuzz.forms import forms_of

READERS, EDITORS = 6, 2
A_TURN = 50  # ratings of one learner, fewer than a minute may bring
NAME, PASSWORD = "bench", "correct horse battery staple"
QUESTION = "/admin/questions/question/{}/change/"

# Where what was written is to be found. A question keeps the reasons of 200 votes: one in ten writes is a vote.
FOUND = {
    "rating": "SELECT post FROM questions_practiceevent",
    "vote": "SELECT reason FROM questions_vote",
    "edit": "SELECT title FROM questions_revision",
}
# What a transaction writes whole; each is to be zero.
HALVES = (
    "SELECT (SELECT COUNT(*) FROM questions_practiceevent) - (SELECT COALESCE(SUM(count), 0) FROM questions_card)",
    "SELECT COUNT(*) FROM questions_question it, questions_revision last WHERE last.title <> it.title "  # noqa: ISC004
    "AND last.history_id = (SELECT MAX(history_id) FROM questions_revision WHERE id = it.id)",
)


class Note(NamedTuple):
    """What was written, by which it is known again, and when its answer had come whole."""

    kind: str
    mark: str
    at: float


class Writing:
    """All that is written, and how often the hub answered otherwise than it should."""

    def __init__(self, is_hasty: bool = False) -> None:
        self.is_hasty = is_hasty  # Notes down before it is answered what may never be: so that losses show.
        self.notes, self.otherwise = list[Note](), Counter[str]()

    def write(self, browser: "Browser", kind: str, path: str, fields: dict[str, Any], mark: str) -> None:
        """Send a form and note it down."""
        if self.is_hasty:
            self.notes.append(Note(kind, mark, time.time()))
        status = browser.ask("POST", path, fields)[0]
        if status not in (302, 303):
            self.otherwise[f"{kind} {status}"] += 1
        elif not self.is_hasty:
            self.notes.append(Note(kind, mark, time.time()))


class Browser:
    """Somebody's address and cookies."""

    def __init__(self, hub: RunningHub) -> None:
        self.port, self.cookies = hub.port, dict[str, str]()
        self.address = f"198.18.{randrange(256)}.{randrange(1, 255)}"  # A limit an hour holds for each.

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str]:
        """The status and the whole body; raises OSError or HTTPException where they do not come."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": self.address}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, urlencode(fields) if fields else None, headers | {"Content-Type": FORM})
            response = connection.getresponse()
            body = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, body

    def form(self, path: str, field: str) -> dict[str, str]:
        """The form of a page that has this field, filled in as the page comes."""
        forms = [dict(form.fields) for form in forms_of(self.ask("GET", path)[1], path)]
        return next((form for form in forms if field in form), {})


def settings(folder: Path) -> dict[str, str]:
    """What a hub is started with for these people."""
    password = folder / "password"
    password.write_text(PASSWORD)
    return {"ADMIN_USER": NAME, "ADMIN_PASSWORD_FILE": str(password), "TRUSTED_PROXIES": "127.0.0.1"}


@contextmanager
def writing(hub: RunningHub, told: Writing) -> Iterator[None]:
    """Have them all write without a pause."""
    over = Event()
    questions = rows(hub, "SELECT code, id FROM questions_question ORDER BY code")
    with ThreadPoolExecutor(READERS + EDITORS) as pool:
        people: list[Future[None]] = [pool.submit(_read, hub, told, over, questions) for _ in range(READERS)]
        people += [pool.submit(_edit, hub, told, over, questions[number][1]) for number in range(EDITORS)]
        try:
            yield
        finally:
            over.set()
    for person in people:
        person.result()


def _read(hub: RunningHub, told: Writing, over: Event, questions: list[Any]) -> None:
    """Rate and vote, as one learner after another."""
    browser, first = Browser(hub), randrange(len(questions))
    for number in count(1):
        if over.is_set():
            return
        if number % A_TURN == 0:
            browser = Browser(hub)
        # Of one question, a browser's second vote would take the place of its first.
        code, mark = questions[(first + number) % len(questions)][0], uuid4().hex
        kind, path, fields = "rating", f"/practice/{code}/", {"post": mark, "rating": 1 + number % 4}
        if number % 10 == 0:
            kind, path, fields = "vote", f"/votes/{code}/", {"helpful": "yes", "reason": mark}
        with _patience(told, over):
            told.write(browser, kind, path, fields, mark)


def _edit(hub: RunningHub, told: Writing, over: Event, pk: int) -> None:
    """Save a question in the admin, each time under a title of its own."""
    browser = Browser(hub)
    while not over.is_set():
        with _patience(told, over):
            if "session" not in browser.cookies:
                form = browser.form("/admin/login/", "password")
                browser.ask("POST", "/admin/login/", form | {"username": NAME, "password": PASSWORD})
            elif form := browser.form(path := QUESTION.format(pk), "title"):
                mark = f"Is this edit {uuid4().hex}?"
                told.write(browser, "edit", path, form | {"title": mark}, mark)
            else:
                told.otherwise["edit without a form"] += 1


@contextmanager
def _patience(told: Writing, over: Event) -> Iterator[None]:
    """Count what the hub does not answer while it is away, and wait a moment."""
    try:
        yield
    except (OSError, HTTPException) as error:
        told.otherwise[type(error).__name__] += 1
        over.wait(0.1)


def rows(hub: RunningHub, statement: str) -> list[Any]:
    """What a statement finds, asked past the hub."""
    if url := hub.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            return connection.execute(statement).fetchall()
    with closing(sqlite3.connect(f"file:{hub.data_dir}/hub.sqlite3?mode=ro", uri=True)) as database:
        return database.execute(statement).fetchall()


def lost(hub: RunningHub, notes: list[Note]) -> list[Note]:
    """What was noted down and is not there."""
    there = {kind: {str(row[0]).replace("-", "") for row in rows(hub, found)} for kind, found in FOUND.items()}
    return [note for note in notes if note.mark not in there[note.kind]]


def broken(hub: RunningHub) -> list[str]:
    """What was written by halves, and what SQLite finds wrong with its file."""
    wrong = [statement for statement in HALVES if rows(hub, statement)[0][0]]
    if "DATABASE_URL" not in hub.environment:
        wrong += [row[0] for row in rows(hub, "PRAGMA integrity_check") if row[0] != "ok"]
    return wrong


def found_wrong(hub: RunningHub, but: tuple[str, ...] = ()) -> list[str]:
    """What `check_hub` finds wrong, but for what it says about these."""
    said = hub.manage("check_hub", "--json")
    if not said.stdout:
        return [said.stderr]
    failures = [it for it in json.loads(said.stdout) if it["level"] == "failure" and it["about"] not in but]
    return [f"{it['about']}: {it['sentence']}" for it in failures]
