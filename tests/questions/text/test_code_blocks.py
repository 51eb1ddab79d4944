"""Fenced code blocks are read as readers see them, and in a time that grows with the text alone."""

import re
from html import unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from questions.text.code_blocks import blocks, lines_of_code, without_blocks
from questions.text.markdown import render
from tests.growth import assert_linear

pytestmark = pytest.mark.one_database

PARTS = st.sampled_from(
    [
        *("```", "````", "~~~"),
        *"\n\n\n\r }{x",
        "python",
        ".py",
        "{.python}",
        '{#a .b c="}"}',
        "{.a} }",
        "hl_lines='1'",
    ]
)
INDENTED = re.compile(r"(?:^|[\n\r]) {4}")  # Such code is shown as a block, too, and has no fence.


def html(text: str) -> str:
    return render((text,))[0]


def shown(body: str, output: str) -> str:
    """A section with a program and its output."""
    return f"See:\n\n```python\n{body}\n```\n\n```text\n{output}\n```\n"


@pytest.mark.parametrize("opening", ["```python", "```py", "```python3", "```Python", "~~~python", "````py", "```.py"])
def test_python_is_a_program_however_its_block_is_written(opening: str) -> None:
    fence = re.match("[~`]+", opening)
    assert fence
    (block, _) = blocks(f"{opening}\nprint(1)\n{fence[0]}\n\n~~~ text\n1\n~~~")

    assert block.is_program
    assert (block.code, block.output, block.line) == ("print(1)\n", "1\n", 2)


def test_only_python_with_output_below_is_a_program() -> None:
    text = shown("print(1)", "1") + "\n```{.python no-run=slow}\nx\n```\n\n```text\n1\n```\n\n```sql\nx\n```\n"

    assert [block.is_program for block in blocks(text)] == [True, False, False, False, False]


def test_output_belongs_to_the_block_directly_above_it() -> None:
    text = "```python\nprint(1)\n```\n\nSomething else:\n\n```text\n1\n```"

    assert [block.output for block in blocks(text)] == [None, None]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_way_that_the_renderer_knows(end: str) -> None:
    (block, _) = blocks(shown("print(1)", "1").replace("\n", end))

    assert (block.code, block.output) == ("print(1)\n", "1\n")


def test_text_around_blocks_is_what_is_left() -> None:
    assert without_blocks("Before\n~~~\ncode\n~~~\nbetween\n```py\nx\n```\nafter\n```") == "Before\nbetween\nafter\n```"


@given(st.lists(PARTS, max_size=30).map("".join).filter(lambda text: "\r" not in text))
def test_lines_of_code_are_those_that_are_not_around_it(text: str) -> None:
    lines = text.split("\n")

    code = lines_of_code(lines)

    assert "\n".join(line for number, line in enumerate(lines) if number not in code) == without_blocks(text)


def as_rendered(text: str) -> list[str]:
    """The code of the blocks that readers see."""
    return [
        unescape(re.sub("<.*?>", "", code)) for code in re.findall("<pre.*?><code>(.*?)</code>", html(text), re.DOTALL)
    ]


@given(st.lists(PARTS, max_size=30).map("".join))
def test_blocks_are_those_that_are_rendered(text: str) -> None:
    assume(not INDENTED.search(text))
    assert [block.code for block in blocks(text)] == as_rendered(text)


@pytest.mark.parametrize(
    "unit",
    ["```b\n", "```a\n```\n", "`", "~~~ ", "```py\n\r```\r", "```hl_lines=' ", "```{.a b='", "``` {x}\n", "```\t"],
)
@pytest.mark.parametrize("start", ["", "```", "~~~{", "```a hl_lines='\n"])
def test_time_to_read_grows_with_the_text_alone(start: str, unit: str) -> None:
    assert_linear(blocks, lambda size: start + unit * (size // len(unit)))
