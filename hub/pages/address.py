"""Which pages are public, and the one address that each of them is known by."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.wsgi import WSGIRequest, get_path_info
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control

# A browser asks each time whether its copy is still good. A CDN may answer for a minute before it asks, and then for
# a second while it asks: no longer, because browsers take stale-while-revalidate as leave to show old pages.
FOR_ALL = {"public": True, "max_age": 0, "s_maxage": 60, "stale_while_revalidate": 1}
FOR_EDITORS = {"private": True, "no_cache": True}
COUNTED = {"private": True, "no_cache": True}  # What is made anew each time, so that whoever asks is counted.

ASKED_BY = "hub.asked_by"  # In the environ of a request that is made of an address alone: the visitor's own environ.

View = Callable[..., HttpResponseBase]


def public_page(*parameters: str, repeatable: Iterable[str] = ()) -> Callable[[View], View]:
    """Declare that what a view answers follows from its path and these parameters alone, and that caches may keep it.

    Of a parameter that comes twice the last value counts, as in `QueryDict.get`; of a repeatable one the set of values.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def public_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not response.has_header("Cache-Control"):
                is_editor = settings.SESSION_COOKIE_NAME in request.COOKIES
                patch_cache_control(response, **(FOR_EDITORS if is_editor else FOR_ALL))
            return response

        known = dict.fromkeys(parameters, False) | dict.fromkeys(repeatable, True)
        public_view.public_parameters = known  # type: ignore[attr-defined]
        return public_view

    return decorate


def asked_by(request: HttpRequest) -> HttpRequest:
    """The visitor's own request, to be counted: nothing that a public page shows may follow from it."""
    environ = request.META.get(ASKED_BY)
    return WSGIRequest(environ) if environ else request


class Address(NamedTuple):
    """What a page is known by, its path as logs show it, and the name of the view that makes it."""

    path: str  # as WSGI has it: bytes in Latin-1
    query: str
    shown: str
    view: str


def canonical(path: str, query: str) -> Address | None:
    """The one address for all that lead to the same public page; None where no view has declared to be public."""
    text = get_path_info({"PATH_INFO": path})
    try:
        match = resolve(text)
        asked = QueryDict(query.encode("latin-1"))
    except (Resolver404, TooManyFieldsSent):
        return None
    known = getattr(match.func, "public_parameters", None)
    if known is None:
        return None
    pairs = []
    for name in sorted(known.keys() & asked.keys()):
        values = asked.getlist(name)
        pairs += [(name, value) for value in (sorted(set(values)) if known[name] else values[-1:])]
    return Address(path, urlencode(pairs), quote(text), match.view_name)
