"""How feed readers, crawlers, language models and chance come upon the questions."""

import re
from collections.abc import Iterable, Iterator
from math import ceil
from secrets import randbelow
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.page_cache import public_page
from questions.coverage import Coverage
from questions.exchange.as_markdown import escaped
from questions.filters import QuestionFilter
from questions.links import absolute
from questions.models import Question
from questions.taxa import subjects

NAME = "Knowledge Hub"
SUMMARY = (
    "Technical interview questions, each with a short answer, the mechanism behind it, a worked example, "
    "common mistakes and the follow-ups an interviewer asks."
)
FEED_SIZE = 50
LLMS_SIZE = 200
SITEMAP_SIZE = 50_000  # The most that the sitemap protocol lets one file hold.
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("front_page", "question_list", "map", "accessibility")
NOT_FOR_ROBOTS = ("/admin/", "/random/", "/questions/print/", "/questions.apkg", "/questions.csv")

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML cannot say them at all.


@public_page()
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest questions as an Atom feed."""
    # Django's feed view would build links from the request's Host; its generator takes them as they are.
    atom = Atom1Feed(
        title=NAME,
        subtitle=SUMMARY,
        link=absolute(reverse("front_page")),
        feed_url=absolute(reverse("feed")),
        description=SUMMARY,
        language="en-GB",
        author_name=NAME,
    )
    for question in Question.objects.published().for_list().prefetch_related(None).newest()[:FEED_SIZE]:
        atom.add_item(
            title=CONTROLS.sub("", question.title),
            link=absolute(question.get_absolute_url()),
            description=CONTROLS.sub("", question.answer_html),
            unique_id=absolute(question.get_absolute_url()),
            pubdate=question.published_at,
            updateddate=question.updated_at,
            categories=[CONTROLS.sub("", str(it)) for it in (*subjects(question), question.level)],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


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


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may leave out, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    return _plain([*lines, "", f"Sitemap: {absolute(reverse('sitemap'))}"])


@public_page()
@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """A guide for language models, in the form that llmstxt.org describes."""
    return _plain(_llms_lines())


@never_cache
@require_safe
def random_question(request: HttpRequest) -> HttpResponse:
    """Leads to a random question within the filters, or to the list that says why there is none."""
    filters = QuestionFilter(request.GET, queryset=Question.objects.published())
    position = randbelow(filters.count or 1)
    question = Question.objects.published().filter(pk__in=filters.ids(position, position + 1)).only("code").first()
    return redirect(question or filters.url())


def _plain(lines: Iterable[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _xml(root: str, elements: Iterable[str]) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITEMAP_NAMESPACE}">\n'
        yield from elements
        yield f"</{root}>\n"

    return StreamingHttpResponse(lines(), content_type="application/xml")


def _number_of_sitemaps() -> int:
    return ceil((len(PAGES) + Question.objects.published().count()) / SITEMAP_SIZE)


def _urlset(number: int) -> StreamingHttpResponse:
    """The pages come first, then the questions by code; one part takes up where the one before left off."""
    end = number * SITEMAP_SIZE - len(PAGES)
    start = max(0, end - SITEMAP_SIZE)
    questions = Question.objects.published().order_by("code").values_list("code", "updated_at")[start:end]
    pages = [f"<url><loc>{escape(absolute(reverse(name)))}</loc></url>\n" for name in PAGES if number == 1]
    elements = (
        f"<url><loc>{escape(absolute(reverse('question', args=[code])))}</loc>"
        f"<lastmod>{updated_at:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>\n"
        for code, updated_at in questions
    )
    return _xml("urlset", [*pages, *elements])


def _llms_lines() -> Iterator[str]:
    markdown, json = absolute(reverse("list_markdown")), absolute(reverse("list_json"))
    yield f"# {NAME}\n\n> {SUMMARY}\n"
    yield (
        "A question's address ends in a slash; with `.md` or `.json` in place of it, it gives the same question as "
        "Markdown or JSON. Lists take the parameters `q`, `technology`, `level`, `category`, `difficulty_min`, "
        f"`difficulty_max` and `sort`.\n\n## Lists\n\n- [Everything, by page]({json}): JSON"
    )
    for technology, _, everything in Coverage.of_bank().rows():
        if everything.number:
            url = f"{markdown}?technology={technology.slug}"
            yield f"- [{escaped(technology.name)}]({url}): {everything.number} questions"
    yield "\n## Newest questions\n"
    for question in Question.objects.published().titles().newest()[:LLMS_SIZE]:
        taxa = ", ".join([*subjects(question), str(question.level), f"difficulty {question.difficulty}/10"])
        url = absolute(reverse("question_markdown", args=[question.code]))
        yield f"- [{escaped(question.title)}]({url}): {question.code}, {escaped(taxa)}"
    yield f"\n## Optional\n\n- [Newest questions as a feed]({absolute(reverse('feed'))})"
