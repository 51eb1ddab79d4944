"""What is looked up when Prometheus asks: it is old by no more than the time between two of its visits."""

import platform
import shutil
import time
from collections.abc import Iterator

import django
from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.utils.module_loading import import_string
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric

from hub.caches import cache_errors
from hub.operations import backup
from hub.version import VERSION


def figures() -> Iterator[Metric]:
    """Version, database, what the domain tells, shared cache, backups and disk."""
    versions = {"version": VERSION, "python": platform.python_version(), "django": django.__version__}
    yield InfoMetricFamily("hub", "Which hub this is.", value=versions)
    yield from _database()
    if settings.ENVIRONMENT.cache_url:
        yield _gauge("cache_up", "Whether Redis answers.", _cache_is_up())
    yield _gauge("backup_age_seconds", "The age of the newest backup in the data folder; +Inf without one.", _age())
    usage = shutil.disk_usage(settings.ENVIRONMENT.data_dir)
    yield _gauge("disk_free_bytes", "What is free on the data folder's disk.", usage.free)
    yield _gauge("disk_size_bytes", "How large the data folder's disk is.", usage.total)


def _database() -> Iterator[Metric]:
    """Whether the database answers, in which time, and what the domain finds there."""
    found, begin = [], time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found.append(_gauge("database_seconds", "How long the database took to answer.", time.perf_counter() - begin))
        found += [_gauge(*figure) for figure in import_string(settings.FIGURES)()]
    except Error:
        pass
    finally:
        connection.close()  # It is this thread's alone.
    yield _gauge("database_up", "Whether the database answers.", bool(found))
    yield from found


def _cache_is_up() -> bool:
    try:
        cache.get("metrics")
    except cache_errors():
        return False
    return True


def _age() -> float:
    newest = backup.newest()
    return time.time() - newest.stat().st_mtime if newest else float("inf")


def _gauge(name: str, documentation: str, value: float) -> Metric:
    return GaugeMetricFamily(f"hub_{name}", documentation, value=value)
