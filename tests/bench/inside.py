"""`python -m tests.bench.child inside`: Django on one bank, timed from within, without the page cache.

Each line of input is a JSON list, a function's name and its arguments; each line of output is what it returns.
Times are milliseconds.
"""

import gc
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpResponse, QueryDict
from django.test import Client, override_settings

from hub.guard import Guard
from hub.pages.cache import PageCache
from questions.exchange.comparison import Kind
from questions.exchange.files import read
from questions.exchange.importer import import_questions
from questions.finding.facets import all_public
from questions.finding.question_filter import QuestionFilter
from questions.finding.search.backend import find
from questions.finding.search.query import Query
from questions.finding.search.results import CAP, Search
from questions.models import Question
from questions.version import forget_everything
from tests.bench import learners, texts
from tests.bench.relevance import rows
from tests.bench.rows import Row
from tests.bench.server import resident

RANKED_SQLITE = "SELECT rowid FROM questions_search WHERE questions_search MATCH %s ORDER BY rank LIMIT 15"
RANKED_POSTGRES = """
    SELECT question_id FROM questions_searchdocument
    WHERE document @@ %s::tsquery ORDER BY ts_rank(document, %s::tsquery) DESC LIMIT 15
"""

application: Any = get_wsgi_application()
VISIT: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": "/questions/", "HTTP_HOST": "127.0.0.1"}
VISIT |= {"wsgi.url_scheme": "http", "wsgi.errors": sys.stderr}
commands: dict[str, Callable[..., Any]] = {
    "practise": learners.measured,
    "readers": learners.readers,
    "counted": learners.counted,
    "texts": texts.measured,
}


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    commands[function.__name__] = function
    return function


@command
def pages(addresses: list[str]) -> list[float]:
    """The time of each page."""
    return [_get(address) for address in addresses]


@command
def pages_cpu(addresses: list[str]) -> list[float]:
    """The time that this process computes for each page: without a database server's, or waiting for a core."""
    return [_get(address, time.process_time) for address in addresses]


@command
def admin_pages(addresses: list[str]) -> list[float]:
    """The time of each page of the admin, for somebody who may do everything."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0])
    return [_time(partial(_ok, client, address)) for address in addresses]


def _ok(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


@command
def import_file(path: str) -> dict[str, float]:
    """Import a file and take it back: questions a second, and the most memory that it took."""
    with transaction.atomic():
        begin = time.perf_counter()
        result = import_questions(read(Path(path)))
        took = time.perf_counter() - begin
        transaction.set_rollback(True)
    if result.bad:
        raise RuntimeError(str(result.bad[0]))
    # The kernel's other figure, `ru_maxrss`, includes the process that started this one.
    status = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return {"rate": result.counts[Kind.NEW] / took, "memory": own / 1024}


@command
def question_ids(number: int) -> list[int]:
    """Ids of the first questions by code."""
    return list(Question.objects.order_by("code").values_list("pk", flat=True)[:number])


@command
def pages_without(template: str, addresses: list[str]) -> list[float]:
    """The same with an empty file instead of a template."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, template)
        empty.parent.mkdir(parents=True)
        empty.touch()
        templates: Any = settings.TEMPLATES[0]
        with override_settings(TEMPLATES=[templates | {"DIRS": [folder, *templates["DIRS"]]}]):
            _get(addresses[0])  # Templates are read when they are first used.
            times = pages(addresses)
    _get(addresses[0])
    return times


def _get(address: str, clock: Callable[[], float] = time.perf_counter) -> float:
    parts = urlsplit(address)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    status = ""

    def start_response(line: str, headers: Sequence[tuple[str, str]]) -> None:
        nonlocal status
        status = line

    begin = clock()
    response: Any = application(environ, start_response)
    b"".join(response)
    response.close()
    took = clock() - begin
    if not status.startswith("200"):
        raise RuntimeError(f"{address}: {status}")
    return took * 1000


@command
def index_statements(texts: list[str]) -> list[float]:
    """The bare statement by which a search asks the index, its rows fetched, for each text that has one."""
    return [_time(partial(_run, *said)) for text in texts if (said := _statement(text))]


