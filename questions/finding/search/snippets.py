"""Where the words of a search stand in a question: its sections, and an excerpt of the passage that says most."""

from bisect import bisect
from typing import NamedTuple, Self

from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.finding.search.analysis import text_of
from questions.finding.search.marking import Occurrence, Wanted, marked_html, marked_text
from questions.models import Question
from questions.sections import ALSO_ASKED, SECTIONS

BEFORE, AFTER = 70, 170  # characters around the first of what is found together
SHOWN = SECTIONS[0]  # whole, on every card of the list
LONG = 40  # characters of a word; a text that has no space within so many is cut anywhere, as Chinese may be
READ = (*SECTIONS, ALSO_ASKED)
NEXT_ITEM = "</li>\n<li>"  # of a list


class Match(NamedTuple):
    """What is wanted, titles of the sections that have some, and an excerpt; empty where the card shows the best."""

    wanted: Wanted
    sections: list[str]
    snippet: SafeString

    @classmethod
    def of(cls, question: Question, wanted: Wanted) -> Self:
        """Where what is wanted stands in the question's sections."""
        texts = {
            section.title: text_of(getattr(question, section.html_field).replace(NEXT_ITEM, " · ")) for section in READ
        }
        found = {title: its for title, text in texts.items() if (its := wanted.find(text))}
        passages = {title: its if title == SHOWN.title else _passage(its, wanted) for title, its in found.items()}
        # Of equals the first is taken, in the order of the page.
        best = max(passages, key=lambda title: wanted.weight(passages[title]), default=SHOWN.title)
        snippet = SafeString() if best == SHOWN.title else _snippet(texts[best], passages[best])
        return cls(wanted, list(found), snippet)

    @property
    def is_elsewhere(self) -> bool:
        """Whether something stands where the card does not show it."""
        return any(title != SHOWN.title for title in self.sections)

    def marked(self, html: str) -> SafeString:
        """HTML with the words marked."""
        return marked_html(html, self.wanted)


def _passage(found: list[Occurrence], wanted: Wanted) -> list[Occurrence]:
    """Of what was found in a text, what stands together and says most; of equals, what comes first."""
    starts = [it.start for it in found]
    best, most, all_of_it = found[:0], 0.0, wanted.weight(found)
    for first, it in enumerate(found):
        passage = found[first : bisect(starts, it.end + AFTER)]
        if (weight := wanted.weight(passage)) > most or not best:
            best, most = passage, weight
        if most >= all_of_it:
            break
    return best


def _snippet(text: str, passage: list[Occurrence]) -> SafeString:
    """The text around a passage, on whole words where spaces part them, with what was found marked."""
    first, last = passage[0].start - BEFORE, passage[0].end + AFTER
    start = text.rfind(" ", max(first - LONG, 0), max(first, 0)) + 1 or (first if first > LONG else 0)
    end = text.find(" ", last, last + LONG)
    if end == -1:
        end = last if last + LONG < len(text) else len(text)
    marked = marked_text(text, passage, start, end)
    return format_html("{}{}{}", "… " if start else "", marked, " …" if end < len(text) else "")
