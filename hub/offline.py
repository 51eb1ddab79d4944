"""The hub without a network: the service worker that keeps the pages a reader has seen, and the page for the others."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hub.pages.cache import public_page


@public_page()
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script; its text changes with the static files, which is how browsers learn of a new version."""
    # Without collectstatic there is no manifest, and no file with a hash in its name that the worker would keep.
    version = getattr(staticfiles_storage, "manifest_hash", "") or "unversioned"
    return render(request, "sw.js", {"version": version}, content_type="text/javascript; charset=utf-8")


@public_page()
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows in place of a page that the reader has not seen."""
    return render(request, "offline.html")
