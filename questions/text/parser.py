"""The parser: CommonMark with GitHub's tables, strikethrough, task lists, autolinks, footnotes and alerts."""

import re
from functools import lru_cache
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import dollarmath_plugin
from mdit_py_plugins.gfm import gfm_plugin

from questions.text.autolinks import bare_links
from questions.text.bounds import MAX_NESTING
from questions.text.footnotes import footnote_names
from questions.text.formulas import WORD

FORMULA = re.compile(
    rf"""
    (?<! {WORD} )
    (?: \$\$ (?P<apart>            (?: [^$\\] | \\. | \$(?!\$) )+ )        \$\$
      | \$   (?P<inline> (?![\s$]) (?: [^$\\] | \\. )+             (?<!\s) ) \$   )
    (?! {WORD} | [{{$] )
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser, which keeps nothing of a text; `bounds` in the environment of a text may stop it."""
    # What is nested deeper than this option says would be left out without a word.
    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING + 2}).use(gfm_plugin)
    made.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    made.inline.ruler.at("math_inline", _formula)
    made.inline.ruler2.push("strong_in_strong", _strong_in_strong)
    bare_links(made)
    footnote_names(made)
    made.validateLink = _is_link  # type: ignore
    made.normalizeLink = _encoded  # type: ignore
    made.normalizeLinkText = str  # type: ignore
    # It ends none of these, but is asked at each of their lines.
    made.block.ruler.before("table", "bounds", _bound_blocks, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    made.inline.ruler.after("text", "bounds", _bound_inlines)
    return made


@lru_cache(maxsize=1)
def block_parser() -> MarkdownIt:
    """The same for whoever needs blocks alone: it leaves the text within them as it is, in a third of the time."""
    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING + 2}).use(gfm_plugin)
    made.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    made.core.ruler.enableOnly(["normalize", "block"])
    return made


def _is_link(url: str) -> bool:
    """Whatever its address, a link is one, as on GitHub; sanitising takes off what a page must not have."""
    return True


def _encoded(url: str) -> str:
    """An address with everything in it encoded that GitHub encodes."""
    return quote(url, safe="!#$%&'()*+,-./:;=?@_~", errors="replace")


def _strong_in_strong(state: StateInline) -> None:
    """Hide what makes strong text strong, as GitHub does."""
    open_tokens: list[Token] = []
    for token in state.tokens:
        if token.nesting > 0:
            token.hidden = token.tag == "strong" and bool(open_tokens) and open_tokens[-1].tag == "strong"
            open_tokens.append(token)
        elif token.nesting < 0:
            token.hidden = open_tokens.pop().hidden


def _formula(state: StateInline, silent: bool) -> bool:
    """A formula between dollars, which touch it and no word around it: a price or a variable of a shell is text."""
    match = FORMULA.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("math_inline_double" if match["apart"] else "math_inline", "math", 0)
        token.content = match["apart"] or match["inline"]
    state.pos = match.end()
    return True


def _bound_blocks(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if bounds := state.env.get("bounds"):
        bounds.check()
        bounds.check_depth(state.level)
        bounds.check_columns(state.src.count("|", state.bMarks[start], state.eMarks[start]))
    return False


def _bound_inlines(state: StateInline, silent: bool) -> bool:
    if bounds := state.env.get("bounds"):
        bounds.check()
    return False
