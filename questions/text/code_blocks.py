"""The fenced code blocks of a Markdown text, as readers see them: the one reader, for whatever looks at code.

No Django is needed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown.extensions.attr_list import get_attrs_and_remainder

from questions.text.parser import block_parser

FENCES = ("```", "~~~")
PYTHON = {"python", "py", "python3", "py3"}
LANGUAGE = re.compile(r"[\w#.+-]*")


class Block(NamedTuple):
    """A block, and the line that its code begins on, from 1; `output` is the `text` block directly below it, if any."""

    language: str
    attributes: Sequence[str]
    code: str
    line: int
    output: str | None = None

    @property
    def is_python(self) -> bool:
        return self.language in PYTHON

    @property
    def must_not_run(self) -> bool:
        return "no-run" in self.attributes

    @property
    def is_tests(self) -> bool:
        """Whether it is run by pytest."""
        return "pytest" in self.attributes

    @property
    def is_program(self) -> bool:
        """Whether it is to be run, and its output to be compared."""
        return self.is_python and self.output is not None and not self.must_not_run


class Fenced(NamedTuple):
    """What stands from one line to another, both from 0 and the second not in it, and what its first line says."""

    start: int
    end: int
    info: str
    code: str


def blocks(markdown: str) -> list[Block]:
    """The blocks of a text, in order."""
    lines, fenced = _lines(markdown), list(_fenced(markdown))
    found = [Block(*described(it.info), it.code, it.start + 2) for it in fenced]
    gaps = [lines[here.end : below.start] for here, below in pairwise(fenced)]
    return [
        block._replace(output=below.code) if below and below.language == "text" and not "".join(gap).strip() else block
        for block, below, gap in zip(found, [*found[1:], None], [*gaps, []], strict=False)
    ]


def without_blocks(markdown: str) -> str:
    """The text around the blocks."""
    lines = _lines(markdown)
    code = lines_of_code(lines)
    return "\n".join(line for number, line in enumerate(lines) if number not in code)


def lines_of_code(lines: Sequence[str]) -> set[int]:
    """The numbers, from 0, of the lines that belong to blocks, fences included; a fence that nothing closes is text."""
    return {
        number
        for it in _fenced("\n".join(lines))
        if lines[it.end - 1].strip(" \t>").startswith(FENCES) and it.end - it.start > 1
        for number in range(it.start, it.end)
    }


def described(info: str) -> tuple[str, list[str]]:
    """The language that a fence names, in lower case, and the names of its other attributes: `{.python no-run="…"}`."""
    if not info.startswith("{"):
        return (LANGUAGE.match(info.lstrip(" .")) or [""])[0].lower(), []
    attributes = get_attrs_and_remainder(info.strip("{}"))[0]
    classes = [str(value) for name, value in attributes if name == "."]
    return (classes[0] if classes else "").lower(), [name for name, _ in attributes if name != "."]


def _lines(markdown: str) -> list[str]:
    """The lines, whatever ends them."""
    return markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _fenced(markdown: str) -> Iterator[Fenced]:
    for token in block_parser().parse(markdown):
        if token.type == "fence" and token.map:
            yield Fenced(token.map[0], token.map[1], token.info.strip(), token.content)
