"""The database's rows as lines of JSON that every database can take back, whatever its vendor.

The models are those of the migrations that are applied, not those of the code: so a newer hub can save what an older
one has left, and take back what an older one has saved.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, JSONField, Model

from hub.operations.errors import OperationError

BATCH = 500  # rows
TOLD = 20_000  # rows, after which it is time to say how far it is
PLAIN = (str, int, float, bool, type(None))  # what JSON keeps as it is

Node = tuple[str, str]  # a migration: its app and its name
Say = Callable[[str], None]


class Tally(NamedTuple):
    """How many rows there are, and a digest of them that no order changes."""

    rows: int = 0
    digest: int = 0

    def with_line(self, line: bytes) -> "Tally":
        number = int.from_bytes(blake2b(line, digest_size=16).digest())
        return Tally(self.rows + 1, (self.digest + number) % 2**128)


def applied() -> list[Node]:
    """The last migrations that are applied, of each app; raises OperationError where this hub does not know one."""
    loader = MigrationExecutor(connection).loader
    known = set(loader.applied_migrations)
    if unknown := sorted(known - loader.graph.nodes.keys() - set(loader.replacements)):
        names = ", ".join(f"{app}.{name}" for app, name in unknown)
        raise OperationError(f"The database is of a newer hub: this one does not know {names}.")
    known &= loader.graph.nodes.keys()
    inner = {parent.key for node in known for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]}
    return sorted(known - inner)


def models(nodes: Iterable[Node]) -> list[type[Model]]:
    """The models after these migrations that have tables of their own."""
    state = MigrationExecutor(connection).loader.project_state(list(nodes))
    every = state.apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def kept(found: Iterable[type[Model]]) -> list[type[Model]]:
    """Those whose rows a backup keeps: all but those that are made anew of the others."""
    return [model for model in found if model._meta.label_lower not in settings.MADE_ANEW]


def columns(model: type[Model]) -> list[Field]:
    """What a row is made of, in the order in which lines have it."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines(model: type[Model]) -> Iterator[bytes]:
    """Each row as a line: a list of its values, in the order of the model's columns."""
    fields = columns(model)
    for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
        values = [_portable(field, row) for field in fields]
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _portable(field: Field, row: Model) -> Any:
    value = field.value_from_object(row)
    return value if isinstance(field, JSONField) or isinstance(value, PLAIN) else field.value_to_string(row)


def with_progress(rows: Iterable[bytes], label: str, say: Say) -> Iterator[bytes]:
    """The same lines; says how many there were so far, now and then and at the end, unless there are none."""
    number = 0
    for number, line in enumerate(rows, 1):
        if number % TOLD == 0:
            say(f"{label}: {number:,} rows …")
        yield line
    if number:
        say(f"{label}: {number:,} rows")


def load(model: type[Model], rows: Iterator[bytes]) -> None:
    """Insert lines, in batches; whether foreign keys lead somewhere is looked at later."""
    fields, quote = columns(model), connection.ops.quote_name
    names, places = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        while batch := [_values(fields, line) for line in islice(rows, BATCH)]:
            cursor.executemany(statement, batch)


def _values(fields: Iterable[Field], line: bytes) -> list[Any]:
    return [
        field.get_db_prep_save(value if isinstance(field, JSONField) else field.to_python(value), connection)
        for field, value in zip(fields, json.loads(line), strict=True)
    ]


def clear(found: Iterable[type[Model]]) -> None:
    """Delete what the migrations themselves have written."""
    for model in found:
        model._base_manager.all()._raw_delete(connection.alias)


def finish(loaded: list[type[Model]]) -> None:
    """Look whether all foreign keys lead somewhere, and have new rows numbered after those that were loaded."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)


def tally(rows: Iterable[bytes]) -> Tally:
    """Count rows and digest them."""
    total = Tally()
    for line in rows:
        total = total.with_line(line)
    return total
