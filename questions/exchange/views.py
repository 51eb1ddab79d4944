"""One question, or a whole list, to take away. The same for every visitor: no session, no CSRF token."""

from collections.abc import Callable, Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hub.links import absolute
from hub.pages.cache import public_page
from questions.browse.not_found import not_found
from questions.exchange import as_anki, as_csv, as_json, as_markdown, as_print
from questions.exchange.loading import html_of, sources_of, with_sources
from questions.finding.filters import REPEATABLE
from questions.finding.question_filter import QuestionFilter
from questions.models import Question

MOST_QUESTIONS = 10_000  # in one file; JSON has pages instead.

ANKI = "application/apkg"
CSV = "text/csv; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
MARKDOWN = "text/markdown; charset=utf-8"


@public_page()
@require_safe
def question_markdown(request: HttpRequest, code: str) -> HttpResponse:
    """One question as Markdown."""
    return _one(request, code, as_markdown.document, MARKDOWN)


@public_page()
@require_safe
def question_json(request: HttpRequest, code: str) -> HttpResponse:
    """One question as JSON."""
    return _one(request, code, as_json.document, JSON)


@public_page(*QuestionFilter.base_filters, repeatable=REPEATABLE)
@require_safe
def list_json(request: HttpRequest) -> HttpResponse:
    """A page of the list as JSON."""
    filters = _asked(request)
    return HttpResponse(as_json.page(filters), JSON, headers=_canonical(filters.url()))


@require_safe
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """The list as CSV."""
    filters = _asked(request)
    return _refusal(request, filters) or _stream(
        request, filters, CSV, as_csv.stream(sources_of(_ids(filters))), "questions.csv"
    )


@require_safe
def list_markdown(request: HttpRequest) -> HttpResponseBase:
    """The list as Markdown."""
    filters = _asked(request)
    words = " · ".join([f"Questions: {filters.count}", *(item.label for item in filters.active)])
    return _refusal(request, filters) or _stream(
        request, filters, MARKDOWN, as_markdown.stream(sources_of(_ids(filters)), [words, *filters.notices])
    )


@require_safe
def list_anki(request: HttpRequest) -> HttpResponseBase:
    """The list as a package for Anki."""
    filters = _asked(request)
    return _refusal(request, filters) or FileResponse(
        as_anki.package(html_of(_ids(filters))),
        as_attachment=True,
        filename="questions.apkg",
        content_type=ANKI,
        headers=_canonical(filters.url()),
    )


@require_safe
def list_print(request: HttpRequest) -> HttpResponseBase:
    """The list as a page to print."""
    filters = as_print.PrintFilter(request.GET, queryset=Question.objects.public())
    return _refusal(request, filters) or _stream(
        request, filters, HTML, as_print.stream(request, filters, html_of(_ids(filters)))
    )


def fits_one_file(filters: QuestionFilter) -> bool:
    """Whether the whole list can be taken away at once; a search may find more than it counts."""
    return filters.is_exact and filters.count <= MOST_QUESTIONS


def _asked(request: HttpRequest) -> QuestionFilter:
    return QuestionFilter(request.GET, queryset=Question.objects.public())


def _ids(filters: QuestionFilter) -> list[int]:
    return filters.ids(0, filters.count)


def _canonical(url: str) -> dict[str, str]:
    """The header that tells search engines which page this is another form of."""
    return {"Link": f'<{absolute(url)}>; rel="canonical"'}


def _one(request: HttpRequest, code: str, document: Callable[[Question], str], content_type: str) -> HttpResponse:
    if code != code.upper():
        name = request.resolver_match.view_name if request.resolver_match else ""
        return redirect(name, code.upper(), permanent=True)
    question = with_sources(Question.objects.public()).filter(code=code).first()
    if question is None:
        return not_found(request, code)
    return HttpResponse(document(question), content_type, headers=_canonical(question.get_absolute_url()))


def _refusal(request: HttpRequest, filters: QuestionFilter) -> HttpResponse | None:
    """422 for a list that is too long: the request is well formed and allowed, but cannot be carried out as it is."""
    if fits_one_file(filters):
        return None
    context = {
        "most": f"{MOST_QUESTIONS:,}",
        "json_url": filters.url(name="list_json"),
        "list_url": filters.url(),
    }
    return render(request, "exchange/too_many.html", context, status=422)


def _stream(
    request: HttpRequest, filters: QuestionFilter, content_type: str, parts: Iterator[str], attachment: str = ""
) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        () if request.method == "HEAD" else parts, content_type=content_type, headers=_canonical(filters.url())
    )
    if attachment:
        response["Content-Disposition"] = f'attachment; filename="{attachment}"'
    return response
