"""`python -m tests.bench.child load N SEED`: N generated questions beside the real set, in the hub's database.

A bank that is there already, made of the same parameters by the same code, is left as it is.
"""

import gc
import multiprocessing
import os
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from hub.environment import BASE_DIR
from questions.after_migrate import wanted
from questions.database_objects import install
from questions.finding.search import backend, sqlite
from questions.finding.search.counts import Counts
from questions.finding.search.documents import FIELDS as DOCUMENT_FIELDS
from questions.finding.search.documents import document
from questions.models import Category, FollowUp, Level, Question, SearchDocument, Technology
from questions.question_set import fixtures
from questions.states import PUBLIC
from tests.bench.generate import CATEGORIES, TECHNOLOGIES, Generator, Language, Row, Taxa, blocks

PROCESSES = 2  # that generate, while this one writes
AHEAD = 6  # blocks that may wait to be written
_generator: Generator

COLUMNS = sqlite.COLUMNS
INDEX = f"""INSERT INTO questions_search (rowid, {COLUMNS})
    SELECT question_id, {COLUMNS} FROM questions_searchdocument WHERE question_id BETWEEN %s AND %s"""
# Bytes of the index that FTS5 gathers before it writes them: fewer, larger parts, which it need not merge so often.
HASH_SIZE = "INSERT INTO questions_search (questions_search, rank) VALUES ('hashsize', {})"

MADE_BY = (
    "tests/bench/generate.py",
    "questions/migrations/*.py",
    "questions/finding/search/analysis.py",
    "questions/finding/search/documents.py",
    "fixtures/**/*.yaml",
)


def load(generator: Generator) -> None:
    """Write all of the generator's questions with their search documents and words."""
    begin = time.perf_counter()
    todo = blocks(generator.number)
    counts = Counts.none()
    written = 0
    connection.close()  # No process may inherit it.
    gc.freeze()  # The language is shared as long as nobody touches it.
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, fork, initializer=_keep, initargs=(generator,)) as pool:
        ahead = deque(pool.submit(_rows, *block) for block in islice(todo, AHEAD))
        with transaction.atomic():
            while ahead:
                rows, words = ahead.popleft().result()
                ahead.extend(pool.submit(_rows, *block) for block in islice(todo, 1))
                write(rows)
                _index(rows)
                counts.update(Counts(*words))
                written += len(rows)
                _show_progress(written, generator.number, begin)
            counts.write()


def write(rows: list[Row]) -> None:
    """Write questions, their follow-ups and their search documents, past Django's models, which take twice as long."""
    _insert(Question, [row.question for row in rows])
    _insert(FollowUp, [fields for row in rows for fields in row.follow_ups])
    _insert(SearchDocument, [_document(row) for row in rows if row.question["status"] in PUBLIC])


def _document(row: Row) -> dict[str, Any]:
    made = document(Question(**row.question), *row.document)
    return {"question_id": made.pk, **{name: getattr(made, name) for name in DOCUMENT_FIELDS}}


def _insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """The quickest way in that each database has."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    values = [[field.get_db_prep_save(row[field.attname], connection) for field in fields] for row in rows]
    table, columns = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)


def _index(rows: list[Row]) -> None:
    """What the trigger that `prepared_for_bulk` takes away would do, for a block at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(INDEX, [rows[0].question["id"], rows[-1].question["id"]])


def _keep(generator: Generator) -> None:
    """In a forked process: remember what makes the blocks, so that it is not sent with each of them."""
    global _generator
    _generator = generator


def _rows(start: int, stop: int) -> tuple[list[Row], tuple[Counter[str], ...]]:
    return _generator.rows(start, stop)


