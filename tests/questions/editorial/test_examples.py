"""Programs that questions show: which are run, and what is said of those that fail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from questions.editorial import examples
from questions.editorial.examples import MissingLibraryError, fault, without_network
from questions.models import ExampleRun
from questions.text.code_blocks import Block
from tests.conftest import Bank


def program(body: str, output: str = "") -> Block:
    return Block("python", (), body, 1, output)


def shown(body: str, output: str) -> str:
    """A section with a program and its output."""
    return f"See:\n\n```python\n{body}\n```\n\n```text\n{output}\n```\n"


def file_of_tests(body: str, output: str) -> Block:
    """A file of tests with what pytest prints."""
    return Block("python", ("pytest",), body, 1, output)


def run(*codes: str) -> str:
    """What the command says."""
    stdout = StringIO()
    call_command("run_examples", *codes, stdout=stdout, stderr=StringIO())
    return stdout.getvalue()


@pytest.fixture(params=["with network", "without network"])
def prefix(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Programs with the network they find, and without one where this machine allows that."""
    return without_network() if request.param == "without network" else ()


@pytest.mark.one_database
def test_program_that_prints_what_is_shown_is_right(prefix: tuple[str, ...]) -> None:
    assert fault(program("print('hé')", "hé\n"), prefix) == ""


@pytest.mark.one_database
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


@pytest.mark.one_database
def test_program_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "SECONDS", 1)

    assert fault(program("while True: pass")) == "It does not end within 1 seconds."


@pytest.mark.one_database
def test_program_that_prints_without_end_is_ended() -> None:
    assert fault(program("while True: print('x' * 1000)")) != ""


@pytest.mark.one_database
def test_program_has_no_network_where_that_can_be_taken_away() -> None:
    if not (prefix := without_network()):
        pytest.skip("this machine does not let programs be cut off")
    body = "import socket; print(len(socket.if_nameindex()))"

    assert fault(program(body, "1\n"), prefix) == ""


@pytest.mark.one_database
@pytest.mark.parametrize(
    "body",
    [
        "import pytest; print(pytest.approx(0.3) == 0.1 + 0.2)",
        "import pydantic; print(pydantic.TypeAdapter(bool).validate_python('yes'))",
        "import numpy; print(bool(numpy.ones(3).sum() == 3))",
        "from sklearn.linear_model import LinearRegression as R; print(R().fit([[0], [1]], [0, 1]).coef_[0] > 0.99)",
    ],
)
def test_program_may_use_the_libraries_of_the_question_set(body: str, prefix: tuple[str, ...]) -> None:
    assert fault(program(body, "True\n"), prefix) == ""


@pytest.mark.one_database
def test_program_may_ask_an_application_of_fastapi(prefix: tuple[str, ...]) -> None:
    body = """
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/double/{number}")
def double(number: int) -> int:
    return number * 2


client = TestClient(app)
print(client.get("/double/21").json(), client.get("/double/x").status_code)
"""

    assert fault(program(body, "42 422\n"), prefix) == ""


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("body", "output", "sentence"),
    [
        ("def test_sum(): assert 1 + 1 == 2", f".{'[100%]':>78}\n1 passed in 7.77s\n", ""),
        (
            "def test_sum(): assert 1 + 1 == 2",
            "2 passed\n",
            "It prints something else than the question shows.",
        ),
        ("x = 1", "\nno tests ran in 0.00s\n", "It ends with exit code 5."),
    ],
)
def test_file_of_tests_is_run_by_pytest(body: str, output: str, sentence: str) -> None:
    assert fault(file_of_tests(body, output)) == sentence


@pytest.mark.one_database
def test_failing_test_may_be_what_is_shown() -> None:
    body = "import pytest\n\n\n@pytest.mark.parametrize('n', [1, 2])\ndef test_odd(n):\n    assert n % 2, 'even'\n"
    shown = (
        f".F{'[100%]':>77}\n{'=' * 35} FAILURES {'=' * 35}\n{'_' * 33} test_odd[2] {'_' * 34}\n\nn = 2\n\n"
        "    @pytest.mark.parametrize('n', [1, 2])\n    def test_odd(n):\n>       assert n % 2, 'even'\n"
        "E       AssertionError: even\nE       assert (2 % 2)\n\ntest_example.py:6: AssertionError\n"
        f"{'=' * 27} short test summary info {'=' * 28}\n"
        "FAILED test_example.py::test_odd[2] - AssertionError: even\n1 failed, 1 passed in 0.01s\n"
    )

    assert fault(file_of_tests(body, shown)) == ""


