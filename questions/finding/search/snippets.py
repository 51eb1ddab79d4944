"""Where a search text stands in a question: the sections, and a few words around the place that has most of it."""

from typing import NamedTuple, Self

from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.finding.search.analysis import analyse, text_of
from questions.finding.search.marking import Place, marked_html, marked_text, places
from questions.finding.search.query import Query
from questions.models import Question
from questions.sections import ALSO_ASKED, SECTIONS

BEFORE, AFTER = 70, 170  # characters around the first place
SHOWN = SECTIONS[0]  # by every card
READ = (*SECTIONS, ALSO_ASKED)
NEXT_ITEM = "</li>\n<li>"  # of a list


class Match(NamedTuple):
    """The words that count, the titles of sections that have one, and what says most of them, if it is not shown."""

    wanted: frozenset[str]
    sections: list[str]
    snippet: SafeString

    @classmethod
    def of(cls, question: Question, query: Query) -> Self:
        """Where the words of the query stand in the question's sections."""
        wanted = frozenset(word for clause in query.positive for phrase in clause.phrases for word in phrase)
        texts = {
            section.title: text_of(getattr(question, section.html_field).replace(NEXT_ITEM, " · ")) for section in READ
        }
        found = {title: its for title, text in texts.items() if (its := places(text, wanted))}
        if not found:
            return cls(wanted, [], SafeString())
        best = max(found, key=lambda title: len(_said(texts[title], found[title])))
        snippet = SafeString() if best == SHOWN.title else _snippet(texts[best], found[best])
        return cls(wanted, list(found), snippet)

    @property
    def is_elsewhere(self) -> bool:
        """Whether something stands where the card does not show it."""
        return any(title != SHOWN.title for title in self.sections)

    def marked(self, html: str) -> SafeString:
        """HTML with the words marked."""
        return marked_html(html, self.wanted)


def _said(text: str, found: list[Place]) -> set[tuple[str, ...]]:
    """The different words among those that were found."""
    return {analyse(text[slice(*place)]).words for place in found}


def _snippet(text: str, found: list[Place]) -> SafeString:
    """The text around the first place, on whole words, its places marked."""
    start = text.rfind(" ", 0, max(found[0][0] - BEFORE, 0)) + 1
    end = text.find(" ", found[0][1] + AFTER)
    end = len(text) if end == -1 else end
    marked = marked_text(text, found, start, end)
    return format_html("{}{}{}", "… " if start else "", marked, " …" if end < len(text) else "")
