"""Markdown to safe HTML: the one door through which an editor's text reaches a page.

Python-Markdown can be stalled for minutes by a few kilobytes of hostile text, inside C code that no thread can
interrupt. So it runs in a process of its own, which is ended when it takes too long.
"""

import atexit
import multiprocessing
import resource
import time
from collections.abc import Sequence
from functools import lru_cache
from multiprocessing.pool import Pool
from threading import Lock
from typing import Any

import markdown
import nh3
from pygments.token import STANDARD_TYPES

MAX_LENGTH = 50_000  # characters of one text
SECONDS = 1.5  # for all texts of one question
MEMORY = 1 << 30  # bytes of address space of the rendering process

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
CLASSES = {"div": {"highlight"}, "span": set(STANDARD_TYPES.values()) - {""}}


class MarkdownError(ValueError):
    """A text that cannot be rendered: a sentence that says why, and the text's position among those given."""

    def __init__(self, sentence: str, position: int = 0) -> None:
        super().__init__(sentence, position)
        self.sentence, self.position = sentence, position

    def __str__(self) -> str:
        return self.sentence


@lru_cache(maxsize=16)
def render(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Safe HTML for each of the texts of one question, within 1.5 seconds altogether.

    Raises MarkdownError for a text that is too long, too deeply nested or too slow to render.
    """
    for position, source in enumerate(sources):
        if len(source) > MAX_LENGTH:
            raise MarkdownError(f"This text has {len(source):,} characters; at most {MAX_LENGTH:,} fit.", position)
    with _lock:
        return tuple(_render_in_process(sources))


def _render_in_process(sources: Sequence[str]) -> list[str]:
    html: list[str] = []
    pool = _renderer()
    deadline = time.monotonic() + SECONDS
    results = pool.imap(_to_safe_html, sources)
    try:
        while len(html) < len(sources):
            html += [results.next(timeout=deadline - time.monotonic())]
    except multiprocessing.TimeoutError:
        stop_renderer()
        raise MarkdownError("This text takes too long to render; simplify its Markdown.", len(html)) from None
    except Exception:  # Text can make the libraries raise anything, RecursionError and TypeError among them.
        raise MarkdownError("This text cannot be rendered; simplify its Markdown.", len(html)) from None
    return html


_lock = Lock()
_pool: Pool | None = None


def _renderer() -> Pool:
    """The rendering process, started when it is first needed and ready when this returns."""
    global _pool
    if _pool is None:
        _pool = multiprocessing.get_context("spawn").Pool(1, initializer=_limit_memory)
        _pool.apply(_to_safe_html, [""])
    return _pool


@atexit.register
def stop_renderer() -> None:
    """End the rendering process, if there is one; the next text starts another."""
    global _pool
    if _pool is not None:
        _pool.terminate()
        _pool = None


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _to_safe_html(source: str) -> str:
    if not source.strip():
        return ""
    html = markdown.markdown(source, extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS, output_format="html")
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        id_prefix="text-",
    )
    # A wide table scrolls within itself; nh3 writes the tag in exactly this form.
    return clean.replace("<table>", '<div class="scroll"><table>').replace("</table>", "</table></div>")
