"""Questions as YAML, texts in Markdown as they stand, for people who keep their bank in files."""

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from questions.exchange.loading import Taxonomies
from questions.exchange.rows import canonical
from questions.models import FollowUp, Question
from questions.sections import MARKDOWN_FIELDS


class Dumper(yaml.CSafeDumper):
    """Writes texts of several lines as they stand."""


def _text(dumper: Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Dumper.add_representer(str, _text)


def dump(value: Any) -> str:
    """The value as YAML."""
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def bank(questions: Iterable[Question], taxonomies: Taxonomies) -> Iterator[str]:
    """The questions and what they are sorted by, with all that the editors know, as one document for import."""
    for name, entries in taxonomies.items():
        yield dump({name: entries}) + "\n"
    empty = True
    for question in questions:
        yield ("questions:\n" if empty else "\n") + dump([fields(question) | _texts(question)])
        empty = False
    if empty:
        yield "questions: []\n"


def fields(question: Question) -> dict[str, Any]:
    """What is short, and there: all but the Markdown and the follow-ups."""
    values = {
        "code": question.code,
        "title": question.title,
        "technology": question.technology.slug,
        "category": question.category.slug,
        "level": question.level.slug,
        "difficulty": question.difficulty,
        "status": question.status,
        "verified_for": question.verified_for,
        "review_by": question.review_by and question.review_by.isoformat(),
        "published_at": question.published_at and question.published_at.isoformat(),
    }
    return {name: value for name, value in values.items() if value}


def _texts(question: Question) -> dict[str, Any]:
    texts = {name: text for name in MARKDOWN_FIELDS if (text := canonical(getattr(question, name)))}
    return texts | {"follow_ups": [_follow_up(follow_up) for follow_up in question.follow_ups.all()]}


def _follow_up(follow_up: FollowUp) -> dict[str, str]:
    answer = follow_up.answered_by
    return {"text": follow_up.text} | ({"answered_by": answer.code} if answer else {})
