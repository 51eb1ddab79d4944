"""`python -m tests.bench.child inside`: Django on one bank, timed from within, without the page cache.

Each line of input is a JSON list, a function's name and its arguments; each line of output is what it returns.
Times are milliseconds.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import QueryDict
from django.test import override_settings

from questions.content import forget_everything
from questions.facets import bank
from questions.filters import QuestionFilter
from questions.models import Question
from questions.search.backend import find
from questions.search.query import Query
from questions.search.results import CAP, Search

application = get_wsgi_application()
commands: dict[str, Callable[..., Any]] = {}


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    commands[function.__name__] = function
    return function


@command
def pages(addresses: list[str], without_template: str = "") -> list[float]:
    """The time of each page; with an empty one instead of a template, if its name is given."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, without_template)
        if without_template:
            empty.parent.mkdir(parents=True)
            empty.touch()
        templates = settings.TEMPLATES[0] | {"DIRS": [folder, *settings.TEMPLATES[0]["DIRS"]]}
        with override_settings(TEMPLATES=[templates]) if without_template else nullcontext():
            if without_template:
                _get(addresses[0])  # Templates are read when they are first used.
            return [_get(address) for address in addresses]


def _get(address: str) -> float:
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

    begin = time.perf_counter()
    response: Any = application(environ, start_response)
    b"".join(response)
    response.close()
    took = time.perf_counter() - begin
    if not status.startswith("200"):
        raise RuntimeError(f"{address}: {status}")
    return took * 1000


@command
def index_statements(texts: list[str]) -> list[float]:
    """The bare statement by which a search asks the index, its rows fetched, for each text that has one."""
    times = []
    for text in texts:
        said: list[tuple[str, Any]] = []

        def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
            said.append((sql, parameters))
            return execute(sql, parameters, many, context)

        with connection.execute_wrapper(note):
            query = Query.parse(text)
            if not query.positive:
                continue
            find(query, (), CAP + 1)
        times.append(_time(lambda: _run(*said[0])))  # noqa: B023 (called at once)
    return times


@command
def ranked_statements(texts: list[str]) -> list[float]:
    """What a database offers by itself: the best fifteen by its own ranking."""
    rank = "bm25(questions_search)" if connection.vendor == "sqlite" else "-ts_rank(document, %s::tsquery)"
    times = []
    for text in texts:
        query = Query.parse(text)
        if not query.positive:
            continue
        if connection.vendor == "sqlite":
            from questions.search.sqlite import TEXT, _expression

            expression = _expression(query, (), TEXT)
            sql = f"SELECT rowid FROM questions_search WHERE questions_search MATCH %s ORDER BY {rank} LIMIT 15"
            parameters = [expression]
        else:
            from questions.search.postgres import TEXT, _expression

            expression = _expression(query, (), TEXT)
            sql = f"SELECT question_id FROM questions_searchdocument WHERE document @@ %s::tsquery ORDER BY {rank} LIMIT 15"
            parameters = [expression, expression]
        times.append(_time(lambda: _run(sql, parameters)))  # noqa: B023
    return times


def _run(sql: str, parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.fetchall()


@command
def found(texts: list[str]) -> list[int]:
    """How many questions each text finds."""
    return [len(Search(text).found) for text in texts]


@command
def search_alone(texts: list[str]) -> list[float]:
    """The search without its page: found, counted, corrected and ranked."""
    return [_time(lambda: Search(text).ids({})) for text in texts]  # noqa: B023 (called at once)


@command
def facets(queries: list[dict[str, str]]) -> list[float]:
    """All numbers beside the filters of lists without text."""
    return [_time(lambda: _facets(query)) for query in queries]  # noqa: B023 (called at once)


@command
def facets_first() -> float:
    """The same after a change, when the bank has to be counted."""
    forget_everything()
    return _time(lambda: _facets({}))


def _facets(query: dict[str, str]) -> int:
    filters = QuestionFilter(QueryDict(urlencode(query)), queryset=Question.objects.published())
    return sum(len(options) for _, options in chain(filters.taxonomies(), filters.difficulties()))


@command
def codes(number: int) -> list[str]:
    """Codes of published questions, spread over the bank."""
    total = bank().total()
    published = Question.objects.published().order_by("pk").values_list("code", flat=True)
    if total < 10_000:
        return list(published[:: max(1, total // number)])[:number]
    first = Question.objects.order_by("pk").values_list("pk", flat=True)[0]
    wanted = [first + n * (total // number) for n in range(number)]
    return list(published.filter(pk__in=wanted))


@command
def total() -> int:
    return bank().total()


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
    answers = os.fdopen(os.dup(1), "w", buffering=1)  # Nothing else may print among the answers.
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(commands[name](*arguments)), file=answers)
