"""The five Markdown sections of a question: the one place that lists them."""

from typing import NamedTuple


class Section(NamedTuple):
    """A section's model field, its heading, and how much a match in it weighs in search (A most, D least).

    A text with fewer characters than `least` says too little.
    """

    field: str
    title: str
    weight: str
    least: int

    @property
    def html_field(self) -> str:
        """The model field that holds the rendered section."""
        return f"{self.field}_html"

    @property
    def anchor(self) -> str:
        """The fragment that leads to the section on its page."""
        return self.title.lower().replace(" ", "-")


SECTIONS = (
    Section("answer", "Answer", "B", 120),
    Section("explanation", "Deep Explanation", "C", 400),
    Section("example", "Real-World Example", "D", 150),
    Section("mistakes", "Common Mistakes", "D", 150),
    Section("scenario", "Production Scenario", "D", 150),
)
