"""Python programs in Markdown: whether they can be read as Python, and where they cannot."""

import ast
import re
import warnings

from questions.text.code_blocks import blocks

SESSION = re.compile(r"\s*>>> ")
MAX_SENTENCES = 10  # sentences a text
FLAGS = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def faults(markdown: str) -> list[str]:
    """A sentence for each of the first `python` blocks that are no Python, with the lines in the block and in the text.

    Nothing runs, so blocks that must not run are checked like others; of an interactive session what was typed is.
    """
    found = []
    programs = [block for block in blocks(markdown) if block.is_python]
    for number, block in enumerate(programs, start=1):
        if fault := _fault(block.code):
            line, reason = fault
            found.append(f"Python block {number}, line {line} (line {block.line + line - 1} of the text): {reason}.")
            if len(found) == MAX_SENTENCES:
                break
    return found


def _fault(program: str) -> tuple[int, str] | None:
    """The line and the reason why a program cannot be read."""
    if not SESSION.match(program):
        return _fault_of_source(program)
    import doctest  # Takes long to load, and few programs are sessions.

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
