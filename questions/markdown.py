"""Markdown to safe HTML: the one door through which an editor's text reaches a page.

Python-Markdown can be stalled for minutes by a few kilobytes of hostile text, inside C code that no thread can
interrupt. So it runs in a process of its own, which is ended when it takes too long.
"""

import atexit
import os
import re
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socketpair
from threading import BoundedSemaphore
from typing import Any

import markdown
import nh3

MAX_LENGTH = 50_000  # characters of one text
SECONDS = 1.0  # for all texts of one question
MEMORY = 1 << 30  # bytes of address space of the rendering process
PROCESSES = min(os.cpu_count() or 1, 4)  # that render at the same time, if so many threads ask

EXTENSIONS = ["fenced_code", "tables", "sane_lists", "codehilite"]
EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},  # A style attribute would break the content security policy.
    "codehilite": {"guess_lang": False, "css_class": "highlight"},
}
# fmt: off
TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr",
    "kbd", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul", "var",
}
# fmt: on
ATTRIBUTES = {"*": {"id"}, "a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
# Of the classes that Pygments marks code with, those that `prose.css` colours: every other would be a span for nothing.
COLOURED = set(
    "k kn kd kc kr ow s s1 s2 sa sd si se sr sx sb mi mf mh mo mb il nf nc nd fm nt na ne c c1 cm ch cs cp".split()
)
CLASSES = {"div": {"highlight"}, "span": COLOURED}
PLAIN_SPAN = re.compile(r'<span(?: class="")?>([^<]*)</span>')

# What scrolls within itself must be reachable by keyboard, and the empty corner of a table heads nothing.
# nh3 writes the tags in exactly these forms.
ACCESSIBLE = {
    "<table>": '<div class="scroll" tabindex="0"><table>',
    "</table>": "</table></div>",
    "<pre>": '<pre tabindex="0">',
    "<th></th>": "<td></td>",
}


class MarkdownError(ValueError):
    """A text that cannot be rendered: a sentence that says why, and the text's position among those given."""

    def __init__(self, sentence: str, position: int = 0) -> None:
        super().__init__(sentence, position)
        self.sentence, self.position = sentence, position

    def __str__(self) -> str:
        return self.sentence


@lru_cache(maxsize=256)  # A form renders when it is checked, and again when it is saved.
def render(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Safe HTML for each of the texts of one question, within a second altogether.

    Raises MarkdownError for a text that is too long, that the libraries cannot take, or that is too slow to render.
    """
    for position, source in enumerate(sources):
        if len(source) > MAX_LENGTH:
            raise MarkdownError(f"This text has {len(source):,} characters; at most {MAX_LENGTH:,} fit.", position)
    with _places:
        renderer = _waiting() or Renderer()
        try:
            return tuple(_rendered(renderer, sources))
        finally:
            if renderer.process.poll() is None:
                _idle.append(renderer)


def _rendered(renderer: "Renderer", sources: Sequence[str]) -> list[str]:
    html: list[str] = []
    deadline = time.monotonic() + SECONDS
    try:
        for source in sources:
            html += [renderer.render(source, deadline - time.monotonic())]
    except (TimeoutError, EOFError, OSError):
        renderer.stop()
        raise MarkdownError("This text takes too long to render; simplify its Markdown.", len(html)) from None
    except ValueError:
        raise MarkdownError("This text cannot be rendered; simplify its Markdown.", len(html)) from None
    return html


class Renderer:
    """A process that runs this module and answers each text with its HTML, or with None if it cannot be rendered."""

    def __init__(self) -> None:
        ours, theirs = socketpair()
        command = [sys.executable, "-m", "questions.markdown", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(
                command, cwd=Path(__file__).parents[1], stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        self.connection = Connection(ours.detach())
        self.connection.recv()  # It is ready: the time to start is not the first text's.

    def render(self, source: str, seconds: float) -> str:
        """The HTML; raises TimeoutError when it takes longer, and ValueError when there is none."""
        self.connection.send(source)
        if not self.connection.poll(max(seconds, 0)):
            raise TimeoutError
        html = self.connection.recv()
        if html is None:
            raise ValueError
        return str(html)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.connection.close()


_places = BoundedSemaphore(PROCESSES)
_idle: deque[Renderer] = deque()


def _waiting() -> Renderer | None:
    try:
        return _idle.pop()
    except IndexError:
        return None


@atexit.register
def stop_renderers() -> None:
    """End the rendering processes that wait for work, if there are any; the next text starts another."""
    while renderer := _waiting():
        renderer.stop()


def _serve(connection: Connection) -> None:
    """Answer texts until the other side hangs up."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    _to_safe_html_or_none("```python\n```")  # Loads what is loaded when first used.
    try:
        connection.send("ready")
        while True:
            connection.send(_to_safe_html_or_none(connection.recv()))
    except (EOFError, OSError, KeyboardInterrupt):  # Ctrl-C ends the one that asks, which then hangs up.
        return


def _to_safe_html_or_none(source: str) -> str | None:
    try:
        return _to_safe_html(source)
    except Exception:  # Text can make the libraries raise anything, RecursionError and TypeError among them.
        return None


def _to_safe_html(source: str) -> str:
    if not source.strip():
        return ""
    try:
        html = _markdown().reset().convert(source)
    except Exception:
        _markdown.cache_clear()  # It may have stopped halfway.
        raise
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        id_prefix="text-",
    )
    for tag, replacement in ACCESSIBLE.items():
        clean = clean.replace(tag, replacement)
    return PLAIN_SPAN.sub(r"\1", clean)


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    """Made once: setting it up takes as long as rendering a short text."""
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS, output_format="html")


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
