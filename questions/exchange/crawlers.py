"""What crawlers and language models read first: `robots.txt` and `llms.txt`."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import get_text_list
from django.views.decorators.http import require_safe

from hub.links import absolute
from hub.pages.address import public_page
from questions.browse.coverage import Coverage
from questions.browse.feeds import NAME, SUMMARY
from questions.exchange.formats.markdown import FORMAT as MARKDOWN
from questions.exchange.registry import FORMATS
from questions.exchange.views import LARGEST_LIST
from questions.finding.question_filter import QuestionFilter
from questions.finding.taxa import subjects
from questions.models import Question
from questions.text.plain import escaped

LLMS_SIZE = 200


@public_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may leave out, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _not_for_robots())]
    lines.append(f"Allow: {reverse('practice')}$")  # What practice is, and nothing below it.
    return _plain([*lines, "", f"Sitemap: {absolute(reverse('sitemap'))}"])


@public_page()
@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """A guide for language models, in the form that llmstxt.org describes."""
    return _plain(_llms_lines())


def _not_for_robots() -> Iterator[str]:
    yield from ("/admin/", "/random/", "/practice/", "/kits/pick/", "/kits/arrange/")
    for format_ in FORMATS:
        if not format_.is_for_robots and format_.has_list:
            yield reverse(format_.list_view)
        if not format_.is_for_robots and format_.document:
            yield f"/questions/*{format_.ending}"


def _plain(lines: Iterable[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _llms_lines() -> Iterator[str]:
    documents = [it for it in FORMATS if it.document and it.is_for_robots]
    parameters = [f"`{name}`" for name in QuestionFilter.base_filters if name != "page"]
    yield f"# {NAME}\n\n> {SUMMARY}\n"
    yield (
        f"A question's address ends in a slash; with {get_text_list([f'`{it.ending}`' for it in documents])} in place "
        f"of it, it gives the same question as {get_text_list([it.name for it in documents])}. Lists take the "
        f"parameters {get_text_list(parameters, 'and')}.\n\n## Lists\n"
    )
    for it in FORMATS:
        if it.has_list and it.is_for_robots:
            how = ", by page" if it.page else f", up to {LARGEST_LIST:,} questions"
            yield f"- [Everything{how}]({absolute(reverse(it.list_view))}): {it.name}"
    for technology, _, everything in Coverage.of_bank().rows():
        if everything.number:
            url = absolute(f"{reverse(MARKDOWN.list_view)}?technology={technology.slug}")
            yield f"- [{escaped(technology.name)}]({url}): {everything.number} questions"
    yield "\n## Newest questions\n"
    for question in Question.objects.public().titles().newest()[:LLMS_SIZE]:
        taxa = ", ".join([*subjects(question), str(question.level), f"difficulty {question.difficulty}/10"])
        url = absolute(reverse(MARKDOWN.document_view, args=[question.code]))
        yield f"- [{escaped(question.title)}]({url}): {question.code}, {escaped(taxa)}"
    yield f"\n## Optional\n\n- [Newest questions as a feed]({absolute(reverse('feed'))})"
