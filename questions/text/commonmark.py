"""What people write on GitHub, as an extension of Python-Markdown: CommonMark with GitHub's additions.

Python-Markdown stays the door: its `convert` calls the parser, the tree processors, the serializer and the post
processors. Only its parser is replaced, because lists, fences and HTML mean other things to it than to every other
reader of Markdown, and because it can be stalled. markdown-it reads the text instead; its tokens become the element
tree with which Python-Markdown goes on, and raw HTML waits in its stash.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, ElementTree, TreeBuilder, tostring

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.util import Registry
from markdown_it.token import Token

from questions.text.bounds import Bounds
from questions.text.formulas import mathml
from questions.text.highlighting import Highlighting
from questions.text.ids import Ids
from questions.text.parser import parser
from questions.text.raw_html import NESTING, adapted

# Python-Markdown marks with these signs what waits in its stash; at the start stands what some editors put there.
RESERVED = re.compile("[\x02\x03]|\\A\ufeff")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

TAGS = {"h1": "h3", "h2": "h3", "s": "del"}
INLINE = {"a", "br", "code", "del", "em", "img", "span", "strong", "sup"}
ONE_LINE = {"p", "li", "h3", "h4", "h5", "h6", "td", "th", "pre", "hr"}
IN_IDS = {"text", "code_inline", "math_inline"}  # of headings
ALIGNMENT = re.compile("text-align:(left|center|right)")
LONG_FORMULA = 30  # characters
RAW_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
CHECKED, UNCHECKED = "☑ ", "☐ "


class CommonMark(Extension):
    """Replaces Python-Markdown's parser; the texts of one question share their bounds and ids."""

    def __init__(self, bounds: Bounds, ids: Ids) -> None:
        super().__init__()
        self.bounds, self.ids = bounds, ids

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors, md.treeprocessors = Registry(), Registry()
        md.treeprocessors.register(Highlighting(), "highlighting", 0)
        md.parser = Parser(md, self.bounds, self.ids)
        md.output_formats = dict.fromkeys(md.output_formats, serialized)  # type: ignore[misc]
        md.stripTopLevelTags = False
        md.block_level_elements = []  # What stands in a paragraph stays in it.


class Parser(BlockParser):
    """Makes Python-Markdown's element tree of markdown-it's tokens."""

    def __init__(self, md: Markdown, bounds: Bounds, ids: Ids) -> None:
        super().__init__(md)
        self.bounds, self.ids = bounds, ids

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        text = RESERVED.sub("", "\n".join(lines))
        tokens = parser().parse(text, {"bounds": self.bounds})
        if RIGHT_TO_LEFT.search(text):
            _read_either_way(tokens)
        return ElementTree(Tree(self.md, self.bounds, self.ids).made_of(tokens))


def serialized(root: Element) -> str:
    """The HTML within a root."""
    return tostring(root, encoding="unicode", method="html").removeprefix("<div>").removesuffix("</div>")


