"""Formulas as Anki marks them, as Markdown has them: `\\(…\\)` and `[$]…[/$]` become `$…$`, those set apart `$$…$$`."""

import re
from collections.abc import Callable, Sequence
from html import unescape

from questions.text.formulas import WORD

# None goes on beyond the next beginning of its kind, so that many that never end take no longer than one.
MARKED = re.compile(
    r"""
    <(?P<code>pre|code)\b (?: (?!<(?P=code)\b) . )*? </(?P=code)\s*>
    | (?<!\\) \\\( (?P<inline> (?: (?!\\\() . )*? ) \\\)
    | (?<!\\) \\\[ (?P<apart> (?: (?!\\\[) . )*? ) \\\]
    | \[\$\] (?P<old_inline> (?: (?!\[\$\]) . )*? ) \[/\$\]
    | \[\$\$\] (?P<old_apart> (?: (?!\[\$\$\]) . )*? ) \[/\$\$\]
    | \[latex\] (?P<latex> (?: (?!\[latex\]) . )*? ) \[/latex\]
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# What a whole passage of LaTeX is, if it is no more than one formula.
INLINE = re.compile(r"\$([^$]+)\$|\\\((.+)\\\)|\\begin\{math\}(.+)\\end\{math\}", re.DOTALL)
APART = re.compile(
    r"\$\$([^$]+)\$\$|\\\[(.+)\\\]|\\begin\{displaymath\}(.+)\\end\{displaymath\}|(\\begin\{.+)", re.DOTALL
)
DOLLAR = re.compile(r"(?<!\\)\$")
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
TOUCHES = re.compile(rf"{WORD}|[_$\\{{]")  # Beside one of these a dollar is a dollar.
JOINER = "\u2060"  # It takes no room, and no line ends at it.
BEGIN, END = "\ufdd0", "\ufdd1"  # No text has these.
PLACE = re.compile(f"{BEGIN}([0-9]+){END}")


def with_formulas(field: str, markdown: Callable[[str], str], is_html: bool, is_title: bool) -> str:
    """A field as Markdown, which the given function makes of all but the formulas; a title sets none of them apart."""
    formulas: list[str] = []

    def set_aside(match: re.Match[str]) -> str:
        formula = _formula(match, is_html, is_title)
        if not formula:
            return match[0]
        formulas.append(formula)
        return f"{BEGIN}{len(formulas) - 1}{END}"

    return _put_back(markdown(MARKED.sub(set_aside, re.sub(f"[{BEGIN}{END}]", "", field))), formulas)


def _formula(match: re.Match[str], is_html: bool, is_title: bool) -> str:
    """The Markdown of a formula; nothing for code, and for what Markdown cannot say."""
    found = {name: text for name, text in match.groupdict().items() if text is not None}
    ((kind, source),) = found.items()
    if is_html:
        source = unescape(TAG.sub(" ", source))
    latex, is_apart = " ".join(source.split()), kind.endswith("apart")
    if kind == "latex":
        if DOLLAR.search(latex) and not INLINE.fullmatch(latex) and not APART.fullmatch(latex):
            return latex  # Words with formulas among them.
        if whole := INLINE.fullmatch(latex) or APART.fullmatch(latex):
            is_apart = whole.re is APART
            latex = next(filter(None, whole.groups())).strip()
    if kind == "code" or not latex or DOLLAR.search(latex):
        return ""
    dollars = "$$" if is_apart and not is_title else "$"
    return f"{dollars}{latex}{dollars}"


def _put_back(text: str, formulas: Sequence[str]) -> str:
    """The text with its formulas, apart from words that would make mere dollars of theirs."""
    parts, position, formula = list[str](), 0, ""
    for match in PLACE.finditer(text):
        between, after = text[position : match.start()], text[match.end() : match.end() + 1]
        before, formula = (between or formula)[-1:], formulas[int(match[1])]
        if formula.startswith("$") and TOUCHES.match(before):
            formula = JOINER + formula
        if formula.endswith("$") and TOUCHES.match(after):
            formula += JOINER
        parts += [between, formula]
        position = match.end()
    return "".join([*parts, text[position:]])
