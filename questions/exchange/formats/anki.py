"""Questions as a package for Anki: imported again, it updates the cards that are there and keeps their schedule.

Formulas go out as LaTeX for the MathJax that every Anki brings: MathML is unknown to the browser within older ones, and
LaTeX can be changed in Anki's own editor.

Anki knows a note by its GUID, which comes from the code alone, and takes over a note only if it was changed later than
its own. So each note carries the time at which its question was updated, not the time of the export.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import genanki  # type: ignore[import-untyped]

from hub import image_storage
from hub.links import absolute
from questions.exchange.format import Format
from questions.exchange.loading import html_of, published_answer
from questions.finding.question_filter import QuestionFilter
from questions.models import FollowUp, Question, Technology
from questions.text import titles
from questions.text.formulas import as_mathjax
from questions.text.images import PATH, with_other_addresses

# None of this ever changes, not even with the sections: by it Anki recognises what it has.
MODEL_ID = 1_795_430_417
DECK_ID = 1_795_400_000
FIRST_NOTE_ID = 1_262_304_000_000
NOTE_IDS = 450_000_000_000
FIELD_OF_SECTION = {
    "answer": "Answer",
    "explanation": "Explanation",
    "example": "Example",
    "mistakes": "Mistakes",
    "scenario": "Scenario",
}
LAST_FIELD = "Scenario"  # It also takes, under their headings, the sections that have no field of their own.
FIELDS = ("Code", "Title", "About", *FIELD_OF_SECTION.values(), "Follow-ups", "References", "Link")
FOLDED = {
    "Explanation": "Deep Explanation",
    "Example": "Real-World Example",
    "Mistakes": "Common Mistakes",
    "Scenario": "Production Scenario",
    "Follow-ups": "Follow-up Questions",
    "References": "References",
}

SPECIAL = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\${1,2}\])", re.IGNORECASE)

# When the look of the cards last changed: Anki takes it over from a file that is newer than what it has.
STYLED_AT = datetime(2026, 11, 23, tzinfo=UTC).timestamp()

FRONT = '<p class="about">{{Code}} · {{About}}</p><h1>{{Title}}</h1>'
DETAILS = "{{{{#{field}}}}}<details><summary>{title}</summary>{{{{{field}}}}}</details>{{{{/{field}}}}}"
DETAILS_OF_ALL = "".join(DETAILS.format(field=field, title=title) for field, title in FOLDED.items())
BACK = f'{{{{FrontSide}}}}<hr id="answer"><div>{{{{Answer}}}}</div>{DETAILS_OF_ALL}<p class="about">{{{{Link}}}}</p>'

MODEL = genanki.Model(
    MODEL_ID,
    "Knowledge Hub question",
    fields=[{"name": name} for name in FIELDS],
    templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
    css=Path(__file__).with_name("anki.css").read_text(encoding="utf-8"),
)


class Note(genanki.Note):
    """A note whose fields are HTML that has been cleaned already."""

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: genanki's check takes some good tags for bad ones."""


def package(filters: QuestionFilter) -> IO[bytes]:
    """The package of a list as an open temporary file, at its beginning; it is gone when it is closed."""
    return packaged(html_of(filters))


def packaged(questions: Iterable[Question], finish: Callable[[sqlite3.Cursor], None] | None = None) -> IO[bytes]:
    """The same of any questions; `finish` adds to the collection what is not of the questions."""
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    with TemporaryDirectory() as folder, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        collection = Path(folder) / "collection.anki2"
        media = Media()
        _write_collection(collection, questions, media, finish)
        archive.write(collection, collection.name)
        media.write(archive)
    file.seek(0)
    return file


class Media:
    """The images in fields, which a package carries as files: numbers for names, and a list of what they stand for."""

    def __init__(self) -> None:
        self.there = image_storage.names()
        self.named: dict[str, int] = {}

    def fields(self, question: Question) -> Iterator[str]:
        """The fields of a question, with images by the names of their files; one that is missing stays a link to it."""
        for field in _fields(question):
            yield with_other_addresses(as_mathjax(field), self._address)

    def _address(self, name: str) -> str:
        if name not in self.there:
            return absolute(f"{PATH}{name}")
        self.named.setdefault(name, len(self.named))
        return name

    def write(self, archive: ZipFile) -> None:
        for name, number in self.named.items():
            archive.writestr(str(number), image_storage.read(name), ZIP_STORED)
        archive.writestr("media", json.dumps({str(number): name for name, number in self.named.items()}))


