"""The programs that questions show, and whether they print what stands below them. No Django is needed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)
SECONDS = 10
MOST_OUTPUT = 2**20  # bytes
MOST_MEMORY = 2**30  # bytes
PYTHON = (sys.executable, "-I", "-W", "error::SyntaxWarning")
LIMITED = (
    *(sys.executable, "-I", "-c"),
    f"""import os, resource, sys
for limit, most in ((resource.RLIMIT_FSIZE, {MOST_OUTPUT}), (resource.RLIMIT_AS, {MOST_MEMORY})):
    resource.setrlimit(limit, (most, most))
os.execv(sys.argv[1], sys.argv[1:])""",
)


class Block(NamedTuple):
    """One fenced block of a section; `output` is the `text` block directly after it, if there is one."""

    info: str
    body: str
    output: str | None

    @property
    def is_python(self) -> bool:
        return re.match(r"\{?\.?python\b", self.info) is not None

    @property
    def must_not_run(self) -> bool:
        return "no-run=" in self.info

    @property
    def is_program(self) -> bool:
        """Whether it is to be run, and its output to be compared."""
        return self.is_python and self.output is not None and not self.must_not_run


def blocks(markdown: str) -> Iterator[Block]:
    """The fenced blocks of a section, in order."""
    text = markdown.replace("\r\n", "\n")  # Which browsers send.
    fences = list(FENCE.finditer(text))
    for match, after in zip(fences, [*fences, None][1:], strict=True):
        follows = after and after["info"] == "text" and not text[match.end() : after.start()].strip()
        yield Block(match["info"], match["body"], after["body"] if after and follows else None)


def without_network() -> tuple[str, ...]:
    """What to put in front of a command so that it has no network; nothing, where this machine does not allow that."""
    prefix = ("unshare", "--user", "--map-current-user", "--net", "--")
    try:
        allowed = subprocess.run((*prefix, "true"), capture_output=True).returncode == 0
    except FileNotFoundError:
        allowed = False
    return prefix if allowed else ()


def fault(block: Block, prefix: tuple[str, ...] = ()) -> str:
    """Run a program and say in a sentence what is wrong with it; nothing, if it prints what the question shows.

    It runs for at most SECONDS, with no input, in an empty folder and environment, and may write MOST_OUTPUT bytes and
    use MOST_MEMORY; but it runs as the user that this process belongs to, and may read what that user may read.
    """
    with TemporaryDirectory() as folder:
        printed, complaints = Path(folder, "printed"), Path(folder, "complaints")
        with printed.open("wb") as stdout, complaints.open("wb") as stderr:
            exit_code = _run((*prefix, *LIMITED, *PYTHON, "-c", block.body), stdout=stdout, stderr=stderr, cwd=folder)
        if exit_code is None:
            return f"It does not end within {SECONDS} seconds."
        if exit_code:
            last = complaints.read_text("utf-8", "replace").strip().rpartition("\n")[2]
            return f"It ends with {last}" if last else f"It ends with exit code {exit_code}."
        if printed.read_text("utf-8", "replace") != block.output:
            return "It prints something else than the question shows."
    return ""


def _run(command: tuple[str, ...], **options: Any) -> int | None:
    """The exit code; none, if it does not end. Processes that it leaves behind are ended."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PATH": os.defpath},
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
