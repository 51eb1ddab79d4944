"""Questions as JSON, texts in Markdown."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from hub.links import absolute
from questions.exchange.loading import Answer, Taxonomies, any_answer, published_answer, with_sources
from questions.finding.question_filter import QuestionFilter
from questions.models import FollowUp, Question, Taxon
from questions.sections import SECTIONS

PAGE_SIZE = 100


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


def bank(questions: Iterable[Question], taxonomies: Taxonomies) -> Iterator[str]:
    """The questions and what they are sorted by, with all that the editors know, as one JSON document for import."""
    yield "{\n"
    for name, entries in taxonomies.items():
        yield f"{json.dumps(name)}: {json.dumps(entries, ensure_ascii=False)},\n"
    yield '"questions": ['
    for number, question in enumerate(questions):
        yield ",\n" if number else "\n"
        yield _text(_object(question, any_answer) | {"status": question.status}).rstrip()
    yield "\n]\n}\n"


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _page_url(filters: QuestionFilter, number: int) -> str:
    return absolute(filters.url(page=number, name="list_json"))


def _object(question: Question, answer: Answer = published_answer) -> dict[str, Any]:
    return {
        "code": question.code,
        "url": absolute(reverse("question", args=[question.code])),
        "title": question.title,
        "technology": _taxon(question.technology),
        "category": _taxon(question.category),
        "level": _taxon(question.level),
        "difficulty": question.difficulty,
        **{section.field: getattr(question, section.field) for section in SECTIONS},
        "follow_ups": [_follow_up(follow_up, answer(follow_up)) for follow_up in question.follow_ups.all()],
        "references": question.references,
        "verified_for": question.verified_for,
        "review_by": question.review_by.isoformat() if question.review_by else None,
        "published_at": question.published_at.isoformat() if question.published_at else None,
        "updated_at": question.updated_at.isoformat(),
    }


def _taxon(taxon: Taxon) -> dict[str, str]:
    return {"slug": taxon.slug, "name": taxon.name}


def _follow_up(follow_up: FollowUp, answer: Question | None) -> dict[str, str | None]:
    return {"text": follow_up.text, "answered_by": answer.code if answer else None}
