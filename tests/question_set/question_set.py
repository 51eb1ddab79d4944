"""The question set as plain data: what `fixtures/` holds, read without Django."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from questions.text.code_blocks import without_blocks

FIXTURES = Path(__file__).parents[2] / "fixtures"
SECTIONS = ("answer", "explanation", "example", "mistakes", "scenario")


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
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)  # In C, ten times as fast.


def prose(markdown: str) -> str:
    """The text a reader reads: without fenced code and without the targets of links."""
    return re.sub(r"\]\([^)]*\)", "]", without_blocks(markdown))


def sentences(markdown: str) -> list[str]:
    """The sentences of the paragraphs and list items, without tables; full stops inside code end none."""
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", prose(markdown))
    spoken = [re.sub(r"`[^`]*`", lambda code: re.sub("[.!?]", "", code[0]), text) for text in paragraphs]
    ends = re.compile(r"(?<=[.!?])[*\"')]*\s+(?=[*\"'(\[]*[A-Z`])")
    return [sentence for text in spoken if not text.lstrip().startswith("|") for sentence in ends.split(text)]


def words(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return re.findall(r"[\w'’]+", text.lower())


def answers(code: str) -> set[str]:
    """The codes that a question's follow-ups lead to."""
    return {link[0] for item in questions()[code]["follow_ups"] if (link := item["answered_by"])}
