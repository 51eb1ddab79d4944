"""The hub's own images in texts: their addresses, and how they are shown. No Django is needed.

An address names an image by its content and says its size, so that a page keeps the room for it before it arrives:
/images/0123456789abcdef0123456789abcdef-1280x720.webp
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it import MarkdownIt

NAME = r"[0-9a-f]{32}-[1-9][0-9]{0,4}x[1-9][0-9]{0,4}\.webp"
PATH = "/images/"
# In a text, where an address begins and not in the middle of another one.
IN_TEXT = re.compile(rf"(?<![\w./:%-]){PATH}({NAME})(?!\w)")
IN_HTML = re.compile(rf'<img src="{PATH}({NAME})"')
SHOWN = re.compile(rf'<img src="{PATH}{NAME}" alt="([^"]*)"[^>]*>')

# As nh3 writes them.
ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
IMAGE_OR_LINK = re.compile(r'<(?P<tag>img|a|/a)(?P<attributes>(?: [\w-]+="[^"]*")*)>')
SPECIAL = re.compile(r"[\\`*_\[\]<>$]|&(?=#?\w+;)")  # in an alternative text
ENTITIES = {"<": "&lt;", ">": "&gt;", "$": "&#36;", "&": "&amp;"}  # Not every parser takes a backslash before these.
FOREIGN = re.compile(r"https?://")


def name_of(digest: str, width: int, height: int) -> str:
    """What an image is called in its address and where it is kept."""
    return f"{digest}-{width}x{height}.webp"


def parts_of(name: str) -> tuple[str, int, int]:
    """The digest, width and height in a name."""
    digest, width, height = re.split("[-x.]", name)[:3]
    return digest, int(width), int(height)


def is_name(text: str) -> bool:
    """Whether an image of the hub could be called so."""
    return re.fullmatch(NAME, text) is not None


def is_ours(address: str) -> bool:
    """Whether it is the address of an image of this hub, there or not."""
    return address.startswith(PATH) and is_name(address.removeprefix(PATH))


def markdown_of(alternative_text: str, name: str) -> str:
    """The Markdown that shows an image."""
    said = SPECIAL.sub(lambda it: ENTITIES.get(it[0], f"\\{it[0]}"), " ".join(alternative_text.split()))
    return f"![{said}]({PATH}{name})"


def shown(html: str) -> str:
    """HTML that nh3 has cleaned, where each image of the hub has its size and any other is a link, or its text."""
    is_in_link = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal is_in_link
        if match["tag"] == "img":
            return _image(dict(ATTRIBUTE.findall(match["attributes"])), is_in_link)
        is_in_link = match["tag"] == "a"
        return match[0]

    return IMAGE_OR_LINK.sub(replaced, html)


def _image(attributes: dict[str, str], is_in_link: bool) -> str:
    source = attributes.get("src", "")
    said = attributes.get("alt", "").replace("<", "&lt;").replace(">", "&gt;")  # So that a tag ends where it seems to.
    if is_ours(source):
        _, width, height = parts_of(source.removeprefix(PATH))
        return f'<img src="{source}" alt="{said}" width="{width}" height="{height}" loading="lazy">'
    if is_in_link or not FOREIGN.match(source):
        return said
    return f'<a href="{source}" rel="noopener noreferrer">{said or source}</a>'


def names_in_html(html: str) -> set[str]:
    """The images of the hub that stored HTML shows."""
    return set(IN_HTML.findall(html))


def with_other_addresses(html: str, address_of: Callable[[str], str]) -> str:
    """Stored HTML for what is read elsewhere, where an image of this name has another address."""
    return IN_HTML.sub(lambda match: f'<img src="{address_of(match[1])}"', html)


def as_text(html: str) -> str:
    """Stored HTML in which the alternative text stands for each image."""
    return SHOWN.sub(r"\1", html)


def with_absolute_sources(text: str, origin: str) -> str:
    """A Markdown text for what is read elsewhere."""
    return IN_TEXT.sub(rf"{origin}{PATH}\1", text)


class Reference(NamedTuple):
    """An image as a text names it, and what it says of it."""

    source: str
    alternative_text: str


def references(text: str) -> tuple[list[Reference], set[int]]:
    """The images that a Markdown text shows, and the numbers, from 0, of the lines of its blocks of code."""
    found: list[Reference] = []
    code: set[int] = set()
    for token in _parser().parse(text):
        if token.type in ("fence", "code_block") and token.map:
            code.update(range(*token.map))
        elif token.type == "html_block":
            found += _in_raw_html(token.content)
        for child in token.children or ():
            if child.type == "image":
                found.append(Reference(str(child.attrs["src"]), child.content))
            elif child.type == "html_inline":
                found += _in_raw_html(child.content)
    return found, code


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """One that leaves addresses as they are written."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Reference] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "img" and (source := values.get("src")):
            self.found.append(Reference(source.strip(), values.get("alt") or ""))


def _in_raw_html(html: str) -> Iterator[Reference]:
    if "<img" in html.lower():
        parser = _Images()
        parser.feed(html)
        yield from parser.found
