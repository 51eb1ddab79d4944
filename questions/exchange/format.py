"""What a format is: its names, and which of the ways in and out it serves."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from questions.exchange.rows import Source
from questions.finding.question_filter import QuestionFilter
from questions.models import Question

Read = Callable[[Path], Source]
Export = Callable[[IO[bytes], Iterable[Question]], None]
Document = Callable[[Question], str]
Page = Callable[[QuestionFilter], str]
Stream = Callable[[Any], Iterator[str]]  # of a format that may have filters of its own
OpenFile = Callable[[QuestionFilter], IO[bytes]]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format in which questions come and go. It does what it has a function for, and everything else follows.

    `read` takes a file to import, `export` writes all questions, whatever their status, into an open file. Of public
    questions, `document` is one; a list is a `page` at a time without a limit, or whole, as a `stream` or a `file`.
    """

    name: str
    endings: tuple[str, ...]  # of addresses and names of files, the one that is written first
    media_type: str
    about: str = ""  # what somebody who chooses between formats has to know
    read: Read | None = None
    export: Export | None = None
    document: Document | None = None
    page: Page | None = None
    stream: Stream | None = None
    file: OpenFile | None = None
    filters: type[QuestionFilter] = QuestionFilter  # what may be asked of a list
    is_download: bool = False  # A browser saves it instead of showing it.
    is_for_robots: bool = True

    @property
    def ending(self) -> str:
        """The ending that is written."""
        return self.endings[0]

    @property
    def label(self) -> str:
        """The name with what there is to know."""
        return f"{self.name} ({self.about})" if self.about else self.name

    @property
    def content_type(self) -> str:
        """The media type as a header has it."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    @property
    def list_view(self) -> str:
        """The name of its list's address."""
        return f"list_{self.name.lower()}"

    @property
    def document_view(self) -> str:
        """The name of its documents' addresses."""
        return f"question_{self.name.lower()}"

    @property
    def has_list(self) -> bool:
        """Whether a list can be had in it."""
        return bool(self.page or self.is_whole)

    @property
    def is_whole(self) -> bool:
        """Whether it gives a whole list at once."""
        return bool(self.stream or self.file)
