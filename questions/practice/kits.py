"""An interviewer's kit: questions in order, minutes for each, and a role's title. A kit is its address.

Nothing of it is stored: `?title=Backend+engineer&questions=PY-BEG-001.5+PY-ADV-004.10` is all there is to know, and
nothing in it follows from what is in the database, so that the same address stands for the same kit for years.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from questions.codes import CodeConverter
from questions.models import Question
from questions.practice.kit_forms import KitForm

PARAMETERS = ("questions", "title")
MOST_QUESTIONS = 30
LONGEST = 180  # minutes for a question
MINUTES = 5  # for a question that has none of its own
SHOWN = 40  # characters of what was not understood

CODE = re.compile(rf"{CodeConverter.regex}\Z")
ADDRESS = re.compile(rf"/questions/({CodeConverter.regex})(?![\w-])")


class Item(NamedTuple):
    """A question of a kit, and the minutes it is given."""

    code: str
    minutes: int = MINUTES

    def __str__(self) -> str:
        return f"{self.code}.{self.minutes}"


@dataclass(frozen=True)
class Kit:
    """What an address says; `notices` tell what in it was not understood, which takes nothing from the rest."""

    title: str = ""
    items: tuple[Item, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict) -> "Kit":
        """The kit of an address."""
        form = KitForm(query)
        notices = form.notices()
        items = _unique(_items(form.cleaned_data.get("questions", ""), notices), notices)
        if len(items) > MOST_QUESTIONS:
            notices.append(f"A kit has at most {MOST_QUESTIONS} questions; those after them are left out.")
        return cls(form.cleaned_data.get("title", ""), tuple(items[:MOST_QUESTIONS]), tuple(notices))

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def words(self) -> str:
        """The questions as they stand in the address."""
        return " ".join(map(str, self.items))

    @property
    def query(self) -> str:
        """The address's query string."""
        pairs = [("title", self.title)] if self.title else []
        return urlencode([*pairs, ("questions", self.words)])

    def url(self, name: str = "kits") -> str:
        """The address of the kit, or of one of its sheets."""
        return f"{reverse(name)}?{self.query}"

    @property
    def interviewer_url(self) -> str:
        return self.url("kit_interviewer")

    @property
    def candidate_url(self) -> str:
        return self.url("kit_candidate")

    @property
    def scorecard_url(self) -> str:
        return self.url("kit_scorecard")

    def plus(self, code: str) -> "Kit":
        """The kit with one more question."""
        return replace(self, items=(*self.items, Item(code)))

    @cached_property
    def entries(self) -> list["Entry"]:
        """The items in order, each with its question as far as readers may know it."""
        codes = [item.code for item in self.items]
        public = _by_code(Question.objects.public().for_reading().filter(code__in=codes))
        withdrawn = _by_code(Question.objects.withdrawn().titles().filter(code__in=codes))
        return [
            Entry(n, item, public.get(item.code), withdrawn.get(item.code))
            for n, item in enumerate(self.items, start=1)
        ]


class Entry(NamedTuple):
    """A place in a kit: its question, or the one that was archived since, or neither where none has that code."""

    number: int
    item: Item
    question: Question | None
    withdrawn: Question | None

    @property
    def gone(self) -> str:
        """Why it cannot be asked, or nothing."""
        if self.question:
            return ""
        if self.withdrawn:
            return f"{self.item.code} has been archived since this kit was made."
        return f"There is no question {self.item.code}."


def _items(text: str, notices: list[str]) -> Iterator[Item]:
    for word in re.split(r"[\s,;]+", text):
        address = ADDRESS.search(word)
        code, _, minutes = (address[1] if address else word).partition(".")
        if CODE.match(code):
            yield Item(code.upper(), _minutes(code.upper(), minutes, notices))
        elif word:
            notices.append(f"“{_shortened(word)}” is not a question’s code, such as PY-ADV-004.")


def _minutes(code: str, text: str, notices: list[str]) -> int:
    if re.fullmatch(r"[0-9]{1,4}", text, re.ASCII) and 1 <= int(text) <= LONGEST:
        return int(text)
    if text:
        wrong = f"“{_shortened(text)}” minutes for {code} are not a whole number from 1 to {LONGEST}"
        notices.append(f"{wrong}; it is given {MINUTES}.")
    return MINUTES


def _unique(items: Iterable[Item], notices: list[str]) -> list[Item]:
    found: dict[str, Item] = {}
    for item in items:
        if item.code in found:
            notices.append(f"{item.code} was there twice; it stands where it came first.")
        found.setdefault(item.code, item)
    return list(found.values())


def _by_code(questions: Iterable[Question]) -> Mapping[str, Question]:
    return {question.code: question for question in questions}


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
