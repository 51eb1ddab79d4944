"""The question set as plain data: what `fixtures/` holds, read without Django."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FIXTURES = Path(__file__).parents[2] / "fixtures"
SECTIONS = ("answer", "explanation", "example", "mistakes", "scenario")
FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)


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


@cache
def questions() -> dict[str, dict[str, Any]]:
    """Every question's fields by code, with its follow-ups under `follow_ups` in order of position."""
    objects = [obj for path in sorted(FIXTURES.glob("questions/*.yaml")) for obj in _read(path)]
    found = {
        obj["fields"]["code"]: obj["fields"] | {"follow_ups": []}
        for obj in objects
        if obj["model"] == "questions.question"
    }
    follow_ups = [obj["fields"] for obj in objects if obj["model"] == "questions.followup"]
    for follow_up in sorted(follow_ups, key=lambda fields: fields["position"]):
        found[follow_up["question"][0]]["follow_ups"].append(follow_up)
    return found


def _read(path: Path) -> list[dict[str, Any]]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def blocks(markdown: str) -> Iterator[Block]:
    """The fenced blocks of a section, in order."""
    for match, after in pairwise([*FENCE.finditer(markdown), None]):
        assert match is not None
        follows = after and after["info"] == "text" and not markdown[match.end() : after.start()].strip()
        yield Block(match["info"], match["body"], after["body"] if after and follows else None)


def prose(markdown: str) -> str:
    """The text a reader reads: without fenced code and without the targets of links."""
    return re.sub(r"\]\([^)]*\)", "]", FENCE.sub("", markdown))


def words(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return re.findall(r"[\w'’]+", text.lower())


def answers(code: str) -> set[str]:
    """The codes that a question's follow-ups lead to."""
    return {link[0] for item in questions()[code]["follow_ups"] if (link := item["answered_by"])}
