"""Programs that questions show: which are run, and what is said of those that fail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from questions.editorial import examples
from questions.editorial.examples import Block, blocks, fault, without_network
from questions.models import ExampleRun
from tests.conftest import Bank


def program(body: str, output: str = "") -> Block:
    return Block("python", body, output)


def shown(body: str, output: str) -> str:
    """A section with a program and its output."""
    return f"See:\n\n```python\n{body}\n```\n\n```text\n{output}\n```\n"


def run(*codes: str) -> str:
    """What the command says."""
    stdout = StringIO()
    call_command("run_examples", *codes, stdout=stdout, stderr=StringIO())
    return stdout.getvalue()


@pytest.fixture(params=["with network", "without network"])
def prefix(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Programs with the network they find, and without one where this machine allows that."""
    return without_network() if request.param == "without network" else ()


def test_program_that_prints_what_is_shown_is_right(prefix: tuple[str, ...]) -> None:
    assert fault(program("print('hé')", "hé\n"), prefix) == ""


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("print(2)", "It prints something else than the question shows."),
        ("x", "It ends with NameError: name 'x' is not defined"),
        ("raise SystemExit(3)", "It ends with exit code 3."),
        ("input()", "It ends with EOFError: EOF when reading a line"),
        ("bytearray(2**31)", "It ends with MemoryError"),
        ("import os, sys; print(1); sys.exit(len(os.listdir()) != 2 or 'HOME' in os.environ)", ""),
    ],
)
def test_program_that_fails_says_why(body: str, sentence: str) -> None:
    assert fault(program(body, "1\n")) == sentence


def test_program_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "SECONDS", 1)

    assert fault(program("while True: pass")) == "It does not end within 1 seconds."


def test_program_that_prints_without_end_is_ended() -> None:
    assert fault(program("while True: print('x' * 1000)")) != ""


def test_program_has_no_network_where_that_can_be_taken_away() -> None:
    if not (prefix := without_network()):
        pytest.skip("this machine does not let programs be cut off")
    body = "import socket; print(len(socket.if_nameindex()))"

    assert fault(program(body, "1\n"), prefix) == ""


def test_only_python_with_output_below_is_a_program() -> None:
    text = shown("print(1)", "1") + "\n```python no-run=slow\nx\n```\n\n```text\n1\n```\n\n```sql\nx\n```\n"

    assert [block.is_program for block in blocks(text)] == [True, False, False, False, False]


def test_windows_line_ends_are_understood() -> None:
    (block, _) = blocks(shown("print(1)", "1").replace("\n", "\r\n"))

    assert (block.body, block.output) == ("print(1)\n", "1\n")


def test_command_runs_published_programs_and_keeps_what_came_of_them(bank: Bank) -> None:
    right = bank.add("PY-BEG-001", example=shown("print(1)", "1"))
    wrong = bank.add("PY-BEG-002", example=shown("print(1)", "1"), scenario=shown("print(1)", "2"))
    bank.add("PY-BEG-003", example=shown("print(1)", "2"), status="draft")
    bank.add("PY-BEG-004")

    with pytest.raises(CommandError, match="Some programs fail"):
        run()

    assert list(ExampleRun.objects.order_by("question").values_list("question", "section", "fault")) == [
        (right.pk, "", ""),
        (wrong.pk, "scenario", "It prints something else than the question shows."),
    ]


def test_mended_program_fails_no_longer(bank: Bank) -> None:
    question = bank.add(example=shown("print(1)", "1"))
    ExampleRun.objects.create(question=question, section="example", fault="It failed.")

    said = run("py-beg-001")

    assert said == "The programs of 1 questions were run; those of 0 fail.\n"
    assert ExampleRun.objects.get(question=question).fault == ""


def test_question_that_shows_no_program_any_more_is_forgotten(bank: Bank) -> None:
    ExampleRun.objects.create(question=bank.add(), fault="It failed.")

    run()

    assert not ExampleRun.objects.exists()


def test_unknown_code_is_told(bank: Bank) -> None:
    with pytest.raises(CommandError, match=r"^There is no published question PY-BEG-404\.$"):
        run("PY-BEG-404")
