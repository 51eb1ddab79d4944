"""The database wrapper that Django looks for in an engine."""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which closes the cursor that begins a transaction, also where it cannot begin.

    Django leaves that one in a cycle of an error and its frames. A collection of garbage would free it, in any thread,
    and wait for its connection, which is locked while it waits to begin again: for that very thread's transaction, it
    may be, until its patience ends.
    """

    transaction_mode: str | None  # Django gives it no type.

    def _start_transaction_under_autocommit(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(f"BEGIN {self.transaction_mode or ''}")