def _statement(text: str) -> tuple[str, Any] | None:
    """The statement by which the search for a text asks the index."""
    query = Query.parse(text)
    said: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        said.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        if query.positive:
            find(query, (), CAP + 1)
    return said[-1] if said else None


@command
def ranked_statements(texts: list[str]) -> list[float]:
    """What a database offers by itself: the best fifteen by its own ranking of all that fits."""
    is_sqlite = connection.vendor == "sqlite"
    times = []
    for text in texts:
        if said := _statement(text):
            expression = said[1][0]
            parameters = [expression] if is_sqlite else [expression, expression]
            times.append(_time(partial(_run, RANKED_SQLITE if is_sqlite else RANKED_POSTGRES, parameters)))
    return times


def _run(sql: str, parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while not cursor.description:  # PostgreSQL's has a setting before it.
            cursor.nextset()
        cursor.fetchall()


@command
def relevance() -> list[Row]:
    """How well search finds what is meant."""
    return list(rows())


@command
def found(texts: list[str]) -> list[int]:
    """How many questions each text finds."""
    return [len(Search(text).found) for text in texts]


@command
def found_as_typed(texts: list[str]) -> list[int]:
    """The same with no word corrected."""
    return [len(find(query, (), CAP + 1)) if (query := Query.parse(text)).positive else 0 for text in texts]


@command
def search_alone(texts: list[str]) -> list[float]:
    """The search without its page: found, counted, corrected and ranked."""
    return [_time(lambda: Search(text).ids({})) for text in texts]  # noqa: B023 (called at once)


@command
def facets(queries: list[dict[str, str]]) -> list[float]:
    """All numbers beside the filters of lists without text."""
    return [_time(partial(_facets, query)) for query in queries]


@command
def facets_first() -> float:
    """The same after a change, when the bank has to be counted."""
    forget_everything()
    return _time(lambda: _facets({}))


def _facets(query: dict[str, str]) -> int:
    filters = QuestionFilter(QueryDict(urlencode(query)), queryset=Question.objects.public())
    return sum(1 for _ in filters.options())


@command
def codes(number: int) -> list[str]:
    """Codes of published questions, spread over the bank."""
    total = all_public().total()
    published = Question.objects.public().order_by("pk").values_list("code", flat=True)
    if total < 10_000:
        return list(published[:: max(1, total // number)])[:number]
    first = Question.objects.order_by("pk").values_list("pk", flat=True)[0]
    wanted = [first + n * (total // number) for n in range(number)]
    return list(published.filter(pk__in=wanted))


@command
def distinct_addresses(number: int) -> float:
    """By how many MB this process grows while that many different addresses are asked for, each once."""
    logging.getLogger("hub.request").setLevel(logging.WARNING)

    def django(environ: dict[str, Any], start_response: Callable[..., Any]) -> HttpResponse:
        response = HttpResponse(environ["QUERY_STRING"] * 100, "image/png", headers={"Cache-Control": "public"})
        start_response("200 OK", list(response.items()))
        return response

    cache = PageCache(django, lambda: 1)
    before = resident(os.getpid())
    for n in range(number):
        cache(VISIT | {"QUERY_STRING": f"q={n}"}, lambda *_: None)
    return resident(os.getpid()) - before


@command
def hits(number: int, has_guard: bool) -> list[float]:
    """The time of so many hits of a page in memory, with or without the guard in front."""
    logging.getLogger("hub.request").setLevel(logging.WARNING)
    cache = PageCache(application, lambda: 1)
    front = Guard(cache, application) if has_guard else cache
    return [_time(lambda: [front(dict(VISIT), lambda *_: None) for _ in range(number)])]


@command
def total() -> int:
    return all_public().total()


@command
def version() -> str:
    """The database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


def _time(function: Callable[[], object]) -> float:
    begin = time.perf_counter()
    function()
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    """Do what each line of input says, until there is no more."""
    gc.freeze()  # As the server does.
    answers = os.fdopen(os.dup(1), "w", buffering=1)  # Nothing else may print among the answers.
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(commands[name](*arguments)), file=answers)
