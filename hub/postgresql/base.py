"""The database wrapper that Django looks for in an engine."""

from functools import partial
from typing import Any

from django.db.backends.postgresql import base

from hub.postgresql.silence import SECONDS_TO_ASK, Silence, WatchfulConnection

silence = Silence()  # The hub has one server.


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, whose connections notice a silent server."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connect_again = partial(self.Database.connect, **conn_params | {"connect_timeout": SECONDS_TO_ASK})
        with silence.asking(connect_again):
            connection = super().get_new_connection(conn_params)
        connection.__class__ = WatchfulConnection  # Django has no place to say so before.
        connection.silence = silence
        connection.connect_again = connect_again
        return connection
