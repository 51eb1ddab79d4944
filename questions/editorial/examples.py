"""The programs that questions show, and whether they print what stands below them. No Django is needed."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from questions.text.code_blocks import Block

SECONDS = 30  # A library of numbers takes some of them to begin, on a busy machine.
MOST_OUTPUT = 2**20  # bytes
MOST_MEMORY = 2**30  # bytes
PYTHON = (sys.executable, "-I", "-W", "error::SyntaxWarning")
TESTS = "test_example.py"
PYTEST = ("-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir=.", TESTS)
TESTS_FAILED = 1  # is an exit code that an example may be about
DURATION = re.compile(r" in \d+\.\d+s\b")  # which is another one each time
MISSING = re.compile(r"^(?:E +)?(?:ModuleNotFoundError|\S*python\S*): No module named '?(\w+)", re.MULTILINE)
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # What tests print does not depend on what else is installed.
    "OMP_NUM_THREADS": "1",  # Each thread of a library of numbers takes address space, and a machine may have many.
    "OPENBLAS_NUM_THREADS": "1",
}
LIMITED = (
    *(sys.executable, "-I", "-c"),
    f"""import os, resource, sys
for limit, most in ((resource.RLIMIT_FSIZE, {MOST_OUTPUT}), (resource.RLIMIT_AS, {MOST_MEMORY})):
    resource.setrlimit(limit, (most, most))
os.execv(sys.argv[1], sys.argv[1:])""",
)


def without_network() -> tuple[str, ...]:
    """What to put in front of a command so that it has no network; nothing, where this machine does not allow that."""
    prefix = ("unshare", "--user", "--map-current-user", "--net", "--")
    try:
        allowed = subprocess.run((*prefix, "true"), capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    return prefix if allowed else ()


class MissingLibraryError(Exception):
    """A program needs a library that is not installed here, so nothing can be said of it."""

    def __init__(self, library: str) -> None:
        self.library = library
        super().__init__(f"It needs {library}, which is not installed here.")


def fault(block: Block, prefix: tuple[str, ...] = ()) -> str:
    """Run a program and say in a sentence what is wrong with it; nothing, if it prints what the question shows.

    It runs for at most SECONDS, with no input, in an empty folder and environment, and may write MOST_OUTPUT bytes and
    use MOST_MEMORY; but it runs as the user that this process belongs to, and may read what that user may read.
    It may import what is installed where the hub runs; raises MissingLibraryError for what is not.
    """
    with TemporaryDirectory() as folder:
        printed, complaints = Path(folder, "printed"), Path(folder, "complaints")
        command = (*prefix, *LIMITED, *PYTHON, *_arguments(block, folder))
        with printed.open("wb") as stdout, complaints.open("wb") as stderr:
            exit_code = _run(command, stdout=stdout, stderr=stderr, cwd=folder)
        output, last = (path.read_text("utf-8", "replace") for path in (printed, complaints))
    return _judgement(block, exit_code, output, last.strip().rpartition("\n")[2])


def _arguments(block: Block, folder: str) -> tuple[str, ...]:
    """What Python is given: the program, or pytest and the program as a file of tests."""
    if not block.is_tests:
        return ("-c", block.code)
    Path(folder, TESTS).write_text(block.code, encoding="utf-8")
    return PYTEST


def _judgement(block: Block, exit_code: int | None, output: str, last: str) -> str:
    if exit_code is None:
        return f"It does not end within {SECONDS} seconds."
    if exit_code and (missing := MISSING.search(f"{last}\n{output}" if block.is_tests else last)):
        raise MissingLibraryError(missing[1])
    if exit_code and not (block.is_tests and exit_code == TESTS_FAILED):
        return f"It ends with {last}" if last else f"It ends with exit code {exit_code}."
    if _timeless(output) != _timeless(block.output or ""):
        return "It prints something else than the question shows."
    return ""


def _timeless(output: str) -> str:
    return DURATION.sub("", output)


def _run(command: tuple[str, ...], **options: Any) -> int | None:
    """The exit code; none, if it does not end. Processes that it leaves behind are ended."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        env=ENVIRONMENT,
        start_new_session=True,
        **options,
    )
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
