"""Python programs in Markdown: whether they can be read as Python, and where they cannot."""

import ast
import doctest
import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from markdown.extensions.fenced_code import FencedBlockPreprocessor

FENCED = FencedBlockPreprocessor.FENCED_BLOCK_RE  # What Python-Markdown itself takes for a block.
PYTHON = re.compile(r"\.?(python|py)(3|\b)")
SESSION = re.compile(r"\s*>>> ")
FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Block(NamedTuple):
    """A program, which of its text's programs it is, and the line of the text that it begins on, both from 1."""

    number: int
    line: int
    program: str


def faults(markdown: str) -> list[str]:
    """A sentence for each `python` block that is no Python, with the lines in the block and in the text.

    Nothing runs, so blocks that must not run are checked like others; of an interactive session what was typed is.
    """
    found = []
    for block in python_blocks(markdown.replace("\r\n", "\n")):
        if fault := _fault(block.program):
            line, reason = fault
            found.append(
                f"Python block {block.number}, line {line} (line {block.line + line - 1} of the text): {reason}."
            )
    return found


def python_blocks(markdown: str) -> Iterator[Block]:
    """The blocks whose language is Python, in order."""
    found = [it for it in FENCED.finditer(markdown) if PYTHON.match((it["lang"] or it["attrs"] or "").strip())]
    for number, match in enumerate(found, start=1):
        yield Block(number, markdown.count("\n", 0, match.start("code")) + 1, match["code"])


def _fault(program: str) -> tuple[int, str] | None:
    """The line and the reason why a program cannot be read."""
    if not SESSION.match(program):
        return _fault_of_source(program)
    try:
        examples = doctest.DocTestParser().get_examples(program)
    except ValueError as error:  # Such as “line 2 of the docstring for <string> has inconsistent leading whitespace: …”
        line = re.search(r"line (\d+)", str(error))
        return int(line[1]) if line else 1, "the session is not laid out as Python would show it"
    for example in examples:
        if fault := _fault_of_source(example.source):
            return example.lineno + fault[0], fault[1]
    return None


def _fault_of_source(source: str) -> tuple[int, str] | None:
    try:
        with warnings.catch_warnings(action="ignore"):  # Such as of "\d", which is a matter of style.
            compile(source, "", "exec", FLAGS)
    except SyntaxError as error:
        return error.lineno or 1, error.msg
    except ValueError:  # A null character.
        return 1, "the block is no text"
    except (MemoryError, RecursionError):
        return 1, "the program is nested too deeply"
    return None
