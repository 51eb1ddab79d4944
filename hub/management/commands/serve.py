"""`manage.py serve`: everything a fresh clone or a new version needs, then gunicorn in the same process."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import OperationalError, connections
from django.db.migrations.exceptions import MigrationSchemaMissing

from hub.environment import BASE_DIR
from hub.operations.errors import OperationError, told
from hub.operations.serving import join
from hub.operations.set_up import set_up


class Command(BaseCommand):
    help = "Set up the database, the question set and the static files, then serve with gunicorn."

    def handle(self, **options: Any) -> None:
        os.umask(0o077)
        port = settings.ENVIRONMENT.port
        self.refuse_taken_port(port)
        try:
            join(settings.ENVIRONMENT.data_dir)
        except OperationError as error:
            raise CommandError(f"The hub cannot be set up: {error}") from None
        try:
            set_up(self.stdout)
        except (OSError, OperationalError, MigrationSchemaMissing, OperationError) as error:
            raise CommandError(
                f"The hub cannot be set up: {told(error)} "
                f"Can {settings.ENVIRONMENT.data_dir} be written to, has its disk room, and does the database run?"
            ) from None
        connections.close_all()
        if settings.ENVIRONMENT.is_https and not settings.TRUSTED_PROXIES:
            self.stdout.write("Failed log-ins count as from the proxy, for everybody: TRUSTED_PROXIES is not set.")
        if settings.ENVIRONMENT.has_key_for_itself:
            self.stdout.write("The secret key is this machine's own; several hubs need one for all: SECRET_KEY_FILE.")
        self.stdout.write(f"The hub serves on http://127.0.0.1:{port}.")
        if "NOTIFY_SOCKET" not in os.environ:  # Nobody sits in front of what systemd starts.
            self.stdout.write("Ctrl-C stops it. To edit questions, make an account with `make admin` and open /admin/.")
        self.stdout.flush()
        os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # More would let each thread hold on to freed memory.
        os.chdir(BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "hub/gunicorn.conf.py", "hub.wsgi"])

    def refuse_taken_port(self, port: int) -> None:
        """Ask before anything is changed; gunicorn would try five times and then print a traceback."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} cannot be used ({error.strerror}): end what listens there, or choose another, "
                    "such as PORT=8001."
                ) from None
