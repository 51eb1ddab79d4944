"""The database wrapper that Django looks for in an engine."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but it closes the cursor that begins a transaction, even where BEGIN fails.

    Django leaves a failed one to the garbage collector, in a reference cycle of the error and its frames. Any thread
    may collect it, and then waits for the lock on its connection. If that connection is just waiting to begin again,
    for the transaction of the very thread that collects, both hang until the timeout of SQLite's busy handler.
    """

    transaction_mode: str | None  # Django gives it no type.

    def _start_transaction_under_autocommit(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(f"BEGIN {self.transaction_mode or ''}")
