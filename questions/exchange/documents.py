"""What a JSON or YAML document holds: the hub's own form, a question, or questions as anybody would list them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from questions.exchange.rows import TAXONOMIES, FileError, Row, Source, quoted

GROUP = "group"  # the column for what a list of questions is called, where there are several
KEY = "key"  # the column for what an entry is called, where they are not listed but named
ENVELOPE = {"url", "count", "complete", "page", "pages", "previous", "next", "notices"}  # of a reader's questions.json


def source_of(document: Any, name: str) -> Source:
    """The content of a document; raises FileError for one that lists no questions."""
    if isinstance(document, dict) and {"questions", *TAXONOMIES} & document.keys():
        return _own(document, name)
    rows = [Row(f"question {number}", fields) for number, fields in enumerate(_found(document), start=1)]
    if not rows:
        raise FileError(f"{name} has no questions: neither a list of entries with named values, nor “questions”.")
    return Source(rows, name=name)


def _own(document: Mapping[str, Any], name: str) -> Source:
    """The form that the hub gives, or one with questions at its top and whatever else beside them."""
    known = ("questions", *TAXONOMIES)
    is_page = {"url", "pages"} <= document.keys()
    others = [str(key) for key in document if key not in known and not (is_page and key in ENVELOPE)]
    lists = {key: _mappings(document[key], key, name) for key in known if key in document}
    rows = [Row(f"question {number}", fields) for number, fields in enumerate(lists.pop("questions", ()), start=1)]
    notices = [f"{quoted(key)} at the top of {name} is passed over." for key in others]
    if is_page and document.get("next"):
        notices.append(
            f"{name} is page {document.get('page')} of {document['pages']}; the others are files of their own."
        )
    return Source(rows, lists, name, notices)


def _mappings(value: Any, key: str, name: str) -> list[dict[str, Any]]:
    texts = (dict, str) if key == "questions" else dict
    if not isinstance(value, list) or not all(isinstance(it, texts) for it in value):
        raise FileError(f"“{key}” in {name} is not a list of entries with named values.")
    return [it if isinstance(it, dict) else {"title": it} for it in value]


def _found(document: Any) -> Iterable[dict[str, Any]]:
    """The entries of the first list of questions, from the top down; of several lists, each with its name."""
    if isinstance(document, list):
        return _entries(document)
    if not isinstance(document, dict):
        return ()
    lists = {key: list(_entries(value)) for key, value in document.items() if isinstance(value, list)}
    lists = {key: entries for key, entries in lists.items() if entries}
    if len(lists) == 1:
        return next(iter(lists.values()))
    if lists:
        return [{GROUP: key} | entry for key, entries in lists.items() for entry in entries]
    return _within(document)


def _within(document: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Of a mapping without lists: a question, questions by name, what stands further in, or titles with answers."""
    values = list(document.values())
    if document.keys() & {"title", "question", "code"}:
        return [dict(document)]
    if len(values) > 1 and all(isinstance(it, dict) for it in values):
        return [{KEY: key} | it for key, it in document.items()]
    if nested := [found for it in values if isinstance(it, dict) and (found := list(_found(it)))]:
        return nested[0]
    if len(values) > 1 and all(isinstance(it, str) for it in values):
        return [{"title": key, "answer": it} for key, it in document.items()]
    return ()


def _entries(items: list[Any]) -> Iterator[dict[str, Any]]:
    """The entries of a list, if it has nothing else; titles alone are entries too."""
    if all(isinstance(it, str) for it in items):
        yield from ({"title": it} for it in items)
    elif all(isinstance(it, dict) for it in items):
        yield from items
