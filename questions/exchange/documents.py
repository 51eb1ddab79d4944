"""What a JSON or YAML document holds: the hub's own form, a question, or questions as anybody would list them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from questions.exchange.rows import TAXONOMIES, FileError, Row, Source, quoted

GROUP = "group"  # the column for what a list of questions is called, where there are several
KEY = "key"  # the column for what an entry is called, where they are not listed but named
ASKED = {"question", "questiontext", "q", "prompt", "front"}  # one of them is in an entry that is a question
ANSWERED = {"question", "q", "answer", "a", "back"}  # none of them is in an entry that is the topic of some
TOPIC = ("name", "title", "topic", "category", "section", "label")
ENVELOPE = {"url", "count", "complete", "page", "pages", "previous", "next", "notices"}  # of a reader's questions.json


class Entry(dict[Any, Any]):
    """Named values, and the line of the file that they begin in."""

    def __init__(self, values: Mapping[Any, Any] | Iterable[tuple[Any, Any]], line: int) -> None:
        super().__init__(values)
        self.line = line

    @classmethod
    def of(cls, entry: Mapping[str, Any], **more: Any) -> "Entry":
        """An entry with more values before its own."""
        return cls({**more, **entry}, getattr(entry, "line", 0))


def where(what: str, number: int, entry: Mapping[str, Any]) -> str:
    """Where an entry stands: by its number, and by its line where that is known."""
    line = getattr(entry, "line", 0)
    return f"{what} {number:,} in line {line:,}" if line else f"{what} {number:,}"


def source_of(document: Any, name: str) -> Source:
    """The content of a document; raises FileError for one that lists no questions."""
    if isinstance(document, dict) and _is_own(document):
        return _own(document, name)
    rows = _rows(_found(document))
    if not rows:
        raise FileError(f"{name} has no questions: neither a list of entries with named values, nor “questions”.")
    return Source(rows, name=name)


def _rows(entries: Iterable[Mapping[str, Any]]) -> list[Row]:
    return [Row(where("question", number, it), it) for number, it in enumerate(_opened(list(entries)), start=1)]


def _opened(entries: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entries; of topics the questions that they list, each with the name of its topic."""
    lists = [_listed(it) for it in entries]
    if not lists or not all(lists):
        return entries
    return [Entry.of(it, **{GROUP: _topic(topic)}) for topic, its in zip(entries, lists, strict=True) for it in its]


def _listed(topic: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The questions of a topic; none where an entry is no topic."""
    if not isinstance(topic, dict) or not ANSWERED.isdisjoint(map(_plain, topic)):
        return []
    for name, value in topic.items():
        if isinstance(value, list) and value and all(isinstance(it, dict) for it in value):
            found = _opened(value)
            if all(map(_is_question, found)):
                return found
        elif name == "questions" and isinstance(value, list) and all(isinstance(it, str) for it in value):
            return [Entry({"title": it}, getattr(topic, "line", 0)) for it in value]
    return []


def _is_question(entry: Mapping[str, Any]) -> bool:
    names = {*map(_plain, entry)}
    return not ASKED.isdisjoint(names) or ("title" in names and not ANSWERED.isdisjoint(names))


def _topic(topic: Mapping[str, Any]) -> str:
    named = {_plain(key): value for key, value in topic.items() if isinstance(value, str)}
    return next((named[key] for key in TOPIC if key in named), "")


def _plain(key: object) -> str:
    return str(key).strip().casefold()


def together(documents: Iterable[Any]) -> Any:
    """One document of those that a file has one after the other: the entries of all of them."""
    found = [it for it in documents if it is not None]
    lists = (it if isinstance(it, list) else [it] for it in found)
    return found[0] if len(found) == 1 else list(chain.from_iterable(lists))


def _is_own(document: Mapping[str, Any]) -> bool:
    """Whether a document has its questions at the top, or what the hub sorts by, in which no questions are."""
    lists = [document[key] for key in TAXONOMIES if key in document]
    return "questions" in document or any(not (isinstance(it, list) and any(map(_listed, it))) for it in lists)


def _own(document: Mapping[str, Any], name: str) -> Source:
    """The form that the hub gives, or one with questions at its top and whatever else beside them."""
    known = ("questions", *TAXONOMIES)
    is_page = {"url", "pages"} <= document.keys()
    others = [str(key) for key in document if key not in known and not (is_page and key in ENVELOPE)]
    lists = {key: _mappings(document[key], key, name) for key in known if key in document}
    rows = _rows(lists.pop("questions", ()))
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
        return [Entry.of(it, **{GROUP: key}) for key, entries in lists.items() for it in entries]
    return _within(document)


def _within(document: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Of a mapping without lists: a question, questions by name, what stands further in, or titles with answers."""
    values = list(document.values())
    if document.keys() & {"title", "question", "code"}:
        return [Entry.of(document)]
    if len(values) > 1 and all(isinstance(it, dict) for it in values):
        return [Entry.of(it, **{KEY: key}) for key, it in document.items()]
    if nested := [found for it in values if isinstance(it, dict) and (found := list(_found(it)))]:
        return nested[0]
    if len(values) > 1 and all(isinstance(it, str) for it in values):
        return [{"title": key, "answer": it} for key, it in document.items()]
    return ()


def _entries(items: list[Any]) -> Iterator[dict[str, Any]]:
    """The entries of a list, if it has nothing else; titles alone are entries too."""
    if all(isinstance(it, str) for it in items):
        yield from ({"title": it} for it in items)
    elif _are_pairs(items):
        yield from (Entry(zip(("title", "answer"), *it.items(), strict=True), getattr(it, "line", 0)) for it in items)
    elif all(isinstance(it, dict) for it in items):
        yield from items


def _are_pairs(items: list[Any]) -> bool:
    """Whether entries have but one value each, the answer, under the question itself."""
    keys = [key for it in items if isinstance(it, dict) and len(it) == 1 for key in it if isinstance(it[key], str)]
    return len(keys) == len(items) > 1 and len({*keys}) > 1
