"""A hub of the harness's own, with an editor whom no hostile form can name."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.running_hub import RunningHub
from tests.fuzz.client import Client
from tests.fuzz.surface import Surface, survey

NAME, PASSWORD = "editor", "a long password for the tests"
# The number is none that a form would come upon, so that no form deletes the account that sends it.
MAKE_EDITOR = f"""
from django.contrib.auth.models import User
User.objects.create_superuser({NAME!r}, id=424242, password={PASSWORD!r})
"""


@contextmanager
def target(database: dict[str, str]) -> Iterator[tuple[RunningHub, Client, Surface]]:
    """A hub that runs, a client that is logged in to it, and what there is to attack."""
    with tempfile.TemporaryDirectory(prefix="hub-fuzz-") as folder:
        hub = RunningHub(Path(folder) / "data", database)
        hub.start()
        try:
            made = hub.manage("shell", "--no-imports", "-c", MAKE_EDITOR)
            assert made.returncode == 0, made.stderr
            client = Client(hub.port)
            client.log_in(NAME, PASSWORD)
            yield hub, client, survey(client)
        finally:
            hub.kill()