Finish = Callable[[sqlite3.Cursor], None]


def _write_collection(path: Path, questions: Iterable[Question], media: Media, finish: Finish | None) -> None:
    """Write note by note; genanki's own way would hold them all in memory and leave a temporary file behind."""
    with closing(sqlite3.connect(path)) as connection:
        cursor = connection.cursor()
        genanki.Package([]).write_to_db(cursor, STYLED_AT, count())
        decks: dict[int, genanki.Deck] = {}
        taken: set[int] = set()
        for position, question in enumerate(questions, start=1):
            deck = decks.setdefault(question.technology_id, _deck(question.technology))
            ids = count(_note_id(question.code, taken))
            _note(question, position, media).write_to_db(cursor, question.updated_at.timestamp(), deck.deck_id, ids)
        for deck in decks.values():
            deck.write_to_db(cursor, STYLED_AT, count())
        if finish:
            finish(cursor)
        connection.commit()


def _deck(technology: Technology) -> genanki.Deck:
    deck = genanki.Deck(DECK_ID + int(technology.code_prefix, 36), f"Interview Questions::{technology.name}")
    deck.add_model(MODEL)
    return deck


def _note_id(code: str, taken: set[int]) -> int:
    """An even number from the code, that its card's id can follow; the next that is free where two codes share one."""
    number = int.from_bytes(sha256(code.encode()).digest()[:8]) % (NOTE_IDS // 2) * 2 + FIRST_NOTE_ID
    while number in taken:
        number += 2
    taken.add(number)
    return number


def guid_of(code: str) -> str:
    """What Anki knows a question's note by."""
    return str(genanki.guid_for("knowledge-hub", code))


def _note(question: Question, position: int, media: Media) -> Note:
    return Note(
        MODEL,
        fields=list(map(_unspecial, media.fields(question))),
        guid=guid_of(question.code),
        tags=list(_tags(question)),
        due=position,
    )


def _unspecial(html: str) -> str:
    """A field without what Anki would take for sounds, speech or LaTeX: of questions, all of it is text."""
    return SPECIAL.sub("&#91;", html)


def _fields(question: Question) -> Iterator[str]:
    url = absolute(question.get_absolute_url())
    yield question.code
    yield titles.html(question.title)
    yield escape(f"{question.category} · {question.level} · {question.difficulty}/10")
    yield from _sections(question)
    yield _list(_follow_up(follow_up) for follow_up in question.follow_ups.all())
    yield question.references_html
    yield f'<a href="{escape(url)}">{escape(url)}</a>'


def _sections(question: Question) -> list[str]:
    """The texts of the fields for sections."""
    texts, others = dict.fromkeys(FIELD_OF_SECTION.values(), ""), ""
    for section, html in question.filled_sections():
        if field := FIELD_OF_SECTION.get(section.field):
            texts[field] = html
        else:
            others += f"<h3>{escape(section.title)}</h3>{html}"
    texts[LAST_FIELD] += others
    return list(texts.values())


def _tags(question: Question) -> Iterator[str]:
    for name in ("technology", "level", "category"):
        yield f"{name}::{getattr(question, name).slug}"


def _list(items: Iterable[str]) -> str:
    text = "".join(f"<li>{item}</li>" for item in items)
    return f"<ol>{text}</ol>" if text else ""


def _follow_up(follow_up: FollowUp) -> str:
    answer = published_answer(follow_up)
    text = escape(follow_up.text)
    linked = f'<a href="{escape(absolute(answer.get_absolute_url()))}">{text}</a>' if answer else text
    return linked + follow_up.answer_html


FORMAT = Format(
    name="Anki",
    endings=(".apkg",),
    media_type="application/apkg",
    file=package,
    is_download=True,
    is_for_robots=False,
)