@pytest.mark.one_database
@pytest.mark.parametrize("block", [program("import absent.part"), file_of_tests("from absent import part", "")])
def test_library_that_is_not_there_is_no_fault_of_the_program(block: Block) -> None:
    with pytest.raises(MissingLibraryError, match=r"^It needs absent, which is not installed here\.$"):
        fault(block)


def test_command_says_one_line_when_all_is_well_and_names_what_was_not_run_when_asked(bank: Bank) -> None:
    bank.add("PY-BEG-001", example=shown("print(1)", "1"))
    bank.add("PY-BEG-002", example=shown("import absent", "1"))
    quiet, talkative = StringIO(), StringIO()

    call_command("run_examples", stdout=quiet, stderr=quiet)
    call_command("run_examples", stdout=StringIO(), stderr=talkative, verbosity=2)

    assert [line for line in quiet.getvalue().splitlines() if "network" not in line] == [
        "The programs of 1 questions are right, those of 0 fail. 1 have some that were not run, for lack of absent."
    ]
    assert "PY-BEG-002: example: It needs absent, which is not installed here. It was not run." in talkative.getvalue()


def test_command_runs_the_other_programs_of_a_question_that_lacks_a_library(bank: Bank) -> None:
    bank.add("PY-BEG-001", example=shown("import absent", "1"), scenario=shown("print(1)", "2"))
    bank.add("PY-BEG-002", example=shown("import absent", "1"))
    stdout = StringIO()

    with pytest.raises(CommandError, match=r"those of 1 fail\. 1 have some that were not run, for lack of absent"):
        call_command("run_examples", stdout=stdout, stderr=StringIO())

    assert stdout.getvalue() == "PY-BEG-001: scenario: It prints something else than the question shows.\n"
    assert list(ExampleRun.objects.order_by("question").values_list("section", flat=True)) == ["scenario", ""]


def test_command_runs_published_programs_and_keeps_what_came_of_them(bank: Bank) -> None:
    right = bank.add("PY-BEG-001", example=shown("print(1)", "1"))
    wrong = bank.add("PY-BEG-002", example=shown("print(1)", "1"), scenario=shown("print(1)", "2"))
    bank.add("PY-BEG-003", example=shown("print(1)", "2"), status="draft")
    bank.add("PY-BEG-004")

    with pytest.raises(CommandError, match="those of 1 fail"):
        run()

    assert list(ExampleRun.objects.order_by("question").values_list("question", "section", "fault")) == [
        (right.pk, "", ""),
        (wrong.pk, "scenario", "It prints something else than the question shows."),
    ]


def test_program_in_the_answer_to_a_follow_up_is_run_and_its_row_is_kept(bank: Bank) -> None:
    question = bank.add()
    question.follow_ups.create(position=4, text="And then?", answer=shown("print(1)", "2"))
    question.follow_ups.create(position=3, text="And now?", answer=shown("print(1)", "1"))

    with pytest.raises(CommandError, match="those of 1 fail"):
        run()

    assert ExampleRun.objects.get(question=question).section == "follow_ups-1-answer"


def test_mended_program_fails_no_longer(bank: Bank) -> None:
    question = bank.add(example=shown("print(1)", "1"))
    ExampleRun.objects.create(question=question, section="example", fault="It failed.")

    said = run("py-beg-001")

    assert said == "The programs of 1 questions are right, those of 0 fail.\n"
    assert ExampleRun.objects.get(question=question).fault == ""


def test_question_that_shows_no_program_any_more_is_forgotten(bank: Bank) -> None:
    ExampleRun.objects.create(question=bank.add(), fault="It failed.")

    run()

    assert not ExampleRun.objects.exists()


def test_unknown_code_is_told(bank: Bank) -> None:
    with pytest.raises(CommandError, match=r"^There is no published question PY-BEG-404\.$"):
        run("PY-BEG-404")
