"""One question, or a whole list, to take away. The same for every visitor: no session, no CSRF token."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from hub.links import absolute
from hub.pages.address import public_page
from questions.browse.one_question import with_question
from questions.exchange.format import Document, Format, Page
from questions.exchange.loading import with_sources
from questions.exchange.registry import FORMATS
from questions.exchange.rows import FileError
from questions.finding.filters import REPEATABLE
from questions.finding.question_filter import QuestionFilter
from questions.models import Question

LARGEST_LIST = 10_000  # questions of a list that is given whole


def get_urls() -> Iterator[URLPattern]:
    """The addresses of every format: of its documents, and of its lists."""
    for format_ in FORMATS:
        one, many = f"questions/<code:code>{format_.ending}", f"questions{format_.ending}"
        own: dict[str, Any] = {"format_": format_}
        if document := format_.document:
            yield path(one, question_document, own | {"document": document}, name=format_.document_view)
        if page := format_.page:
            yield path(many, list_page, own | {"page": page}, name=format_.list_view)
        if format_.is_whole:
            yield path(many, whole_list, own, name=format_.list_view)


@public_page()
@require_safe
@with_question(with_sources)
def question_document(request: HttpRequest, question: Question, format_: Format, document: Document) -> HttpResponse:
    """One question in another form."""
    headers = _headers(format_, question.code, question.get_absolute_url())
    return HttpResponse(document(question), format_.content_type, headers=headers)


@public_page(*QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def list_page(request: HttpRequest, format_: Format, page: Page) -> HttpResponse:
    """A page of the list in another form."""
    filters = format_.filters(request.GET, Question.objects.public(), request=request)
    headers = _list_headers(format_, filters)
    return HttpResponse(page(filters), format_.content_type, headers=headers)


@require_safe
def whole_list(request: HttpRequest, format_: Format) -> HttpResponseBase:
    """The whole list in another form, if it is not too long."""
    filters = format_.filters(request.GET, Question.objects.public(), request=request)
    if not fits_one_file(filters):
        return _no_file(request, filters)
    headers = _list_headers(format_, filters)
    if format_.file:
        try:
            file = format_.file(filters)
        except FileError as error:
            return _no_file(request, filters, str(error))
        return FileResponse(file, content_type=format_.content_type, headers=headers)
    parts = format_.stream(filters) if format_.stream and request.method != "HEAD" else ()
    return StreamingHttpResponse(parts, content_type=format_.content_type, headers=headers)


def fits_one_file(filters: QuestionFilter) -> bool:
    """Whether the whole list can be taken away at once; a search may find more than it counts."""
    return filters.is_exact and filters.count <= LARGEST_LIST


def _headers(format_: Format, name: str, page_url: str) -> dict[str, str]:
    """Which page this is another form of, for search engines, and under what name a browser saves it."""
    headers = {"Link": f'<{absolute(page_url)}>; rel="canonical"'}
    if format_.is_download:
        headers["Content-Disposition"] = f'attachment; filename="{name}{format_.ending}"'
    return headers


def _list_headers(format_: Format, filters: QuestionFilter) -> dict[str, str]:
    """The same of a list; what somebody searched for is not for search engines."""
    robots = {"X-Robots-Tag": "noindex"} if filters.search else {}
    return _headers(format_, "questions", filters.url_without_text()) | robots


def _no_file(request: HttpRequest, filters: QuestionFilter, sentence: str = "") -> HttpResponse:
    """422: the request is well formed and allowed, but cannot be carried out as it is."""
    context = {
        "sentence": sentence,
        "largest": f"{LARGEST_LIST:,}",
        "paged": [(format_.name, filters.url(name=format_.list_view)) for format_ in FORMATS if format_.page],
        "list_url": filters.url(),
    }
    return render(request, "exchange/no_file.html", context, status=422)
