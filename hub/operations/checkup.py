"""Everything that an operator would look at, each in a sentence."""

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from http.client import HTTPException

import django
from django.conf import settings
from django.core.cache import cache
from django.core.checks import WARNING, run_checks
from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.template.defaultfilters import pluralize
from django.utils import timezone

from hub.caches import cache_errors
from hub.health import IMAGES, READINESS, SEARCH, pending_migrations
from hub.operations import backup
from hub.operations.errors import told
from hub.operations.findings import Finding, Found, failure, ok, warning
from hub.operations.reachability import address, certificate, proxy
from hub.version import VERSION

LEAST_FREE = 500 * 2**20  # bytes
MOST_SKEW = 5  # seconds between two clocks
SOON = timedelta(days=90)  # before an end of life
BACKUP_AGE = timedelta(days=2)

# The last day of security fixes, from the projects' own pages: devguide.python.org/versions,
# djangoproject.com/download, postgresql.org/support/versioning.
ENDS = {
    "Python 3.11": date(2027, 10, 31),
    "Python 3.12": date(2028, 10, 31),
    "Python 3.13": date(2029, 10, 31),
    "Python 3.14": date(2030, 10, 31),
    "Django 5.2": date(2028, 4, 30),
    "PostgreSQL 14": date(2026, 11, 12),
    "PostgreSQL 15": date(2027, 11, 11),
    "PostgreSQL 16": date(2028, 11, 9),
    "PostgreSQL 17": date(2029, 11, 8),
    "PostgreSQL 18": date(2030, 11, 14),
}


def checkup() -> Iterator[Finding]:
    """Look at everything; what cannot be looked at is a failure and keeps nothing else from being looked at."""
    told_before = set()
    for look in LOOKS:
        about = look.__name__.strip("_").replace("_", " ")
        try:
            yield from (finding._replace(about=about) for finding in look())
        except (OSError, HTTPException, Error) as error:
            reason = told(error)
            yield Finding(
                about,
                "failure",
                "It cannot be looked at either." if reason in told_before else f"It cannot be looked at: {reason}",
            )
            told_before.add(reason)


def _version() -> Found:
    yield ok(f"The hub is version {VERSION}, on Python {sys.version.split()[0]} and Django {django.__version__}.")


def _database() -> Found:
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    took = (time.perf_counter() - begin) * 1000
    number = ".".join(map(str, connection.get_database_version()))
    yield ok(f"{connection.display_name} {number} answers in {took:.0f} ms.")


def _migrations() -> Found:
    pending = pending_migrations()
    if pending:
        yield failure(f"{len(pending)} migration{pluralize(pending, ' is,s are')} not applied: run `make upgrade`.")
    else:
        yield ok("All are applied.")


def _objects() -> Found:
    """Whatever the domain needs to be there, such as triggers and indexes."""
    return _checked(READINESS, failure, "Triggers and indexes are there.")


def _search() -> Found:
    return _checked(SEARCH, failure, "It knows the questions as they are written.")


def _images() -> Found:
    return _checked(IMAGES, failure, "Each has its file.")


