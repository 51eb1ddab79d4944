"""Bare addresses become links just where GitHub's parser makes them links: after a quotation mark or Chinese words too.

The library's own rules ask for a space, a bracket or a sign of emphasis before an address.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from questions.text.bounds import Bounds

SCHEME = re.compile(r"(?<![a-z])(?:https?|ftp)\Z", re.IGNORECASE)
LONGEST_SCHEME = len("https")
ADDRESS = re.compile(r"(?:://)?([^\W_][^\s!-,/:-@\[-^`{-~]*)[^ \t\n\v\f\r<]*")  # and in it its host
BEFORE_WWW = " \t\n\v\f\r*_~("
MOST_SEGMENTS = 11  # of a host in which underscores matter
SIGNS = "?!.,:*_~'\""  # that end a sentence rather than an address
ENTITY = re.compile(r"&[a-zA-Z]+;\Z")
LONGEST_ENTITY = 33  # characters
BRACKET = re.compile(r"[\[\]]")
EMAIL = re.compile(
    r"(?<![\w.+-])(?:(?P<mailto>mailto:)|(?P<xmpp>xmpp:))?[\w.+-]++@"
    r"(?P<domain>(?:[\w-]|\.(?=[^\W_])|(?(xmpp)/|(?!)))++)(?!@)",
    re.ASCII,
)


def bare_links(parser: MarkdownIt) -> None:
    """Put these rules in the place of the library's."""
    parser.inline.ruler.at("gfm_autolink_www", _www)
    parser.inline.ruler.at("gfm_autolink_protocol", _with_scheme)
    parser.disable("gfm_autolink_email")
    parser.core.ruler.after("text_join", "emails", _emails)


def _www(state: StateInline, silent: bool) -> bool:
    begin = state.pos
    if silent or not state.src.startswith("www.", begin) or (begin and state.src[begin - 1] not in BEFORE_WWW):
        return False
    address = _address(state, begin)
    return "." in address[:-1] and _link(state, "", address, "http://")


def _with_scheme(state: StateInline, silent: bool) -> bool:
    """An address whose scheme the parser has taken for text until it came to the colon."""
    if silent or not state.src.startswith("://", state.pos):
        return False
    scheme = SCHEME.search(state.src[max(0, state.pos - LONGEST_SCHEME - 1) : state.pos])
    return scheme is not None and _link(state, scheme[0], _address(state, state.pos))


def _address(state: StateInline, begin: int) -> str:
    """The address that begins there, or nothing."""
    match = ADDRESS.match(state.src, begin, state.posMax)
    if not match:
        return ""
    # The very last character is not looked at, so that `_https://example.org_` is a link in italics.
    segments = state.src[match.start(1) : min(match.end(1), len(state.src) - 1)].split(".")
    if "_" in "".join(segments[-2:]) and len(segments) <= MOST_SEGMENTS:
        return ""
    return _trimmed(match[0])


def _trimmed(address: str) -> str:
    """An address without what belongs to the sentence around it."""
    end, surplus = len(address), address.count(")") - address.count("(")
    while end:
        last = address[end - 1]
        if last == ";" and (entity := ENTITY.search(address, max(0, end - LONGEST_ENTITY), end)):
            end = entity.start()
        elif last in SIGNS or last == ";":
            end -= 1
        elif last == ")" and surplus > 0:
            end, surplus = end - 1, surplus - 1
        else:
            break
    return address[:end]


def _link(state: StateInline, scheme: str, address: str, implied: str = "") -> bool:
    """Add a link, unless there is no address or a bracket is open: it may be a link's own."""
    if not address or state.linkLevel or _in_brackets(state):
        return False
    if scheme:
        state.pending = state.pending[: -len(scheme)]
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(implied + scheme + address)}
    state.push("text", "", 0).content = scheme + address
    state.push("link_close", "a", -1)
    state.pos += len(address)
    return True


def _in_brackets(state: StateInline) -> bool:
    """Whether a bracket is open; how many are is noted, since a line may have thousands of addresses."""
    noted, seen, depth = state.env.get("brackets", (None, 0, 0))
    if noted is not state:
        seen = depth = 0
    depth = _open(depth, (token.content for token in state.tokens[seen:] if token.type == "text"))
    state.env["brackets"] = (state, len(state.tokens), depth)
    return _open(depth, [state.pending]) > 0


def _open(depth: int, texts: Iterable[str]) -> int:
    for bracket in BRACKET.findall("".join(texts)):
        depth = depth + 1 if bracket == "[" else max(0, depth - 1)
    return depth


def _emails(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and "@" in token.content:
            token.children = list(_with_emails(token.children or (), state.env.get("bounds")))


def _with_emails(tokens: Iterable[Token], bounds: Bounds | None) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += token.nesting if token.tag == "a" else 0
        if token.type == "text" and not links:
            yield from _split(token.content, bounds)
        else:
            yield token


def _split(text: str, bounds: Bounds | None) -> Iterator[Token]:
    """A text as texts and links to the e-mail addresses in it."""
    position = 0
    for match in EMAIL.finditer(text):
        if bounds:
            bounds.check()
        address = match[0]
        if "." not in match["domain"] or not address[-1].isalpha():
            continue
        yield Token("text", "", 0, content=text[position : match.start()])
        href = address if match["mailto"] or match["xmpp"] else f"mailto:{address}"
        yield Token("link_open", "a", 1, attrs={"href": href})
        yield Token("text", "", 0, content=address)
        yield Token("link_close", "a", -1)
        position = match.end()
    yield Token("text", "", 0, content=text[position:])
