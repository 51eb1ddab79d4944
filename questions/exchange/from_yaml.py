"""Questions and taxonomies from YAML, as `as_yaml` writes them.

Everything is text, so that a title such as `No` or `2026-11-23` stays one. Aliases are refused: a few hundred bytes of
them can stand for gigabytes, whatever loader reads them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from questions.exchange.rows import FileError, Source, quoted, repeated, shortened, source_of, text_of
from questions.limits import DEPTH, WHOLE_FILE


class Loader(yaml.CBaseLoader):
    """Makes texts, lists and mappings of a document and nothing else."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if not all(isinstance(key, str) for key in keys):
            raise yaml.MarkedYAMLError(problem="a name is no text", problem_mark=node.start_mark)
        if (twice := repeated(keys)) is not None:
            raise yaml.MarkedYAMLError(problem=f"{quoted(twice)} stands twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


def read(path: Path) -> Source:
    """The content of the file; raises FileError for one that cannot be read."""
    return source_of(document(text_of(path, WHOLE_FILE), path.name), path.name)


def document(text: str, name: str) -> Any:
    """What a YAML text stands for; raises FileError for one that is not YAML, has aliases, or nests too deep."""
    try:
        _refuse_bombs(text, name)
        return yaml.load(text, Loader)  # noqa: S506 (it makes only texts, lists and mappings)
    except yaml.YAMLError as error:
        raise FileError(f"{name} is not YAML: {_reason(error)}.") from None


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
