"""Pages that arrive while what they tell of is being done: a line of progress, then the rest."""

import time
from collections.abc import Callable, Generator, Iterator
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html

from hub.databases import is_outage
from hub.integrity import with_digests
from questions.exchange.importer import Progress

GAP = b"<!-- progress -->"  # where a template has it
EVERY = 0.5  # seconds between two lines of progress
BUSY = "The database is busy or away. Nothing was written; try again in a while."

Steps = Generator[Progress, None, dict[str, Any]]  # which return what the template is to show in the end
Page = Callable[[dict[str, Any]], Any]  # makes a template response of it


def streamed(request: HttpRequest, page: Page, steps: Steps, total: int) -> HttpResponseBase:
    """The beginning of a page, lines of progress while the steps are taken, and the rest with what they come to."""
    if request.method == "HEAD":
        steps.close()
        return HttpResponse()
    response = StreamingHttpResponse(_parts(page, steps, total), content_type="text/html; charset=utf-8")
    response.headers["X-Accel-Buffering"] = "no"  # A proxy would keep the lines together.
    return response


def _parts(page: Page, steps: Steps, total: int) -> Iterator[bytes]:
    yield with_digests(page({}).render().content.partition(GAP)[0])
    try:
        context = yield from _progress(steps, total)
    except DatabaseError as error:
        if not is_outage(error):
            raise
        context = {"sentence": BUSY}
    yield page(context).render().content.partition(GAP)[2]


def _progress(steps: Steps, total: int) -> Generator[bytes, None, dict[str, Any]]:
    """A line now and then, of which the style sheet shows the last."""
    told = 0.0
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return end.value
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            line = "<p>{} of {} questions {} … <progress max='{}' value='{}'></progress></p>\n"
            done = (f"{progress.number:,}", f"{total:,}", progress.done, total, min(progress.number, total))
            yield format_html(line, *done).encode()
