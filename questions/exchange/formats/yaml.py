"""Questions as YAML, texts in Markdown as they stand, for people who keep their questions in files.

What is read is all text, so that a title such as `No` or `2026-11-23` stays one. Aliases are refused: a few hundred
bytes of them can stand for gigabytes, whatever loader reads them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import yaml

from questions.exchange import images
from questions.exchange.documents import Entry, source_of, together
from questions.exchange.format import Format
from questions.exchange.loading import taxonomies
from questions.exchange.rows import FileError, Source, canonical, quoted, repeated, shortened, text_of
from questions.limits import DEPTH, WHOLE_FILE
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


def export(file: IO[bytes], questions: Iterable[Question]) -> None:
    """Write the questions and what they are sorted by, with all that the editors know."""
    file.writelines(part.encode() for part in _parts(questions))


def _parts(questions: Iterable[Question]) -> Iterator[str]:
    for name, entries in taxonomies().items():
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
    texts = {name: images.absolute(text) for name in MARKDOWN_FIELDS if (text := canonical(getattr(question, name)))}
    return texts | {"follow_ups": [_follow_up(follow_up) for follow_up in question.follow_ups.all()]}


def _follow_up(follow_up: FollowUp) -> dict[str, str]:
    link = follow_up.answered_by
    answer = images.absolute(canonical(follow_up.answer))
    values = {"text": follow_up.text, "answer": answer, "answered_by": link.code if link else ""}
    return {name: value for name, value in values.items() if value or name == "text"}


class Loader(yaml.CBaseLoader):
    """Makes texts, lists and entries of a document and nothing else."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if not all(isinstance(key, str) for key in keys):
            raise yaml.MarkedYAMLError(problem="a name is no text", problem_mark=node.start_mark)
        if (twice := repeated(keys)) is not None:
            raise yaml.MarkedYAMLError(problem=f"{quoted(twice)} stands twice", problem_mark=node.start_mark)
        return Entry(super().construct_mapping(node, deep), node.start_mark.line + 1)


def read(path: Path) -> Source:
    """The content of the file; raises FileError for one that cannot be read."""
    return source_of(load(text_of(path, WHOLE_FILE), path.name), path.name)


def load(text: str, name: str) -> Any:
    """What a YAML text stands for; raises FileError for one that is not YAML, has aliases, or nests too deep."""
    try:
        _refuse_bombs(text, name)
        return together(yaml.load_all(text, Loader))
    except yaml.YAMLError as error:
        reason = _reason(error)
        if "nesting depth" in reason:  # The library has a bound of its own.
            raise FileError(f"{name} nests too deep{reason[reason.index(' in line') :]}.") from None
        raise FileError(f"{name} is not YAML: {reason}.") from None


def _refuse_bombs(text: str, name: str) -> None:
    depth = 0
    events: Iterator[Any] = yaml.parse(text, yaml.CBaseLoader)
    for event in events:
        line = event.start_mark.line + 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise FileError(f"{name} nests too deep in line {line}.")
        if isinstance(event, yaml.AliasEvent):
            raise FileError(f"{name} has the alias *{shortened(event.anchor)} in line {line}; write it out.")


def _reason(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem} in line {error.problem_mark.line + 1}"
    return str(error).splitlines()[0].rstrip(".")


FORMAT = Format(name="YAML", endings=(".yaml", ".yml"), media_type="application/yaml", read=read, export=export)
