"""A database that takes no write for a while, as on a disk that was mounted again or on a standby."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

REFUSE = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}
ACCEPT = {"sqlite": "PRAGMA query_only = OFF", "postgresql": "SET default_transaction_read_only = off"}


@contextmanager
def read_only_database() -> Iterator[None]:
    """Refuse what this thread's connection would write; no transaction may be open."""
    execute(REFUSE[connection.vendor])
    try:
        yield
    finally:
        execute(ACCEPT[connection.vendor])


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
