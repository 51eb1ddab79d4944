"""What the hub understands of a file before anybody has said anything of it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from questions.exchange import files
from questions.exchange.columns import Column, guess, survey
from questions.exchange.plan import CREATE, Plan, is_title
from questions.exchange.rows import Source, printable, quoted, shortened
from questions.exchange.taxa import MODELS, Taxa
from questions.models import ImportFile

SHOWN = 5  # titles, or values that the hub does not have
LONG = 200  # characters
MOST = 1_000  # of these that are told apart


@contextmanager
def opened(file: ImportFile, reading: str = "") -> Iterator[Source]:
    """The content of a file that waits for its import; raises FileError."""
    with TemporaryDirectory() as folder:
        path = Path(folder, file.name)
        path.write_bytes(file.content)
        yield files.read(path).read_as(reading)


@dataclass
class Understanding:
    """The columns of a file, how it seems to be meant, and what it has that the hub does not."""

    number: int
    columns: dict[str, Column]
    plan: Plan
    titles: list[str]
    unknown: dict[str, list[str]]  # by technology, category, level
    long_titles: int
    taxa: Taxa

    @classmethod
    def of(cls, source: Source, user: Any, plan: Plan | None = None) -> "Understanding":
        """What is understood, with what was chosen before, if anything was."""
        number, columns = survey(source)
        guessed = plan or Plan(columns=guess(columns), reading=source.reading)
        understanding = cls(number, columns, guessed, [], {}, 0, Taxa())
        understanding._look(source)
        if plan is None:
            may_create = all(user.has_perm(f"questions.add_{name}") for name in understanding.unknown)
            unknown = CREATE if understanding.unknown and may_create else guessed.unknown
            understanding.plan = replace(guessed, cuts_titles=bool(understanding.long_titles), unknown=unknown)
        return understanding

    def _look(self, source: Source) -> None:
        """Go through the rows as they would be taken."""
        known, unknown = self.taxa.names, defaultdict[str, dict[str, str]](dict)
        for row in replace(self.plan, cuts_titles=False).rows(source):
            title = row.fields.get("title")
            if isinstance(title, str) and title.strip():
                self.long_titles += not is_title(title)
                if len(self.titles) < SHOWN:
                    self.titles.append(printable(title if len(title) < LONG else shortened(title)))
            for name in MODELS:
                value = row.fields.get(name)
                value = value.get("name") if isinstance(value, dict) else value
                said = value.strip() if isinstance(value, str) else ""
                if said and said.casefold() not in known[name] and len(unknown[name]) < MOST:
                    unknown[name].setdefault(said.casefold(), printable(said))
        self.unknown = {name: list(values.values()) for name, values in unknown.items()}

    @property
    def doubts(self) -> list[str]:
        """What may be a mistake for something that the hub has, a sentence each."""
        return [
            f"The hub has no {name} {quoted(it)}: did you mean {quoted(near)}?"
            for name, values in self.unknown.items()
            for it in values
            if (near := self.taxa.near(name, it))
        ]

    @property
    def unknown_sentences(self) -> list[str]:
        """What the hub does not have, a sentence a kind."""
        return [
            f"The hub has no {name} {', '.join(f'“{shortened(it)}”' for it in values[:SHOWN])}"
            + (f", nor {len(values) - SHOWN} more." if len(values) > SHOWN else ".")
            for name, values in self.unknown.items()
        ]