class Tree:
    """Builds the element tree of a text: a method named like a type of token adds what is special about it."""

    def __init__(self, md: Markdown, bounds: Bounds, ids: Ids) -> None:
        self.md, self.bounds, self.ids = md, bounds, ids
        self.builder = TreeBuilder()
        self.begins_line = True
        self.depth = 0  # of open elements
        self.check_mark = ""  # of a task whose text comes next
        self.footnotes: dict[int, str] = {}
        self.raw_tags: Counter[str] = Counter()  # that raw HTML has opened
        self.has_directions = False

    def made_of(self, tokens: Sequence[Token]) -> Element:
        self.builder.start("div", {})
        self._add(tokens)
        self.builder.end("div")
        return self.builder.close()

    def _add(self, tokens: Sequence[Token]) -> None:
        for token, following in pairwise([*tokens, Token("", "", 0)]):
            if special := getattr(self, token.type, None):
                special(token)
            elif token.type == "heading_open":
                self._open_heading(token, following)
            elif not token.hidden:
                self._plain(token)

    def _plain(self, token: Token) -> None:
        if token.nesting >= 0:
            self._open(token.tag, _attributes(token))
        if token.nesting <= 0:
            self._close(token.tag)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.bounds.check()
        self.bounds.check_depth(self.depth)
        tag = TAGS.get(tag, tag)
        if tag not in INLINE and not self.begins_line:
            self.builder.data("\n")
        self.builder.start(tag, attributes)
        self.begins_line = tag not in INLINE
        if tag not in INLINE | ONE_LINE:
            self.builder.data("\n")

    def _close(self, tag: str) -> None:
        self.depth -= 1
        tag = TAGS.get(tag, tag)
        self.builder.end(tag)
        self.begins_line = tag not in INLINE
        if self.begins_line:
            self.builder.data("\n")

    def _element(self, tag: str, text: str = "", **attributes: str) -> None:
        self._open(tag, attributes)
        self._text(text)
        self._close(tag)

    def _text(self, text: str) -> None:
        if text:
            self.builder.data(text)
            self.begins_line = False

    def _open_heading(self, token: Token, content: Token) -> None:
        name = self.ids.of("".join(it.content for it in content.children or () if it.type in IN_IDS))
        self._open(token.tag, _attributes(token) | ({"id": name} if name else {}))

    def inline(self, token: Token) -> None:
        self._text(self.check_mark)
        self.check_mark = ""
        self._add(token.children or ())

    def text(self, token: Token) -> None:
        self._text(token.content)

    def softbreak(self, token: Token) -> None:
        self._text("\n")

    def hardbreak(self, token: Token) -> None:
        self._element("br")
        self._text("\n")

    def code_inline(self, token: Token) -> None:
        self._element("code", token.content)

    def math_inline(self, token: Token) -> None:
        """A formula in a line; one that may be wider than a phone scrolls within itself."""
        if len(token.content) > LONG_FORMULA:
            self._open("span", {"class": "formula long"})
        self._text(self.md.htmlStash.store(mathml(token.content)))
        if len(token.content) > LONG_FORMULA:
            self._close("span")

    def math_inline_double(self, token: Token) -> None:
        self._formula("span", token.content)

    def math_block(self, token: Token) -> None:
        self._formula("div", token.content)

    def _formula(self, tag: str, latex: str) -> None:
        """A formula on a line of its own."""
        self._open(tag, {"class": "formula"})
        self._text(self.md.htmlStash.store(mathml(latex, is_block=True)))
        self._close(tag)

    def fence(self, token: Token) -> None:
        """A block of code with all that its fence says, which highlighting takes off."""
        if token.info.strip() == "math":
            return self.math_block(token)
        self._open("pre", {})
        self._element("code", token.content, **({"class": token.info} if token.info else {}))
        return self._close("pre")

    code_block = fence

    def html_inline(self, token: Token) -> None:
        for match in RAW_TAG.finditer(token.content):
            name, change = match[2].lower(), -1 if match[1] else 1
            if name in NESTING:
                self.raw_tags[name] = max(0, self.raw_tags[name] + change)
                self.bounds.check_depth(self.raw_tags[name])
        self._text(self.md.htmlStash.store(adapted(token.content)))

    def html_block(self, token: Token) -> None:
        self.html_inline(token)
        self.begins_line = True

    def image(self, token: Token) -> None:
        self._element("img", src=str(token.attrs["src"]), alt=_plain_text(token.children or ()))

    def list_item_open(self, token: Token) -> None:
        is_task = "checked" in token.meta
        self._open("li", {"class": "task"} if is_task else {})
        if is_task:
            self.check_mark = CHECKED if token.meta["checked"] else UNCHECKED

    def alert_open(self, token: Token) -> None:
        self.has_directions = "dir" in token.attrs
        self._open("blockquote", {"class": f"alert {token.meta['kind'].lower()}"} | _attributes(token))

    def alert_close(self, token: Token) -> None:
        self._close("blockquote")

    def alert_title_open(self, token: Token) -> None:
        """The title is English: with a direction of its own, the first words of the text decide about the block."""
        self._open("p", {})
        self._open("strong", {"dir": "ltr"} if self.has_directions else {})

    def alert_title_close(self, token: Token) -> None:
        self._close("strong")
        self._close("p")

    def footnote_block_open(self, token: Token) -> None:
        self._open("section", {"class": "footnotes"} | _attributes(token))
        self._open("ol", {})

    def footnote_block_close(self, token: Token) -> None:
        self._close("ol")
        self._close("section")

    def footnote_open(self, token: Token) -> None:
        self._open("li", {"id": f"fn-{self._footnote(token)}"})

    def footnote_close(self, token: Token) -> None:
        self._close("li")

    def footnote_ref(self, token: Token) -> None:
        name = self._footnote(token)
        self._open("sup", {})
        self._element("a", str(token.meta["id"] + 1), href=f"#fn-{name}", id=f"fnref-{name}{_repeated(token)}")
        self._close("sup")

    def footnote_anchor(self, token: Token) -> None:
        name, number = self._footnote(token), f"{token.meta['id'] + 1}{_repeated(token)}"
        self._text(" ")
        self._open("a", {"href": f"#fnref-{name}{_repeated(token)}", "aria-label": f"Back to reference {number}"})
        self._text("↩")
        if token.meta["subId"]:
            self._element("sup", str(token.meta["subId"] + 1))
        self._close("a")

    def _footnote(self, token: Token) -> str:
        """The name of a footnote, made when it is first met."""
        number = token.meta["id"]
        if number not in self.footnotes:
            self.footnotes[number] = self.ids.of(f"fn-{token.meta['label']}").removeprefix("fn-")
        return self.footnotes[number]


def _attributes(token: Token) -> dict[str, str]:
    """The attributes that a token keeps."""
    kept: dict[str, str] = {
        name: str(token.attrs[name]) for name in ("href", "title", "start", "dir") if name in token.attrs
    }
    if match := ALIGNMENT.match(str(token.attrs.get("style", ""))):
        kept["align"] = match[1]
    return kept


def _read_either_way(tokens: Iterable[Token]) -> None:
    """Let each outermost block read in the direction of its first words."""
    for token in tokens:
        if token.nesting == 1 and token.level == 0:
            token.attrSet("dir", "auto")


def _repeated(token: Token) -> str:
    """What tells a second reference to the same footnote from the first."""
    return f"-{token.meta['subId'] + 1}" if token.meta["subId"] else ""


def _plain_text(tokens: Iterable[Token]) -> str:
    return "".join(_plain_text(it.children) if it.children else it.content for it in tokens)
