"""How a file is to be taken: which column is which, and what holds for rows that do not say."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from questions.exchange.columns import guess, survey
from questions.exchange.rows import FileError, Row, Source, canonical, indented, printable, quoted
from questions.models import Question
from questions.sections import MARKDOWN_FIELDS

REFUSE, CREATE, DEFAULT = "refuse", "create", "default"  # what to do about a technology that the hub does not have
TAKE = "take"  # what to do about a name that is nearly one that the hub has, beside refusing it or creating it too
SKIP, CHANGE, ADD = "skip", "change", "add"  # what to do about a title without a code that the hub has already
DEFAULTS = ("technology", "category", "level", "difficulty", "status")
LONGEST_TITLE = Question._meta.get_field("title").max_length or 0
SECTION = "section"  # a column
SENTENCE = re.compile(r".+?[?？؟。.!](?=\s|$)")


@dataclass(frozen=True)
class Plan:
    """What is made of the rows of a file. Without anything chosen, they are taken for the hub's own."""

    columns: Mapping[str, str] = field(default_factory=dict)  # to columns of questions; to nothing: passed over
    defaults: Mapping[str, str] = field(default_factory=dict)  # for new questions of rows that do not say
    unknown: str = REFUSE
    alike: str = REFUSE
    same_title: str = SKIP
    cuts_titles: bool = False
    reading: str = ""

    @classmethod
    def guessed(cls, source: Source, is_sure: bool = False, **chosen: Any) -> Self:
        """How a file seems to be meant; raises FileError where nothing looks like a question, unless one is sure."""
        _, columns = survey(source)
        guessed = guess(columns)
        if columns and not is_sure and not {"code", "title"} & {*guessed.values()}:
            raise FileError(
                f"{source.name} has no column that looks like a question; it has {', '.join(map(quoted, columns))}."
            )
        if "code" in guessed.values():  # The hub's own, where a name that is no column may be mistyped.
            guessed = {name: target for name, target in guessed.items() if target}
        return cls(**{"columns": guessed, "reading": source.reading} | chosen)

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(**json.loads(text))

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    def rows(self, source: Source) -> Iterator[Row]:
        """The rows with the columns of questions; those that have nothing are left out."""
        for row in source.rows:
            if row.problem or any(value not in ("", None) for value in row.fields.values()) or not row.fields:
                yield self.row(row)

    def row(self, row: Row) -> Row:
        """A row with the columns of questions. Of two that say the same, texts are joined; else the first counts."""
        fields: dict[str, Any] = {}
        for column, value in row.fields.items():
            target = self.columns.get(column, column)
            if not target:
                continue
            is_number = target == "title" and isinstance(value, int | float)
            if column in self.columns and (target in MARKDOWN_FIELDS or is_number):
                value = as_text(value)
            if fields.get(target) in ("", None, []):
                fields[target] = value
            elif target in MARKDOWN_FIELDS and value:
                fields[target] = f"{fields[target]}\n\n{value}"
        if self.cuts_titles and isinstance(fields.get("title"), str):
            fields |= _cut(fields["title"], fields.get("answer") or "")
        return row._replace(fields=fields)

    def passed_over(self, source: Source) -> list[str]:
        """A sentence on the columns that are not taken, if there are any."""
        names = [quoted(column) for column, target in self.columns.items() if not target]
        if source.has_sections and not self.columns.get(SECTION, SECTION):
            names[names.index(quoted(SECTION))] += " (the folder or the heading that a question stands in)"
        return [printable(f"Not imported: {', '.join(names)}.")] if names else []


def as_text(value: Any) -> Any:
    """A value of a foreign file as Markdown: a number as it is written, lists and named values as a list."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return "\n".join(_item(f"{key}:", as_text(it)) for key, it in value.items())
    if isinstance(value, list):
        return "\n".join(_item("", as_text(it)) for it in value) if len(value) > 1 else "".join(map(as_text, value))
    return "" if value is None else value


def _item(name: str, text: str) -> str:
    """An item of a list; below a name, what has several lines stands by itself."""
    several = name and "\n" in text
    return f"- {name}\n\n{indented(text, 2)}" if several else f"- {f'{name} {indented(text, 2).lstrip()}'.strip()}"


def is_title(text: str) -> bool:
    """Whether a text can be a title as it is."""
    return len(text.strip()) <= LONGEST_TITLE and "\n" not in text.strip()


def _cut(title: str, answer: str) -> dict[str, str]:
    """A title that fits: its first line, sentence or words; the whole of it then begins the answer."""
    if is_title(title):
        return {}
    whole = canonical(title)
    line = whole.partition("\n")[0].strip()
    if len(line) > LONGEST_TITLE and (sentence := SENTENCE.match(line)):
        line = sentence[0]
    if len(line) > LONGEST_TITLE:
        line = line[: LONGEST_TITLE - 1].rpartition(" ")[0] or line[: LONGEST_TITLE - 1]
        line = f"{line}…"
    return {"title": line, "answer": "\n\n".join(filter(None, [whole, answer]))}
