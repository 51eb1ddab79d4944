"""What HTML a page may get: an allow list, for what Markdown becomes and for the HTML that editors write."""

import re
from html import escape

import nh3

from questions.text import images
from questions.text.highlighting import COLOURED

# fmt: off
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp",
    "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "u", "ul", "var",
}
# fmt: on
MATHML = {
    "math": {"alttext", "display"},
    "menclose": {"notation"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"accent", "fence", "form", "largeop", "lspace", "maxsize", "minsize", "movablelimits", "rspace", "stretchy"},
    "mover": {"accent"},
    "mpadded": {"depth", "height", "lspace", "voffset", "width"},
    "mspace": {"depth", "height", "width"},
    "mstyle": {"displaystyle", "mathcolor", "scriptlevel"},
    "mtable": {"columnlines", "displaystyle", "rowlines"},
    "mtd": {"columnalign"},
    "munder": {"accentunder"},
} | {name: set() for name in "mn mphantom mroot mrow msqrt msub msubsup msup mtext mtr munderover".split()}
ATTRIBUTES = MATHML | {
    "*": {"id"},
    "a": {"aria-label", "href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto"}
DIRECTIONS = {"auto", "ltr", "rtl"}
ALERTS = {"alert", "note", "tip", "important", "warning", "caution"}
CLASSES = {
    "blockquote": ALERTS,
    "div": {"formula", "highlight"},
    "li": {"task"},
    "section": {"footnotes"},
    "span": COLOURED | {"formula", "long"},
}
PREFIX = "text-"  # of ids, so that none is one of the page's own

# What scrolls within itself must be reachable by keyboard, and the empty corner of a table heads nothing.
# nh3 writes the tags in exactly these forms.
EMPTY_HEAD = re.compile(r"<th(?: align=\"\w+\")?></th>")
ACCESSIBLE = {
    "</table>": "</table></div>",
    "<pre>": '<pre tabindex="0">',
    '<div class="formula">': '<div class="formula" tabindex="0">',
    '<span class="formula long">': '<span class="formula long" tabindex="0">',
    '<span class="formula">': '<span class="formula" tabindex="0">',
}
TABLE = re.compile(r"<table[^>]*>")


def is_kept(address: str) -> bool:
    """Whether a link to an address stays one."""
    return "href" in nh3.clean(f'<a href="{escape(address)}">', tags={"a"}, url_schemes=SCHEMES)


def sanitised(html: str) -> str:
    """Safe HTML of any; ids get a prefix, and what scrolls within itself can be reached by keyboard."""
    clean = nh3.clean(
        html,
        tags=TAGS | set(MATHML),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        tag_attribute_values={tag: {"dir": DIRECTIONS} for tag in TAGS},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        id_prefix=PREFIX,
    )
    clean = images.shown(clean)
    for tag, replacement in ACCESSIBLE.items():
        clean = clean.replace(tag, replacement)
    return EMPTY_HEAD.sub("<td></td>", TABLE.sub(r'<div class="scroll" tabindex="0">\g<0>', clean))
