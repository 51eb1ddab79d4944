"""What a text loses or has changed on its way to a page: a sentence for each, for those who write or bring it in."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from markdown_it.token import Token

from questions.text.bounds import Bounds
from questions.text.formulas import WITHOUT_EFFECT
from questions.text.images import FOREIGN, is_ours
from questions.text.parser import parser
from questions.text.raw_html import ELEMENTS
from questions.text.sanitising import ATTRIBUTES, CLASSES, DIRECTIONS, SCHEMES, TAGS, is_kept

MOST = 20  # sentences
SECONDS = 0.5  # of processor time
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]{0,1000})>?")
ATTRIBUTE = re.compile(r"""([a-zA-Z_:@][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
UNSEEN = re.compile(r"<!--|<[!?]")
OF_TABLES = {"tbody", "td", "tfoot", "th", "thead", "tr"}
REFERENCE = re.compile(r"\[\^[^\]\s]{1,80}\]")


@lru_cache(maxsize=256)
def notices(source: str) -> tuple[str, ...]:
    """The sentences, each once, in the order of the text; none for a text that cannot be rendered."""
    environment: dict[str, Any] = {"bounds": Bounds(SECONDS)}
    try:
        tokens = parser().parse(source, environment)
    except (TimeoutError, ValueError, RecursionError):
        return ()
    return tuple(dict.fromkeys([*_of_tokens(tokens, Counter()), *_of_footnotes(environment["footnotes"])]))[:MOST]


def _of_tokens(tokens: Iterable[Token], within: Counter[str]) -> Iterator[str]:
    """The sentences on tokens that stand within so many tags of each name."""
    for token in tokens:
        within[token.tag] += token.nesting
        if token.type == "text":
            yield from (f"{it} stays as it is: there is no such footnote." for it in REFERENCE.findall(token.content))
        elif token.type == "image":
            yield from _of_image(str(token.attrs["src"]), token.content, is_in_link=within["a"] > 0)
            if "title" in token.attrs:
                yield f"The title “{token.attrs['title']}” of an image is left out."
        elif token.type == "link_open":
            yield from _of_address(str(token.attrs["href"]))
        elif token.type in ("html_inline", "html_block"):
            yield from _of_html(token.content, within)
        elif token.tag == "math":
            yield from (f"“{it}” has no effect in a formula." for it in WITHOUT_EFFECT.findall(token.content))
        yield from _of_tokens(token.children or () if token.type == "inline" else (), within)


def _of_image(source: str, text: str, is_in_link: bool = False) -> Iterator[str]:
    if is_ours(source):
        return
    named = f"The image “{_shortened(text or source)}”" if text or source else "An image"
    if FOREIGN.match(source) and not is_in_link:
        yield f"{named} is not here: a link to {_shortened(source)} stands in its place."
    elif text:
        yield f"{named} is not here: these words stand in place of {_shortened(source) or 'it'}."
    else:
        yield f"{named} is not here and is left out."


def _of_address(address: str) -> Iterator[str]:
    scheme, colon, _ = address.partition(":")
    if colon and re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*", scheme) and scheme.lower() not in SCHEMES:
        yield f"The address {_shortened(address)} is left out: links lead to {', '.join(sorted(SCHEMES))}."
    elif address and not is_kept(address):
        yield f"The address {_shortened(address)} is left out: it cannot be read."


def _of_footnotes(footnotes: dict[str, Any]) -> Iterator[str]:
    for name, number in footnotes["refs"].items():
        if number < 0:
            yield f"The footnote [^{_shortened(name.removeprefix(':'))}] is left out: nothing refers to it."
    for name in footnotes["repeated"]:
        yield f"The footnote [^{_shortened(name)}] stands twice: the first counts."


def _of_html(html: str, within: Counter[str]) -> Iterator[str]:
    for match in UNSEEN.finditer(html):
        yield "Comments are left out." if match[0] == "<!--" else f"“{_shortened(html.strip())}” is left out."
    for match in TAG.finditer(html):
        if match[2].lower() == "table":
            within["table"] = max(0, within["table"] + (-1 if match[1] else 1))
        if not match[1]:
            values = {it[1].lower(): unescape((it[2] or "").strip("\"'")) for it in ATTRIBUTE.finditer(match[3])}
            yield from _of_tag(match[2], values, is_in_table=within["table"] > 0)


def _of_tag(written: str, values: dict[str, str], is_in_table: bool) -> Iterator[str]:
    name = written.lower()
    if name not in ELEMENTS:
        yield f"<{written}> is shown as text."
    elif name == "img":
        yield from _of_image(values.get("src", ""), values.get("alt", ""))
    elif name not in TAGS | {"h1", "h2"}:
        yield f"The tag <{name}> is left out; what stands in it stays."
    elif name in OF_TABLES and not is_in_table:
        yield f"The tag <{name}> is left out, since it stands in no table; what stands in it stays."
    else:
        yield from _of_address(values.get("href", "")) if name == "a" else ()
        yield from (f"The attribute {it} of <{name}> is left out." for it in sorted(_lost(name, values)))
        if values.get("dir", "ltr").lower() not in DIRECTIONS:
            yield f'dir="{_shortened(values["dir"])}" is left out: it may be {", ".join(sorted(DIRECTIONS))}.'


def _lost(tag: str, attributes: dict[str, str]) -> set[str]:
    """The attributes that do not stay; the name of an anchor becomes its id."""
    kept = ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"] | {"dir"} | ({"name"} if tag == "a" else set())
    if set(attributes.get("class", "").split()) <= CLASSES.get(tag, set()):
        kept = kept | {"class"}
    return attributes.keys() - kept


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"
