"""Questions as JSON, texts in Markdown."""

import json
import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from json.decoder import JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from pathlib import Path
from typing import IO, Any

from django.urls import reverse

from hub.links import absolute
from questions.exchange import images
from questions.exchange.documents import Entry, source_of, together
from questions.exchange.format import Format
from questions.exchange.loading import Answer, any_answer, published_answer, taxonomies, with_sources
from questions.exchange.rows import FileError, Source, quoted, refuse_deep, repeated, text_of
from questions.finding.question_filter import QuestionFilter
from questions.limits import WHOLE_FILE
from questions.models import FollowUp, Question, Taxon
from questions.sections import APPENDED, SECTIONS

PAGE_SIZE = 100
SPACE = re.compile(r"[ \t\r\n]*")


def document(question: Question) -> str:
    """One question as a JSON document."""
    return _text(_object(question))


def page(filters: QuestionFilter) -> str:
    """A page of a list as a JSON document that leads to the pages beside it."""
    page = filters.page_of(with_sources(Question.objects.public()), PAGE_SIZE)
    return _text(
        {
            "url": _page_url(filters, page.number),
            "count": page.paginator.count,
            "complete": filters.is_exact,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "previous": _page_url(filters, page.number - 1) if page.has_previous() else None,
            "next": _page_url(filters, page.number + 1) if page.has_next() else None,
            "notices": filters.notices,
            "questions": [_object(question) for question in page],
        }
    )


def export(file: IO[bytes], questions: Iterable[Question]) -> None:
    """Write the questions and what they are sorted by, with all that the editors know."""
    file.writelines(part.encode() for part in _parts(questions))


def _parts(questions: Iterable[Question]) -> Iterator[str]:
    yield "{\n"
    for name, entries in taxonomies().items():
        yield f"{json.dumps(name)}: {json.dumps(entries, ensure_ascii=False)},\n"
    yield '"questions": ['
    for number, question in enumerate(questions):
        yield ",\n" if number else "\n"
        yield _text(_object(question, any_answer) | {"status": question.status}).rstrip()
    yield "\n]\n}\n"


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _page_url(filters: QuestionFilter, number: int) -> str:
    return absolute(filters.url(page=number, name=FORMAT.list_view))


def _object(question: Question, answer: Answer = published_answer) -> dict[str, Any]:
    return {
        "code": question.code,
        "url": absolute(reverse("question", args=[question.code])),
        "title": question.title,
        "technology": _taxon(question.technology),
        "category": _taxon(question.category),
        "level": _taxon(question.level),
        "difficulty": question.difficulty,
        **{section.field: images.absolute(getattr(question, section.field)) for section in SECTIONS},
        "follow_ups": [_follow_up(follow_up, answer(follow_up)) for follow_up in question.follow_ups.all()],
        **{section.field: images.absolute(getattr(question, section.field)) for section in APPENDED},
        "verified_for": question.verified_for,
        "review_by": question.review_by.isoformat() if question.review_by else None,
        "published_at": question.published_at.isoformat() if question.published_at else None,
        "updated_at": question.updated_at.isoformat(),
    }


def _taxon(taxon: Taxon) -> dict[str, str]:
    return {"slug": taxon.slug, "name": taxon.name}


def _follow_up(follow_up: FollowUp, answer: Question | None) -> dict[str, str | None]:
    return {
        "text": follow_up.text,
        "answer": images.absolute(follow_up.answer),
        "answered_by": answer.code if answer else None,
    }


def read(path: Path) -> Source:
    """The content of the file; raises FileError for one that cannot be read."""
    text = text_of(path, WHOLE_FILE)
    try:
        document = together(_documents(text))
    except json.JSONDecodeError as error:
        raise FileError(f"{path.name} is not JSON: {error.msg} in line {error.lineno:,}.") from None
    except RecursionError:
        raise FileError(f"{path.name} nests too deep.") from None
    except ValueError:  # A number with thousands of digits.
        raise FileError(f"{path.name} has a number that is too long.") from None
    refuse_deep(document, path.name)
    return source_of(document, path.name)


def _documents(text: str) -> Iterator[Any]:
    """The documents of a file: one, or as many as stand one after the other, a line each for example."""
    decoder, end = Decoder(text), 0
    while not end or end < len(text):
        document, end = decoder.raw_decode(text, SPACE.match(text, end).end())  # type: ignore[union-attr]
        end = SPACE.match(text, end).end()  # type: ignore[union-attr]
        yield document


class Decoder(json.JSONDecoder):
    """Makes entries that know the line that they begin in; raises FileError for one that names a value twice."""

    def __init__(self, text: str) -> None:
        super().__init__(object_pairs_hook=list)
        self.ends_of_lines = [match.start() for match in re.finditer("\n", text)]
        self.parse_object = self._entry
        self.scan_once = py_make_scanner(self)  # The one in C makes objects by itself.

    def _entry(self, place: tuple[str, int], *rest: Any) -> tuple[Entry, int]:
        pairs, end = JSONObject(place, *rest)
        entry = Entry(pairs, bisect(self.ends_of_lines, place[1] - 1) + 1)
        if len(entry) < len(pairs):
            twice = repeated(key for key, _ in pairs)
            raise FileError(f"{quoted(twice)} stands twice in the same entry, in line {entry.line:,}.")
        return entry, end


FORMAT = Format(
    name="JSON",
    endings=(".json", ".jsonl"),
    media_type="application/json",
    read=read,
    export=export,
    document=document,
    page=page,
)
