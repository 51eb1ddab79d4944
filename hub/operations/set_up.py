"""What a fresh clone or a newer version needs before it can serve."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from gunicorn.systemd import sd_notify  # type: ignore[import-untyped]

from hub import static_files
from hub.accounts.first_admin import make_first_admin
from hub.databases import takes_no_writes
from hub.health import pending_migrations
from hub.operations import backup

ANY_NUMBER = 5_487_237  # that nobody else on a PostgreSQL locks
BEFORE_BACKUPS = "0019_longer_titles"  # that is pending where the older version had no `restore`
PATIENCE = 60  # seconds for which systemd is asked to wait, again and again while the work goes on

logger = logging.getLogger("hub.set_up")


def set_up(out: OutputWrapper) -> None:
    """Migrate, after a backup of what is there, and bring what the version needs; what takes no writes stays as it is.

    Raises OSError and Django's database errors where it cannot be done.
    """
    with _alone(out), _with_patience(), ThreadPoolExecutor(1) as other:
        collected = other.submit(static_files.collect)  # Compresses, mostly, which leaves the interpreter alone.
        if takes_no_writes():
            out.write("The database takes no writes, as a standby: the hub serves what is there.")
        else:
            _fill(out)
        collected.result()


def _fill(out: OutputWrapper) -> None:
    """Bring the database what this version and these settings need."""
    _migrate(out)
    _keep_private(out)
    call_command("render_questions", if_older=True, stdout=out)
    call_command("load_question_set", stdout=out)
    environment = settings.ENVIRONMENT
    if environment.admin_user:
        out.write(make_first_admin(environment.admin_user, Path(environment.admin_password_file)))
    call_command("clearsessions")


def _migrate(out: OutputWrapper) -> None:
    """Bring the database to this version, and say each step where there is something to bring."""
    holds_data = bool(connection.introspection.table_names())
    if not holds_data and (newest := backup.newest()):
        out.write("The database is empty, though there is a backup: if that is a mistake, stop the hub and")
        out.write(f"`manage.py restore {newest} --replace`.")
    if not holds_data or not (pending := [migration.name for migration in pending_migrations()]):
        call_command("migrate", verbosity=0, interactive=False)
        return
    target = backup.default_target()
    out.write("The database is of an older version. It is saved first …")
    backup.write(target, lambda line: None)
    where = (
        "with this version, as the older one reads no backups" if BEFORE_BACKUPS in pending else "in the older version"
    )
    out.write(f"To go back, {where}: `manage.py restore {target} --replace`.")
    out.flush()
    call_command("migrate", verbosity=1, interactive=False)


def _keep_private(out: OutputWrapper) -> None:
    """Take the database's file from others: older versions let everybody on the machine read it."""
    place = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and place.stat().st_mode & 0o077:
        place.chmod(0o600)
        out.write(f"Others could read {place}; now they cannot.")


@contextmanager
def _alone(out: OutputWrapper) -> Iterator[None]:
    """Wait while another process sets up the same data folder or, on another machine, the same database."""
    with (settings.ENVIRONMENT.data_dir / "setup.lock").open("w") as lock, closing(connection.copy()) as other:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            out.write("Another start sets this hub up; waiting for it …")
            out.flush()
            flock(lock, LOCK_EX)
        if other.vendor == "postgresql":
            with other.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [ANY_NUMBER])
        yield


@contextmanager
def _with_patience() -> Iterator[None]:
    """Tell systemd, where it has started the hub, that the work goes on: it would give up after 90 seconds."""
    done = Event()

    def tell() -> None:
        while not done.wait(PATIENCE / 4):
            sd_notify(f"EXTEND_TIMEOUT_USEC={PATIENCE * 1_000_000}\nSTATUS=Setting up", logger)

    sd_notify(f"EXTEND_TIMEOUT_USEC={PATIENCE * 1_000_000}\nSTATUS=Setting up", logger)
    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
