"""The sitemap: every page worth finding, in files of at most 50,000 addresses.

`django.contrib.sitemaps` would take scheme and host of an index from the request, and hold each file in memory.
"""

from collections.abc import Iterable, Iterator
from math import ceil
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.links import absolute
from questions.models import Question

SITEMAP_SIZE = 50_000  # The most that the sitemap protocol lets one file hold.
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("front_page", "question_list", "map", "accessibility")


@require_safe
def sitemap(request: HttpRequest) -> StreamingHttpResponse:
    """Every page worth finding; where they are too many for one file, the files that list them."""
    parts = _number_of_sitemaps()
    if parts == 1:
        return _urlset(1)
    urls = (absolute(reverse("sitemap_part", args=[number])) for number in range(1, parts + 1))
    return _xml("sitemapindex", (f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls))


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """One of the files that the sitemap names."""
    if not 1 <= number <= _number_of_sitemaps():
        raise Http404
    return _urlset(number)


def _xml(root: str, elements: Iterable[str]) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITEMAP_NAMESPACE}">\n'
        yield from elements
        yield f"</{root}>\n"

    return StreamingHttpResponse(lines(), content_type="application/xml")


def _number_of_sitemaps() -> int:
    return ceil((len(PAGES) + Question.objects.public().count()) / SITEMAP_SIZE)


def _urlset(number: int) -> StreamingHttpResponse:
    """The pages come first, then the questions by code; one part takes up where the one before left off."""
    end = number * SITEMAP_SIZE - len(PAGES)
    start = max(0, end - SITEMAP_SIZE)
    questions = Question.objects.public().order_by("code").values_list("code", "updated_at")[start:end]
    pages = [f"<url><loc>{escape(absolute(reverse(name)))}</loc></url>\n" for name in PAGES if number == 1]
    elements = (
        f"<url><loc>{escape(absolute(reverse('question', args=[code])))}</loc>"
        f"<lastmod>{updated_at:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>\n"
        for code, updated_at in questions
    )
    return _xml("urlset", [*pages, *elements])
