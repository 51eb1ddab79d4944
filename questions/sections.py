"""The Markdown sections of a question: the one place that lists them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThan
from django.utils.text import slugify


class Section(NamedTuple):
    """A section's model field and its heading.

    A text with fewer characters than `least` says too little; a question may do without a section that is optional.
    """

    field: str
    title: str
    least: int = 0
    is_optional: bool = False

    @property
    def html_field(self) -> str:
        """The model field that holds the rendered section."""
        return f"{self.field}_html"

    @property
    def anchor(self) -> str:
        """The fragment that leads to the section on its page."""
        return slugify(self.title, allow_unicode=True)


SECTIONS = (
    Section("answer", "Answer", 120),
    Section("explanation", "Deep Explanation", 400),
    Section("example", "Real-World Example", 150),
    Section("mistakes", "Common Mistakes", 150),
    Section("scenario", "Production Scenario", 150),
)

# Other ways in which people put the question: a list that says no more, but by which search finds it.
ALSO_ASKED = Section("also_asked", "Also Asked As", is_optional=True)
APPENDED = (ALSO_ASKED, Section("references", "References"))  # what stands below the follow-ups

MARKDOWN_FIELDS = tuple(section.field for section in (*SECTIONS, *APPENDED))
HTML_FIELDS = tuple(f"{field}_html" for field in MARKDOWN_FIELDS)
REQUIRED = tuple(section for section in SECTIONS if not section.is_optional)


def has_short(sections: Iterable[Section]) -> Q:
    """The condition that one of these sections is missing or says too little."""
    return reduce(or_, (Q(LessThan(Length(section.field), section.least)) for section in sections))


HAS_SHORT_SECTION = has_short(REQUIRED)
