"""Programs in Markdown are read as Python before they are saved."""

from typing import Any

import pytest
from django.test import Client

from questions.editorial.syntax import faults
from questions.models import Question
from tests.conftest import Bank
from tests.growth import assert_linear
from tests.question_set.question_set import SECTIONS, questions

pytestmark = pytest.mark.one_database


def block(program: str, info: str = "python") -> str:
    """A text with a program after a line of prose."""
    return f"See:\n\n```{info}\n{program}\n```\n"


def test_fault_names_block_and_both_lines() -> None:
    text = block("x = 1") + "\n" + block("y = 2\nz = = 3")

    assert faults(text) == ["Python block 2, line 2 (line 11 of the text): invalid syntax."]


def test_lines_are_the_same_as_a_browser_sends_them() -> None:
    assert faults(block("x = 1\n)").replace("\n", "\r\n")) == [
        "Python block 1, line 2 (line 5 of the text): unmatched ')'."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only prose with `x = = 1` in it.",
        block("x = = 1", info="text"),
        block("x = = 1", info="pycon"),
        block("x = = 1", info=""),
        block("def wait(): ..."),
        block("await wait()"),
        block("import re\nre.match('\\d', '1')"),
        block("while True: pass", info='{.python no-run="endless"}'),
        block(">>> 1 +\\\n... 1\n2\n>>> this = 3\nno python at all"),
    ],
)
def test_programs_and_other_texts_pass(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("info", ["python", ".python", "py", "python3", '{.python no-run="reads a socket"}'])
def test_every_way_to_name_the_language_is_read(info: str) -> None:
    assert len(faults(block("x = = 1", info))) == 1


def test_what_was_typed_in_a_session_is_read_and_what_was_printed_is_not() -> None:
    assert faults(block(">>> 1\n1\n>>> x = = 2")) == ["Python block 1, line 3 (line 6 of the text): invalid syntax."]


def test_session_with_crooked_prompts_is_told() -> None:
    (fault,) = faults(block(">>> 1\n  >>>2"))

    assert fault.startswith("Python block 1, line 2 ")


@pytest.mark.parametrize("program", ["(" * 10_000, "x\0", "[[" * 90 + "a b"])
def test_hostile_program_is_told_and_nothing_breaks(program: str) -> None:
    (fault,) = faults(block(program))

    assert fault.startswith("Python block 1, line 1 ")


@pytest.mark.parametrize("program", ["-" * 50_000 + "1", "x" + ".y" * 20_000])
def test_program_that_is_too_deep_for_this_python_is_told(program: str) -> None:
    too_deep = "Python block 1, line 1 (line 4 of the text): the program is nested too deeply."

    assert faults(block(program)) in ([], [too_deep])
    assert faults(block(program * 20)) in ([], [too_deep])


@pytest.mark.parametrize(
    "unit", ["```py\n(\n```\n", "```py\nx\n```\n", "```b\n", "```a\n\r", "```py\n>>> (\n", "```py\n>>> x\n... y\n"]
)
def test_time_to_read_programs_grows_with_the_text_alone(unit: str) -> None:
    assert_linear(faults, lambda size: "```py\n" + unit * (size // len(unit)) + "\r```\rx", size=5_000)


def test_of_many_faults_the_first_ten_are_told() -> None:
    assert len(faults(block("(") * 50)) == 10


def test_every_program_of_the_question_set_passes() -> None:
    assert [fault for entry in questions().values() for section in SECTIONS for fault in faults(entry[section])] == []


def test_fault_stands_at_its_section_and_nothing_is_saved(editor: Client, form: dict[str, Any]) -> None:
    response = editor.post("/admin/questions/question/add/", form | {"example": block("x = = 1")})

    errors = response.context["adminform"].form.errors
    assert errors == {"example": ["Python block 1, line 1 (line 4 of the text): invalid syntax."]}
    assert not Question.objects.exists()


def test_text_that_cannot_be_rendered_is_not_read_as_python(editor: Client, form: dict[str, Any]) -> None:
    response = editor.post("/admin/questions/question/add/", form | {"example": "> " * 200 + "x"})

    assert list(response.context["adminform"].form.errors) == ["example"]


def test_fault_outside_the_form_is_no_obstacle(bank: Bank) -> None:
    bank.add(example=block("x = = 1"))

    assert "x" in Question.objects.get().example_html
