"""`manage.py serve`: everything a fresh clone or a new version needs, then gunicorn in the same process."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing

from hub import static_files
from hub.accounts.first_admin import make_first_admin
from hub.environment import BASE_DIR

SETUP = 5_487_237  # any number that nobody else on a PostgreSQL locks


class Command(BaseCommand):
    help = "Set up the database, the question set and the static files, then serve with gunicorn."

    def handle(self, **options: Any) -> None:
        port = settings.ENVIRONMENT.port
        self.refuse_taken_port(port)
        try:
            with self.alone():
                self.set_up()
        except (OSError, OperationalError, MigrationSchemaMissing) as error:
            raise CommandError(
                f"The hub cannot be set up: {error}. Can {settings.ENVIRONMENT.data_dir} be written to, has its disk "
                "room, and does the database run?"
            ) from None
        connections.close_all()
        self.stdout.write(f"The hub serves on http://127.0.0.1:{port} (Ctrl-C stops it).")
        self.stdout.write("To edit questions, make an account with `make admin` and open /admin/.")
        self.stdout.flush()
        os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # More would let each thread hold on to freed memory.
        os.chdir(BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "hub/gunicorn.conf.py", "hub.wsgi"])

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait while another process sets up the same data folder or, on another machine, the same database."""
        with (settings.ENVIRONMENT.data_dir / "setup.lock").open("w") as lock, closing(connection.copy()) as other:
            try:
                flock(lock, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                self.stdout.write("Another start sets this hub up; waiting for it …")
                self.stdout.flush()
                flock(lock, LOCK_EX)
            if other.vendor == "postgresql":
                with other.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_lock(%s)", [SETUP])
            yield

    def set_up(self) -> None:
        """Do what a fresh clone or a new version needs."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_question_set", stdout=self.stdout)
        if settings.ENVIRONMENT.admin_user:
            self.stdout.write(
                make_first_admin(settings.ENVIRONMENT.admin_user, Path(settings.ENVIRONMENT.admin_password_file))
            )
        if settings.ENVIRONMENT.is_https and not settings.TRUSTED_PROXIES:
            self.stdout.write("Failed log-ins count as from the proxy, for everybody: TRUSTED_PROXIES is not set.")
        call_command("clearsessions")
        static_files.collect()

    def refuse_taken_port(self, port: int) -> None:
        """Ask before anything is changed; gunicorn would try five times and then print a traceback."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} cannot be used ({error.strerror}); choose another: PORT=8001 make run"
                ) from None
