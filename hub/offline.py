"""The hub without a network: the service worker that keeps the pages a reader has seen, and the page for the others."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLResolver, get_resolver
from django.views.decorators.http import require_safe

from hub.pages.address import public_page


@public_page()
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script; its text changes with the static files, which is how browsers learn of a new version."""
    # Without collectstatic there is no manifest, and no file with a hash in its name that the worker would keep.
    version = getattr(staticfiles_storage, "manifest_hash", "") or "unversioned"
    context = {"version": version, "parameters": known_parameters()}
    return render(request, "sw.js", context, content_type="text/javascript; charset=utf-8")


def known_parameters() -> list[str]:
    """The names of all that public pages answer to in a query string; what else stands there leads to the same page."""
    return sorted({name for view in _views(get_resolver()) for name in getattr(view, "public_parameters", ())})


def _views(resolver: URLResolver) -> Iterator[Any]:
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            yield from _views(item)
        else:
            yield item.callback


@public_page()
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows in place of a page that the reader has not seen."""
    return render(request, "offline.html")
