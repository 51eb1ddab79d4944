"""The `##` headings that divide a question's Markdown document, and the texts between them."""

import re
from collections.abc import Iterator

from questions.exchange.rows import canonical
from questions.sections import SECTIONS

FOLLOW_UPS = "follow_ups"
TITLES = {section.field: section.title for section in SECTIONS} | {
    FOLLOW_UPS: "Follow-up Questions",
    "references": "References",
}
FIELDS = {f"## {title}": field for field, title in TITLES.items()}
FENCE = re.compile(r"(~{3,}|`{3,})[^`]*")


def divided(body: str) -> list[tuple[str | None, str]]:
    """Each section's field with its text, in order; first, without a field, what stands above all headings.

    A heading within a block of code is text, as long as the block is closed.
    """
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for line, is_code in _lines(canonical(body)):
        field = None if is_code else FIELDS.get(line.rstrip())
        if field:
            parts.append((field, []))
        else:
            parts[-1][1].append(line)
    return [(field, canonical("\n".join(lines))) for field, lines in parts]


def is_plain(text: str) -> bool:
    """Whether a text can stand under a heading: it has none of these headings itself, and closes what it opens."""
    lines = list(_lines(text))
    return not any(FENCE.fullmatch(line) or line.rstrip() in FIELDS for line, is_code in lines if not is_code)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a closed block of code, fences included."""
    lines = text.split("\n")
    last = {line.rstrip(" "): number for number, line in enumerate(lines)}
    fence = ""
    for number, line in enumerate(lines):
        opening = None if fence else FENCE.fullmatch(line)
        if opening and last.get(opening[1], -1) > number:
            fence = opening[1]
            yield line, True
        elif fence and line.rstrip(" ") == fence:
            fence = ""
            yield line, True
        else:
            yield line, bool(fence)
