"""Formulas of LaTeX as MathML, which browsers show and screen readers read without a script or a font.

latex2mathml takes nearly everything: an unknown command becomes a name, and a fraction may have one half. What it makes
is therefore checked, so that a formula is shown right or refused with a sentence.
"""

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree import ElementTree

from latex2mathml.commands import MATRICES
from latex2mathml.converter import convert

from questions.text.mathml_core import to_core

# A dollar that touches this begins or ends no formula; Chinese, Japanese and Korean words may stand right beside one.
WORD = r"[^\W_\u2e80-\uffef\U00020000-\U0003ffff]"
MAX_LENGTH = 2_000  # characters
MAX_DEPTH = 100  # of elements within each other
NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'
# What is one thing to writers and has another name in the library.
SAME = {"aligned": "split"}
SAME |= dict.fromkeys(("gathered", "gather", "gather*", "equation", "equation*", "multline", "multline*"), "matrix")
COMMANDS = {
    r"\\arg\s*\\(max|min)(?![a-zA-Z])": r"\\arg\1 ",
    r"\\operatorname\s*\*?\s*\{\s*arg\s*\\[,;:! ]\s*(max|min)\s*\}": r"\\arg\1 ",
    r"\\operatorname\s*\*": r"\\operatorname",
    r"\\setminus(?![a-zA-Z])": "\u2216 ",  # Few fonts have the sign that the library takes.
    r"\\tag(?![a-zA-Z])": r"\\qquad\\tag",
    r"\\(?:nonumber|notag|label\s*\{[^{}]*\})(?![a-zA-Z])": "",
}
ENVIRONMENT = re.compile(r"(\\(?:begin|end)\s*\{)([^{}]*)\}")
KNOWN = {name.removeprefix("\\") for name in MATRICES} | {"split", "array", "cases", "align", "align*", "substack"}
DEFINITION = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|newenvironment|DeclareMathOperator)(?![a-zA-Z])")
# What the library writes for these is no part of MathML that a page can have, or that browsers know.
WITHOUT_EFFECT = re.compile(
    r"\\(?:href|class|style|f?colorbox|rule|[Hh]uge|LARGE|[Ll]arge|normalsize|small|footnotesize|scriptsize|[Tt]iny"
    r"|emph|verb|text(?:bf|it|sf|tt))(?![a-zA-Z])"
)
BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
UNREAD = re.compile(r">([^<]*\\[^<]*|[^<]*\$[^<]*|[&{}#])<")  # What is meant as a sign comes as a character reference.
# The library lets these through as they are within words, so that what it makes could not be read.
WORDS = re.compile(r"\\(?:text\w*|mbox)\s*\{[^{}]*\}")
HIDDEN = str.maketrans("<>&", "\ue000\ue001\ue002")
SHOWN = str.maketrans("\ue000\ue001\ue002", "<>&")
MATHML = re.compile(r'<math((?: \w+="[^"]*")*)>.*?</math>', re.DOTALL)
ALTTEXT = re.compile(' alttext="([^"]*)"')
CHILDREN = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}


class FormulaError(ValueError):
    """A formula that cannot be read: a sentence that names it and says why."""


@lru_cache(maxsize=1_024)
def mathml(latex: str, is_block: bool = False) -> str:
    """The MathML of a formula; raises FormulaError."""
    source = latex.strip().strip("`").strip()
    try:
        root = _read(source, is_block)
    except ValueError as error:
        shown = source if len(source) <= 80 else f"{source[:80]}…"
        raise FormulaError(f"The formula “{shown}” cannot be read: {error}.") from None
    root.attrib = {"display": "block"} if is_block else {}
    root.set("alttext", source)
    return ElementTree.tostring(root, encoding="unicode", method="html")


def as_mathjax(html: str) -> str:
    """HTML in which the LaTeX of each formula stands for its MathML, between the signs that MathJax looks for."""
    return MATHML.sub(_latex, html)


def _latex(match: re.Match[str]) -> str:
    begin, end = (r"\[", r"\]") if 'display="block"' in match[1] else (r"\(", r"\)")
    (latex,) = ALTTEXT.findall(match[1])
    return f"{begin}{escape(unescape(latex), quote=False)}{end}"


def _read(source: str, is_block: bool) -> ElementTree.Element:
    _check_source(source)
    for command, known in COMMANDS.items():
        source = re.sub(command, known, source)
    source = ENVIRONMENT.sub(lambda match: f"{match[1]}{SAME.get(match[2], match[2])}}}", source)
    source = WORDS.sub(lambda match: match[0].translate(HIDDEN), source)
    made = _converted(source, is_block)
    if 'linebreak="newline"' in made:  # Browsers know no lines in a formula, but rows.
        made = _converted(rf"\begin{{split}}{source}\end{{split}}", is_block)
    if match := UNREAD.search(made):
        raise ValueError(f"“{match[1]}” is unknown here")
    if 'linebreak="newline"' in made:
        raise ValueError(r"“\\” is unknown here")
    root = ElementTree.fromstring(made.replace(NAMESPACE, "", 1))  # noqa: S314  # It comes from the library.
    _check(root)
    to_core(root)
    return root


def _check_source(source: str) -> None:
    if len(source) > MAX_LENGTH:
        raise ValueError(f"it has {len(source):,} characters, and at most {MAX_LENGTH:,} fit")
    if match := DEFINITION.search(source):
        raise ValueError(f"“{match[0]}” is unknown here")
    for match in ENVIRONMENT.finditer(source):
        if SAME.get(match[2], match[2]) not in KNOWN:
            raise ValueError(f"“{match[0]}” is unknown here")
    depth = 0
    for match in BRACE.finditer(source):
        depth += {"{": 1, "}": -1}.get(match[1] or "", 0)
        if depth < 0:
            break
    if depth:
        raise ValueError("a brace is missing")


def _converted(source: str, is_block: bool) -> str:
    try:
        return convert(source, display="block" if is_block else "inline")
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except Exception as error:  # Whatever the library stumbles over: its own errors have no common base.
        reason = re.sub("(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).removesuffix(" Error").lower()
        raise ValueError(f"something is missing or stands twice ({reason})") from None


def _check(element: ElementTree.Element, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise ValueError("it is nested too deeply")
    if len(element) != CHILDREN.get(element.tag, len(element)):
        raise ValueError("a part of a fraction, a root or an index is missing")
    element.text = (element.text or "").translate(SHOWN)
    for child in element:
        _check(child, depth + 1)
