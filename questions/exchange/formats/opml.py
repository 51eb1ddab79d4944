"""Questions as OPML, for programs that show outlines and mind maps: a question is a branch, its sections are on it.

It is for reading alone: XML has no way to hold every character that a text may have.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape

from hub.links import absolute
from questions.exchange import images
from questions.exchange.format import Format
from questions.exchange.loading import published_answer, sources_of
from questions.finding.question_filter import QuestionFilter
from questions.models import FollowUp, Question
from questions.sections import APPENDED, SECTIONS, Section

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(question: Question) -> str:
    """One question as an outline."""
    return "".join(_parts([question], question.plain_title))


def stream(filters: QuestionFilter) -> Iterator[str]:
    """A list as an outline."""
    return _parts(sources_of(filters), "Interview questions")


def _parts(questions: Iterable[Question], title: str) -> Iterator[str]:
    head = f"<head><title>{escape(_storable(title))}</title></head>"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n{head}\n<body>\n'
    for question in questions:
        yield tostring(_question(question), "unicode") + "\n"
    yield "</body>\n</opml>\n"


def _question(question: Question) -> Element:
    taxa = f"{question.technology} · {question.category} · {question.level}"
    about = f"{question.code} · {taxa} · Difficulty {question.difficulty}/10"
    branch = _outline(question.plain_title, note=about, url=_url(question))
    branch.extend(_sections(question, SECTIONS))
    if follow_ups := question.follow_ups.all():
        branch.append(_outline("Follow-up Questions"))
        branch[-1].extend(map(_follow_up, follow_ups))
    branch.extend(_sections(question, APPENDED))
    return branch


def _sections(question: Question, sections: Iterable[Section]) -> Iterator[Element]:
    return (_outline(section.title, note=text) for section in sections if (text := getattr(question, section.field)))


def _follow_up(follow_up: FollowUp) -> Element:
    answer = published_answer(follow_up)
    return _outline(follow_up.text, note=follow_up.answer, url=_url(answer) if answer else "")


def _outline(text: str, note: str = "", url: str = "") -> Element:
    attributes = {"text": text, "_note": images.absolute(note), "type": url and "link", "url": url}
    return Element("outline", {name: _storable(value) for name, value in attributes.items() if value})


def _url(question: Question) -> str:
    return absolute(question.get_absolute_url())


def _storable(text: str) -> str:
    """The text with a sign in place of what XML cannot hold."""
    return NOT_XML.sub("�", text)


FORMAT = Format(
    name="OPML",
    endings=(".opml",),
    media_type="text/x-opml",
    about="for outlines and mind maps",
    document=document,
    stream=stream,
    is_download=True,
    is_for_robots=False,
)
