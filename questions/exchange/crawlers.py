"""What crawlers and language models read first: `robots.txt` and `llms.txt`."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hub.links import absolute
from hub.pages.cache import public_page
from questions.browse.coverage import Coverage
from questions.browse.feeds import NAME, SUMMARY
from questions.exchange.as_markdown import escaped
from questions.models import Question

LLMS_SIZE = 200
NOT_FOR_ROBOTS = ("/admin/", "/random/", "/questions/print/", "/questions.apkg", "/questions.csv")


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


def _plain(lines: Iterable[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


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
    for question in Question.objects.public().titles().newest()[:LLMS_SIZE]:
        taxa = f"{question.technology}, {question.category}, {question.level}, difficulty {question.difficulty}/10"
        url = absolute(reverse("question_markdown", args=[question.code]))
        yield f"- [{escaped(question.title)}]({url}): {question.code}, {escaped(taxa)}"
    yield f"\n## Optional\n\n- [Newest questions as a feed]({absolute(reverse('feed'))})"
