"""The `##` headings that divide a question's Markdown document, and the texts between them."""

from questions.exchange.rows import canonical
from questions.sections import APPENDED, SECTIONS
from questions.text.code_blocks import FENCES, lines_of_code

FOLLOW_UPS = "follow_ups"
TITLES = {section.field: section.title for section in SECTIONS} | {
    FOLLOW_UPS: "Follow-up Questions",
    **{section.field: section.title for section in APPENDED},
}
FIELDS = {f"## {title}": field for field, title in TITLES.items()}


def divided(body: str) -> list[tuple[str | None, str]]:
    """Each section's field with its text, in order; first, without a field, what stands above all headings.

    A heading within a block of code is text, as long as the block is closed.
    """
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    lines = canonical(body).split("\n")
    code = lines_of_code(lines)
    for number, line in enumerate(lines):
        field = None if number in code else FIELDS.get(line.rstrip())
        if field:
            parts.append((field, []))
        else:
            parts[-1][1].append(line)
    return [(field, canonical("\n".join(kept))) for field, kept in parts]


def is_plain(text: str) -> bool:
    """Whether a text can stand under a heading: it has none of these headings itself, and closes what it opens."""
    lines = text.split("\n")
    code = lines_of_code(lines)
    around = [line for number, line in enumerate(lines) if number not in code]
    return not any(line.startswith(FENCES) or line.rstrip() in FIELDS for line in around)
