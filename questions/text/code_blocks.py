"""The fenced code blocks of a Markdown text, as readers see them: the one reader, for whatever looks at code.

It takes for a block what Python-Markdown takes for one, in time that grows with the text alone. No Django is needed.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown.extensions.attr_list import get_attrs_and_remainder

TAB = 4  # columns
FENCES = ("```", "~~~")
PYTHON = {"python", "py", "python3", "py3"}
# Possessive where it can be: a line of nothing but spaces is read once.
OPENING = re.compile(
    r"""
    (?P<fence> ~{3,} | `{3,} ) [ ]*+
    (?: \{ (?P<attributes> .* ) \}
      | (?: \.? (?P<name> [\w#.+-]* ) [ ]*+ )? (?: hl_lines= (?P<quote> ["'] ) .* (?P=quote) [ ]*+ )? )
    """,
    re.VERBOSE,
)
CLOSING = re.compile(r"(~{3,}|`{3,})[ ]*+")


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


def blocks(markdown: str) -> list[Block]:
    """The blocks of a text, in order."""
    lines = _lines(markdown)
    found = [
        Block(*_described(opening), "".join(f"{line}\n" for line in lines[start + 1 : end]), start + 2)
        for start, end, opening in _fenced(lines)
    ]
    ends = [block.line + block.code.count("\n") for block in found]
    return [
        block._replace(output=below.code) if below and _is_output(below, lines[end : below.line - 2]) else block
        for block, end, below in zip(found, ends, [*found[1:], None], strict=False)
    ]


def without_blocks(markdown: str) -> str:
    """The text around the blocks."""
    lines, position, kept = _lines(markdown), 0, []
    for start, end, _ in _fenced(lines):
        kept += lines[position:start]
        position = end + 1
    return "\n".join([*kept, *lines[position:]])


def lines_of_code(lines: Sequence[str]) -> set[int]:
    """The numbers, from 0, of the lines that belong to blocks, fences included."""
    return {number for start, end, _ in _fenced(lines) for number in range(start, end + 1)}


def _lines(markdown: str) -> list[str]:
    """The lines, whatever ends them, without the two characters that Python-Markdown keeps for itself."""
    return re.sub(r"[\x02\x03]", "", markdown).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _fenced(lines: Sequence[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The first and last line of each block, and what its first line says; a fence that nothing closes is text."""
    fences = [(number, line.expandtabs(TAB)) for number, line in enumerate(lines) if line.startswith(FENCES)]
    closing: defaultdict[str, deque[int]] = defaultdict(deque)
    for number, line in fences:
        if match := CLOSING.fullmatch(line):
            closing[match[1]].append(number)
    end = -1
    for number, line in fences:
        if number <= end or not (opening := OPENING.fullmatch(line)) or not _is_sound(opening["attributes"]):
            continue
        ends = closing[opening["fence"]]
        while ends and ends[0] <= number:
            ends.popleft()
        if ends:
            end = ends.popleft()
            yield number, end, opening


def _is_sound(attributes: str | None) -> bool:
    return not (attributes and get_attrs_and_remainder(attributes)[1])


def _described(opening: re.Match[str]) -> tuple[str, list[str]]:
    """The language of a block, and the names of its other attributes."""
    attributes = get_attrs_and_remainder(opening["attributes"] or "")[0]
    classes = [str(value) for name, value in attributes if name == "."]
    language = classes[0] if classes else opening["name"] or ""
    return language.lower(), [name for name, _ in attributes if name != "."]


def _is_output(block: Block, above: Sequence[str]) -> bool:
    """Whether a block with these lines above it shows what the block before it prints."""
    return block.language == "text" and not "".join(above).strip()
