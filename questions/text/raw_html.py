"""HTML that editors write themselves, brought into the form in which a page can have it."""

import re

ELEMENTS = frozenset(
    """
    a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption
    center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
    figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i img input
    ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option output p
    param picture pre progress q rp rt ruby s samp search section select slot small source span strike strong
    sub summary sup svg table tbody td template tfoot th thead time tr track tt u ul var video wbr
    """.split()
)
# An element of these stands within another of its kind where its end is missing; of the rest, the next one ends it.
NESTING = ELEMENTS - frozenset(
    """
    a area br col colgroup dd dt embed frame hr img input li link meta optgroup option p rp rt source tbody td tfoot th
    thead tr track wbr
    """.split()
)
TAG = re.compile(r"<(?=/?([a-zA-Z][^\s/>]*))")
# A page has its own headings of these levels, and anchors had names before they had ids.
HEADING = re.compile(r"(</?)h[12](?=[\s/>])", re.IGNORECASE)
ANCHOR = re.compile(r"(<a\s+)name(?=\s*=)", re.IGNORECASE)


def adapted(html: str) -> str:
    """HTML with its headings below those of a page and anchors as ids.

    What names no element of HTML, such as the `<String>` of `List<String>`, and what must never be one, such as
    `<script>`, is text.
    """
    html = TAG.sub(lambda match: "<" if match[1].lower() in ELEMENTS else "&lt;", html)
    return ANCHOR.sub(r"\1id", HEADING.sub(r"\1h3", html))
