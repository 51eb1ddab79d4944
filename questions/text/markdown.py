"""Markdown to safe HTML: the one door through which an editor's text reaches a page.

Python-Markdown can be stalled for minutes by a few kilobytes of hostile text, inside C code that no thread can
interrupt. So it runs in a process of its own, which the kernel ends when it has taken too much processor time.
"""

import atexit
import os
import re
import resource
import signal
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

from questions.text import images

MAX_LENGTH = 50_000  # characters of one text
SECONDS = 1.0  # of processor time for all texts of one question: a busy machine refuses nothing
PATIENCE = 20  # seconds by the clock for each of them, on a machine that is too busy for anything
# What texts may become, since a link of a few characters can repeat an address of thousands.
MAX_HTML = 250_000  # characters, of one text
MAX_HTML_OF_QUESTION = 500_000  # characters, of all its texts
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
    "img", "kbd", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "ul", "var",
}
# fmt: on
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
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
        super().__init__(sentence)
        self.sentence, self.position = sentence, position


@lru_cache(maxsize=256)  # A form renders when it is checked, and again when it is saved.
def render(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Safe HTML for each of the texts of one question, within a second of processor time altogether.

    Raises MarkdownError for a text that is too long or becomes so, that is too slow, or that the libraries cannot take.
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
    left = SECONDS
    try:
        for source in sources:
            rendered, left = renderer.render(source, left)
            _refuse_above(MAX_HTML_OF_QUESTION, sum(map(len, html)) + len(rendered), "With this text, the question")
            html.append(rendered)
    except (TimeoutError, EOFError, OSError):
        renderer.stop()
        raise MarkdownError("This text takes too long to render; simplify its Markdown.", len(html)) from None
    except ValueError as refusal:
        raise MarkdownError(str(refusal), len(html)) from None
    return html


def _refuse_above(most: int, length: int, what: str) -> None:
    if length > most:
        raise ValueError(f"{what} becomes {length:,} characters of HTML; at most {most:,} fit. Make it shorter.")


class Renderer:
    """A process that runs this module and answers each text with its HTML, or with a sentence why there is none."""

    def __init__(self) -> None:
        ours, theirs = socketpair()
        command = [sys.executable, "-m", "questions.text.markdown", str(theirs.fileno())]
        with theirs:
            self.process = subprocess.Popen(
                command, cwd=Path(__file__).parents[2], stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        self.connection = Connection(ours.detach())
        self.connection.recv()  # It is ready: the time to start is not the first text's.

    def render(self, source: str, seconds: float) -> tuple[str, float]:
        """The HTML, and how much is left of these seconds of processor time.

        Raises EOFError or an OSError when it takes more, and ValueError with a sentence when there is no HTML.
        """
        self.connection.send((source, seconds))
        if not self.connection.poll(PATIENCE):
            raise TimeoutError
        html, refusal, used = self.connection.recv()
        if refusal:
            raise ValueError(refusal)
        return html, seconds - used

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
    _answer("```python\n```")  # Loads what is loaded when first used.
    try:
        connection.send("ready")
        while True:
            source, seconds = connection.recv()
            begin = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))  # Its signal ends the process, in C code too.
            answer = _answer(source)
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send((*answer, time.process_time() - begin))
    except (EOFError, OSError, KeyboardInterrupt):  # Ctrl-C ends the one that asks, which then hangs up.
        return


def _answer(source: str) -> tuple[str, str]:
    """The HTML of a text and no sentence, or no HTML and a sentence."""
    try:
        html = _to_safe_html(source)
    except Exception:  # Text can make the libraries raise anything, RecursionError and TypeError among them.
        return "", "This text cannot be rendered; simplify its Markdown."
    try:
        _refuse_above(MAX_HTML, len(html), "This text")
    except ValueError as refusal:
        return "", str(refusal)
    return html, ""


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
    clean = images.shown(clean)
    for tag, replacement in ACCESSIBLE.items():
        clean = clean.replace(tag, replacement)
    return PLAIN_SPAN.sub(r"\1", clean)


@lru_cache(maxsize=1)
def _markdown() -> markdown.Markdown:
    """Made once: setting it up takes as long as rendering a short text."""
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS, output_format="html")


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