def _checked(tag: str, wrong: Callable[[str], Finding], sentence: str) -> Found:
    """What Django's checks with a tag say, or the sentence."""
    if pending_migrations():
        return
    messages = run_checks(tags=[tag], include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
    yield from (wrong(" ".join(filter(None, [message.msg, message.hint]))) for message in messages)
    if not messages:
        yield ok(sentence)


def _settings() -> Found:
    domains = [READINESS, SEARCH, IMAGES]
    known = run_checks(tags=domains, include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
    messages = run_checks(databases=[DEFAULT_DB_ALIAS], include_deployment_checks=settings.ENVIRONMENT.is_https)
    loud = [message for message in messages if message.level >= WARNING and not message.is_silenced()]
    wrong = [message for message in loud if message not in known]
    yield from (warning(" ".join(filter(None, [str(message.msg), message.hint]))) for message in wrong)
    if not wrong:
        yield ok("Django finds nothing to warn of.")


def _secret_key() -> Found:
    if settings.ENVIRONMENT.has_key_for_itself:
        yield warning("It is this machine's own: several hubs need one for all, by SECRET_KEY or SECRET_KEY_FILE.")
    else:
        yield ok("It is strong enough.")


def _cache() -> Found:
    if not settings.ENVIRONMENT.cache_url:
        yield ok("Each process keeps its own pages; CACHE_URL is not set.")
        return
    number = time.time_ns()
    try:
        cache.set("checkup", number, 10)
        kept = cache.get("checkup")
    except cache_errors() as error:
        yield failure(f"Redis cannot be used: {told(error)}")
        return
    yield ok("Redis keeps what it is given.") if kept == number else failure("Redis gives back something else.")
    try:
        policy = cache._cache.get_client().config_get("maxmemory*")  # type: ignore[attr-defined]
    except cache_errors():  # It may forbid that, as rented ones do.
        yield warning("Redis does not say what happens when its memory is full: it needs maxmemory-policy allkeys-lru.")
        return
    if policy.get("maxmemory") in ("0", 0) or policy.get("maxmemory-policy") == "noeviction":
        yield warning("Redis may fill its memory and then refuse: set maxmemory, and maxmemory-policy allkeys-lru.")


def _disk() -> Found:
    folder = settings.ENVIRONMENT.data_dir
    free = shutil.disk_usage(folder).free
    yield (ok if free > LEAST_FREE else failure)(f"{folder} has {free >> 20:,} MB free.")


def _clock() -> Found:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            skew = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
        yield (ok if skew < MOST_SKEW else failure)(f"It differs from the database server's by {skew:.1f} s.")
        return
    newest = max((path.stat().st_mtime for path in settings.ENVIRONMENT.data_dir.iterdir()), default=0)
    behind = newest - time.time()
    yield (ok if behind < MOST_SKEW else failure)(
        "It is not behind what was written last." if behind < MOST_SKEW else "It is behind what was written last."
    )


def _permissions() -> Found:
    folder = settings.ENVIRONMENT.data_dir
    private = [folder, *folder.glob("hub.sqlite3*"), *folder.glob("secret_key*"), *backup.usual_folder().glob("*")]
    open_to_others = [path for path in private if path.stat().st_mode & 0o077]
    yield from (failure(f"Others can read {path}: run `chmod go= {path}`.") for path in open_to_others)
    if not open_to_others:
        yield ok("Nobody else reads the data folder.")


def _mail() -> Found:
    yield ok("The hub sends none.")


def _backups() -> Found:
    newest = backup.newest()
    if newest is None:
        yield warning("There is none in the data folder: run `manage.py backup`, best every night.")
        return
    age = timedelta(seconds=time.time() - newest.stat().st_mtime)
    yield (ok if age < BACKUP_AGE else warning)(
        f"The newest, {newest.name}, is {age.days} day{pluralize(age.days)} old."
    )


def _end_of_life() -> Found:
    names = ["Python {}.{}".format(*sys.version_info), "Django {}.{}".format(*django.VERSION)]
    if connection.vendor == "postgresql":
        names.append(f"PostgreSQL {connection.get_database_version()[0]}")
    for name in names:
        if ends := ENDS.get(name):
            is_soon = ends - timezone.localdate() < SOON
            yield (warning if is_soon else ok)(f"{name} gets security fixes until {ends:%-d %B %Y}.")
        else:
            yield warning(f"When {name} stops getting security fixes is not known to this version of the hub.")


LOOKS: Iterable[Callable[[], Found]] = (
    _version, _database, _migrations, _objects, _search, _images, _settings, _secret_key, _cache, _disk, _clock,
    _permissions, address, proxy, certificate, _mail, _backups, _end_of_life,
)  # fmt: skip
