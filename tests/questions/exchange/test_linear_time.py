"""Whatever reads a file takes as long as the file is large, and no longer."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from questions.exchange import files, values
from questions.exchange.rows import FileError, canonical

pytestmark = pytest.mark.slow


def _written(name: str, content: Callable[[int], str]) -> Callable[[Path, int], None]:
    def run(folder: Path, size: int) -> None:
        path = folder / name
        path.write_text(content(size), encoding="utf-8")
        with suppress(FileError):
            list(files.read(path).rows)

    return run


def _in_front(body: Callable[[int], str]) -> Callable[[Path, int], None]:
    return _written("b.md", lambda size: f"---\ncode: A\n---\n{body(size)}")


GROWING: dict[str, Callable[[Path, int], object]] = {
    "YAML keys": _written("b.yaml", lambda n: "".join(f"k{i}: 1\n" for i in range(n // 10))),
    "YAML entry": _written("b.yaml", lambda n: "questions:\n- " + "  ".join(f"k{i}: 1\n" for i in range(n // 10))),
    "JSON repeated": _written("b.json", lambda n: "{" + ",".join(f'"k{i}":1' for i in range(n)) + f',"k{n - 1}":1}}'),
    "JSON wide": _written("b.json", lambda n: '{"questions":[' + ",".join(["{}"] * n) + "]}"),
    "CSV columns": _written("b.csv", lambda n: "code," + ",".join(f"k{i}" for i in range(n)) + "\n"),
    "CSV arrows": _written("b.csv", lambda n: "code,follow_ups\nA," + " → A-A" * n + "\n"),
    "CSV apostrophes": _written("b.csv", lambda n: "code,title\nA," + "' " * n + "\n"),
    "Markdown arrows": _in_front(lambda n: "## Follow-up Questions\n\n- " + " → [" * n),
    "Markdown links": _in_front(lambda n: "## Follow-up Questions\n\n- a → [" + "](" * n),
    "Markdown fences": _in_front(lambda n: "## Answer\n" + "".join(f"```a{i}\n" for i in range(n))),
    "Markdown rules": _written("b.md", lambda n: "---\n" + "--- x\n" * n),
    "blank lines": lambda folder, n: canonical("\n" * n + "x"),
    "blanks": lambda folder, n: canonical(" \t" * n + "x"),
    "follow-ups": lambda folder, n: _quietly(values.follow_ups, [{"text": "?"}] * n),
    "a line": lambda folder, n: _quietly(values.line, " " * n + "\r"),
}


def _quietly(read: Callable[[Any], Any], value: Any) -> None:
    with suppress(ValueError):
        read(value)


@pytest.mark.one_database
@pytest.mark.parametrize("kind", GROWING)
def test_ten_times_the_size_takes_about_ten_times_as_long(tmp_path: Path, kind: str) -> None:
    def seconds(size: int) -> float:
        """The processor time, at best: other programs can only add to it."""
        times = []
        for _ in range(3):
            begin = time.process_time()
            GROWING[kind](tmp_path, size)
            times.append(time.process_time() - begin)
        return min(times)

    small, large = seconds(4_000), seconds(40_000)

    assert large < 40 * max(small, 0.002)  # Quadratic would be a hundred times.