def _show_progress(done: int, total: int, begin: float) -> None:
    """A bar that moves on a terminal; a line for each tenth elsewhere."""
    rate = done / (time.perf_counter() - begin)
    bar = "█" * (20 * done // total)
    line = f"  {bar:░<20} {done:>9,} of {total:,} questions, {rate:,.0f} a second"
    if sys.stderr.isatty():
        print(f"\r{line}", end="" if done < total else "\n", file=sys.stderr, flush=True)
    elif done * 10 // total > (done - 1_000) * 10 // total:
        print(line, file=sys.stderr, flush=True)


def taxa() -> Taxa:
    """The real set's taxa and some more."""
    for position, (name, prefix) in enumerate(TECHNOLOGIES.items(), start=10):
        slug = name.lower().replace(" ", "-")
        Technology.objects.get_or_create(
            code_prefix=prefix, defaults={"name": name, "slug": slug, "position": position}
        )
    for position, name in enumerate(CATEGORIES, start=20):
        slug = name.lower().replace(" ", "-")
        Category.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})
    return Taxa(
        list(Technology.objects.values_list("pk", "name", "code_prefix")),
        list(Category.objects.values_list("pk", "name")),
        list(Level.objects.values_list("pk", "name")),
    )


def first_free_pk() -> int:
    return max(Question.objects.values_list("pk", flat=True), default=0) + 1


@contextmanager
def prepared_for_bulk() -> Iterator[None]:
    """The database as it likes to be filled: sure to be thrown away if that fails, and with its index made last."""
    if connection.vendor == "sqlite":
        trigger = next(it for it in backend.objects() if it.name == "search_insert")
        before, after = [trigger.removal, HASH_SIZE.format(2**26)], [trigger.definition, HASH_SIZE.format(2**20)]
        connection.settings_dict["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; "
        )
        connection.close()
    else:
        index = next(it for it in backend.objects() if it.name == "search_document")
        before, after = [index.removal], ["SET maintenance_work_mem = '1GB'"]
    _run(before)
    yield
    _run(after)
    install(backend.objects())


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def finish() -> None:
    """Let the database count what it plans with, and go on numbering after the last question."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Question, FollowUp]):
            cursor.execute(statement)
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def parameters(number: int, seed: int) -> str:
    """A digest of everything that a bank is made of."""
    digest = blake2b(f"{number} {seed}".encode(), digest_size=16)
    for path in (path for pattern in MADE_BY for path in sorted(BASE_DIR.glob(pattern))):
        digest.update(path.read_bytes())
    digest.update(repr(wanted()).encode())
    return digest.hexdigest()


def loaded() -> tuple[str, float]:
    """The parameters of the bank that is there, and at how many questions a second it was loaded."""
    if "bench_bank" not in connection.introspection.table_names():
        return "", 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT parameters, rate FROM bench_bank")
        return cursor.fetchone() or ("", 0)


def remember(digest: str, rate: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bank (parameters text, rate double precision)")
        cursor.execute("INSERT INTO bench_bank VALUES (%s, %s)", [digest, rate])


def empty() -> None:
    """Throw away what is there."""
    if connection.vendor == "sqlite":
        connection.close()
        path = Path(connection.settings_dict["NAME"])
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def make(number: int, seed: int) -> float:
    """Make the bank; returns questions a second, all that it takes to find them included."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", *fixtures(), verbosity=0)
    rate = 0.0
    if number:
        with prepared_for_bulk():
            language = Language(seed)
            language.sentences, language.code_lines  # noqa: B018 (before the fork, for all processes)
            generator = Generator(language, taxa(), number, first_free_pk())
            begin, worked = time.perf_counter(), sum(os.times()[:4])
            load(generator)
        finish()
        rate = number / (time.perf_counter() - begin)
        worked = (sum(os.times()[:4]) - worked) / number * 1000
        total = f"{Question.objects.count():,} questions"
        print(f"  {total}; {rate:,.0f} a second, indexes included; {worked:.2f} ms of CPU each", file=sys.stderr)
    else:
        finish()
    return rate


def main(number: str, seed: str) -> None:
    """Leave a bank of these parameters in the database, and print the rate at which it was loaded."""
    digest = parameters(int(number), int(seed))
    known, rate = loaded()
    if known != digest:
        empty()
        rate = make(int(number), int(seed))
        remember(digest, rate)
    print(rate)
