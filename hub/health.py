"""What a supervisor asks: is the process alive, and can it serve?"""

from collections.abc import Callable
from shutil import disk_usage

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import DisallowedHost
from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub import proxies

FROM_OUTSIDE = "hub.health.from_outside"  # In a WSGI environ: the Host that was asked for, and is not the hub's.

# The tag of checks whose every message, whatever its level, means that the hub cannot serve as it should.
READINESS = "readiness"
# Those of checks that `check_hub` shows under a word of their own.
IMAGES, SEARCH = "images", "search"

LEAST_FREE = 8 * 2**20  # bytes, without which nobody can log in, vote or save


class AnyHostMiddleware:
    """Let a load balancer, which knows the hub by an address alone, ask these two pages under any Host, or none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in ("/healthz", "/readyz"):
            try:
                request.get_host()
            except DisallowedHost:
                host = request.META.get("HTTP_HOST", "")
                request.META |= {"HTTP_HOST": settings.ENVIRONMENT.site_url.netloc, FROM_OUTSIDE: host}
        return self.get_response(request)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all, and for `check_hub` what has arrived of its request."""
    if proxies.is_own_question(request):
        host = request.META.get(FROM_OUTSIDE) or request.META.get("HTTP_HOST", "")
        return JsonResponse(proxies.heard(request, host))
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database can be reached and has all that the hub needs, else 503 with the reasons, one a line.

    Under a Host that is not the hub's, that it is not ready is all it tells.
    """
    reasons = _reasons()
    if reasons and FROM_OUTSIDE in request.META:
        reasons = ["not ready"]
    text = "\n".join(reasons or ["ready"])
    return HttpResponse(f"{text}\n", content_type="text/plain", status=503 if reasons else 200)


def _reasons() -> list[str]:
    """Why the hub is not ready."""
    try:
        if pending_migrations():
            return ["migrations are not applied"]
        messages = run_checks(tags=[READINESS], databases=[DEFAULT_DB_ALIAS])
        free = disk_usage(settings.ENVIRONMENT.data_dir).free
    except Error:
        return ["the database cannot be reached"]
    full = ["the disk is full"] if free < LEAST_FREE else []
    return [*full, *(message.msg for message in messages)]


def pending_migrations(app: str | None = None) -> list[Migration]:
    """The migrations that are not applied: all of them, or an app's and those that it needs."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(app))]
