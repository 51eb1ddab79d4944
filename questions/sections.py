"""The five Markdown sections of a question: the one place that lists them."""

from typing import NamedTuple


class Section(NamedTuple):
    """A section's model field, its heading, and how much a match in it weighs in search (A most, D least)."""

    field: str
    title: str
    weight: str

    @property
    def html_field(self) -> str:
        """The model field that holds the rendered section."""
        return f"{self.field}_html"

    @property
    def anchor(self) -> str:
        """The fragment that leads to the section on its page."""
        return self.title.lower().replace(" ", "-")


SECTIONS = (
    Section("answer", "Answer", "B"),
    Section("explanation", "Deep Explanation", "C"),
    Section("example", "Real-World Example", "D"),
    Section("mistakes", "Common Mistakes", "D"),
    Section("scenario", "Production Scenario", "D"),
)
