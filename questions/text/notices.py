"""What a text loses or has changed on its way to a page: a sentence for each, for those who write or bring it in."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it.token import Token

from questions.text.bounds import Bounds
from questions.text.images import is_ours
from questions.text.parser import parser
from questions.text.raw_html import ELEMENTS
from questions.text.sanitising import ATTRIBUTES, SCHEMES, TAGS

MOST = 20  # sentences
SECONDS = 0.5  # of processor time
TAG = re.compile(r"<([a-zA-Z][^\s/<>]*)([^<>]{0,1000})>?")
ATTRIBUTE = re.compile(r"""([a-zA-Z_:@][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
KEPT = {"class", "dir", "name"}  # A class is left out for its looks alone; a name becomes an id.


@lru_cache(maxsize=256)
def notices(source: str) -> tuple[str, ...]:
    """The sentences, each once, in the order of the text; none for a text that cannot be rendered."""
    try:
        tokens = parser().parse(source, {"bounds": Bounds(SECONDS)})
    except (TimeoutError, ValueError, RecursionError):
        return ()
    return tuple(dict.fromkeys(_of_tokens(tokens)))[:MOST]


def _of_tokens(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "image":
            yield from _of_image(str(token.attrs["src"]), token.content)
        elif token.type == "link_open":
            yield from _of_address(str(token.attrs["href"]))
        elif token.type in ("html_inline", "html_block"):
            yield from _of_html(token.content)
        yield from _of_tokens(token.children or () if token.type == "inline" else ())


def _of_image(source: str, text: str) -> Iterator[str]:
    if not is_ours(source):
        yield f"The image “{text or source}” is not here: a link to {_shortened(source)} stands in its place."


def _of_address(address: str) -> Iterator[str]:
    scheme, colon, _ = address.partition(":")
    if colon and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*", scheme) and scheme.lower() not in SCHEMES:
        yield f"The address {_shortened(address)} is left out: links lead to {', '.join(sorted(SCHEMES))}."


def _of_html(html: str) -> Iterator[str]:
    for match in TAG.finditer(html):
        name, rest = match[1].lower(), match[2]
        attributes = {found[1].lower(): (found[2] or "").strip("\"'") for found in ATTRIBUTE.finditer(rest)}
        if name not in ELEMENTS:
            yield f"<{match[1]}> is shown as text."
        elif name == "img":
            yield from _of_image(attributes.get("src", ""), attributes.get("alt", ""))
        elif name not in TAGS | {"h1", "h2"}:
            yield f"The tag <{name}> is left out; what stands in it stays."
        else:
            yield from _of_address(attributes.get("href", "")) if name == "a" else ()
            for attribute in sorted(attributes.keys() - ATTRIBUTES.get(name, set()) - ATTRIBUTES["*"] - KEPT):
                yield f"The attribute {attribute} of <{name}> is left out."


def _shortened(address: str) -> str:
    return address if len(address) <= 80 else f"{address[:80]}…"
