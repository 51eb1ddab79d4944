"""Everything that an operator would look at, each in a sentence."""

import json
import shutil
import ssl
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import create_connection
from typing import NamedTuple

import django
from django.conf import settings
from django.core.cache import cache
from django.core.checks import WARNING, run_checks
from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.utils import timezone

from hub import proxies
from hub.caches import cache_errors
from hub.health import IMAGES, READINESS, SEARCH, pending_migrations
from hub.operations import backup
from hub.operations.errors import told
from hub.version import VERSION

LEAST_FREE = 500 * 2**20  # bytes
MOST_SKEW = 5  # seconds between two clocks
SECONDS = 5  # until an address counts as silent
MOST_READ = 10_000  # bytes of an answer
SOON = timedelta(days=90)  # before an end of life
CERTIFICATE_SOON = timedelta(days=21)
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


class Finding(NamedTuple):
    """What was looked at, whether it is as it should be (`ok`, `warning` or `failure`), and a sentence."""

    about: str
    level: str
    sentence: str


Found = Iterator[Finding]


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


def ok(sentence: str) -> Finding:
    return Finding("", "ok", sentence)


def warning(sentence: str) -> Finding:
    return Finding("", "warning", sentence)


def failure(sentence: str) -> Finding:
    return Finding("", "failure", sentence)


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
        yield failure(f"{len(pending)} migrations are not applied: run `make upgrade`.")
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
        policy = cache._cache.get_client().config_get("maxmemory*")  # type: ignore[attr-defined]
    except cache_errors() as error:
        yield failure(f"Redis cannot be used: {told(error)}")
        return
    yield ok("Redis keeps what it is given.") if kept == number else failure("Redis gives back something else.")
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


def _address() -> Found:
    """Whether the hub answers under its own name, through whatever stands in front of it."""
    response, _ = _asked("/accessibility/")
    location = response.headers.get("Location", "")
    if response.status == 200:
        yield ok(f"{settings.SITE_URL} answers.")
    elif response.status in (301, 302) and location.startswith(settings.SITE_URL):
        yield failure("The proxy sends no X-Forwarded-Proto, or FORWARDED_ALLOW_IPS does not name it.")
    elif response.status == 400:
        yield failure("The proxy does not pass the site's own Host on.")
    else:
        yield failure(f"{settings.SITE_URL} answers {response.status}.")


def _asked(path: str, headers: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
    """An answer of the hub's own address, and its body."""
    site = settings.ENVIRONMENT.site_url
    kind = HTTPSConnection if settings.ENVIRONMENT.is_https else HTTPConnection
    client = kind(site.hostname or "", site.port, timeout=SECONDS)
    try:
        client.request("GET", path, headers=headers or {})
        response = client.getresponse()
        return response, response.read(MOST_READ)
    finally:
        client.close()


def _proxy() -> Found:
    """What arrives at the hub of a request to its own address."""
    response, body = _asked("/healthz", proxies.own_question())
    if response.status >= 500:
        yield failure(f"{settings.SITE_URL}/healthz answers {response.status}: the hub is down, or out of its reach.")
        return
    try:
        finding = judged(json.loads(body))
    except (ValueError, KeyError, TypeError):  # No JSON, or that of another program.
        finding = failure(f"What answers at {settings.SITE_URL} is no hub with this secret key.")
    yield finding


def judged(heard: dict[str, str]) -> Finding:
    """Whether a proxy says all that it should."""
    site, proxy = settings.ENVIRONMENT.site_url, heard["from"]
    if heard["host"].lower() != site.netloc:
        return failure(f"The Host {site.netloc} arrives as {heard['host']!r}: the proxy has to pass it on.")
    if heard["scheme"] != site.scheme:
        return failure(
            f"What is asked by {site.scheme} arrives as {heard['scheme']}: the proxy, {proxy}, has to send "
            "X-Forwarded-Proto, and FORWARDED_ALLOW_IPS has to name it."
        )
    visitor = heard["for"].rpartition(",")[2].strip()  # Which is the proxy's own address where it runs on this machine.
    if visitor and visitor != proxy and heard["client"] == proxy:
        return warning(f"Every visitor seems to come from {proxy}: TRUSTED_PROXIES does not name that proxy.")
    return ok(f"Host and scheme arrive as they are asked for; this machine is known as {heard['client']}.")


def _certificate() -> Found:
    site = settings.ENVIRONMENT.site_url
    if site.scheme != "https":
        yield ok("There is none, over plain http.")
        return
    address = (site.hostname or "", site.port or 443)
    with (
        create_connection(address, timeout=SECONDS) as raw,
        ssl.create_default_context().wrap_socket(raw, server_hostname=site.hostname) as secure,
    ):
        certificate = secure.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), tz=UTC)
    is_soon = ends - timezone.now() < CERTIFICATE_SOON
    yield (warning if is_soon else ok)(f"Its last day is {ends:%-d %B %Y}.")


def _mail() -> Found:
    yield ok("The hub sends none.")


def _backups() -> Found:
    newest = backup.newest()
    if newest is None:
        yield warning("There is none in the data folder: run `manage.py backup`, best every night.")
        return
    age = timedelta(seconds=time.time() - newest.stat().st_mtime)
    yield (ok if age < BACKUP_AGE else warning)(f"The newest, {newest.name}, is {age.days} days old.")


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
    _permissions, _address, _proxy, _certificate, _mail, _backups, _end_of_life,
)  # fmt: skip
