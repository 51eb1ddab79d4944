"""Abbreviations and other words for the same thing: those of `synonyms.txt`, and those that the hub's editors wrote."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from questions.finding.search.analysis import analyse
from questions.models import Synonym
from questions.version import once_a_version

FILE = Path(__file__).with_name("synonyms.txt")

Phrase = tuple[str, ...]
Synonyms = dict[Phrase, tuple[Phrase, ...]]


@once_a_version
def synonyms() -> Synonyms:
    """For each phrase of a group, all phrases of the group, itself first."""
    written = [[_phrase(text) for text in pair] for pair in Synonym.objects.values_list("phrase", "same_as")]
    return _with_groups(_of_file(), written)


@cache
def _of_file() -> Synonyms:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    groups = (line.split(",") for line in lines if line.strip() and not line.startswith("#"))
    return _with_groups({}, ([_phrase(text) for text in group] for group in groups))


def _with_groups(known: Synonyms, groups: Iterable[list[Phrase]]) -> Synonyms:
    found = dict(known)
    for group in groups:
        for phrase in filter(None, group):
            found[phrase] = tuple(dict.fromkeys((phrase, *found.get(phrase, ()), *filter(None, group))))
    return found


def _phrase(text: str) -> Phrase:
    return tuple(word for chunk in text.split() for word in analyse(chunk).words)
