"""How well search finds what is meant: `queries.tsv` against the real set, beside what a database does by itself.

Each line of the file is a query, its kind, and the codes of the questions that answer it, graded 2 for the best and 1
for what will do; none for a query that nothing answers. MRR is the mean of 1 ÷ the place of the first answer.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from questions.finding.search.analysis import text_of
from questions.finding.search.results import Search
from questions.models import Question
from questions.sections import HTML_FIELDS
from tests.bench.rows import Row

FILE = Path(__file__).with_name("queries.tsv")
LATER = "# Added"
PLACES = 10  # that count
FIRST = 3
LEAST = {"all": 0.88, "natural": 0.8, "synonym": 0.75, "keyword": 0.93, "token": 0.93, "misspelt": 0.93}
LEAST_FIRST = {"all": 0.93}
LEAST_VAIN = 0.9
WORD = re.compile(r"\w+")


class Case(NamedTuple):
    """A query, its kind, the codes that answer it, and whether search was made without knowing it."""

    text: str
    kind: str
    codes: frozenset[str]
    is_later: bool


def cases() -> Iterator[Case]:
    is_later = False
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            is_later = line.startswith(LATER)
        else:
            text, kind, codes = line.split("\t")
            yield Case(text, kind, frozenset(re.findall(r"[\w-]+(?=:)", codes)), is_later)


def rows() -> Iterator[Row]:
    """The table; each kind with what SQLite's bm25 finds with all words, and with any."""
    known = list(cases())
    every, either = Bm25(" "), Bm25(" OR ")
    places = {name: _places(known, find) for name, find in (("hub", hub), ("all", every.find), ("any", either.find))}
    for kind in ("all", *dict.fromkeys(case.kind for case in known if case.codes)):
        number = len(places["hub"][kind])
        detail = ", ".join(
            f"{label} {mrr(places[name][kind]):.2f}" for name, label in (("all", "bm25"), ("any", "with OR"))
        )
        if later := places["hub"][f"{kind} later"]:
            detail += f"; the {len(later)} later ones {mrr(later):.2f}"
        yield Row(f"search: MRR, {kind} ({number})", mrr(places["hub"][kind]), "", None, LEAST.get(kind), detail)
        found = {name: mean(place <= FIRST for place in its[kind]) for name, its in places.items()}
        detail = f"bm25 {found['all']:.2f}, with OR {found['any']:.2f}"
        yield Row(f"  found in the first {FIRST}", found["hub"], "", None, LEAST_FIRST.get(kind), detail)
    vain = mean(Search(case.text).is_vain for case in known if not case.codes)
    yield Row("search: nothing answers, and it says so", vain, "", None, LEAST_VAIN)
    near = [case.text for case in known if case.codes and Search(case.text).is_vain]
    yield Row("  it says so though something does", len(near) / len(known), "", detail="; ".join(near[:3]))


def mrr(places: list[float]) -> float:
    return mean(1 / place for place in places)


def _places(known: list[Case], find: Callable[[str], list[str]]) -> dict[str, list[float]]:
    """For each kind the place of each query's first answer, infinite where none is among the first."""
    places: dict[str, list[float]] = defaultdict(list)
    for case in known:
        if case.codes:
            found = find(case.text)[:PLACES]
            place = next((n for n, code in enumerate(found, start=1) if code in case.codes), float("inf"))
            for kind in ("all", case.kind):
                places[kind].append(place)
                if case.is_later:
                    places[f"{kind} later"].append(place)
    return places


def hub(text: str) -> list[str]:
    """The codes that the hub finds, the best first."""
    ids = Search(text).ids({})[:PLACES]
    codes = dict(Question.objects.filter(pk__in=ids).values_list("pk", "code"))
    return [codes[pk] for pk in ids]


class Bm25:
    """SQLite's own ranking, its words joined by an operator, over the same questions in an index of its own."""

    def __init__(self, operator: str) -> None:
        self.operator = operator
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE it USING fts5(code, title, text, tokenize='porter unicode61')")
        for question in Question.objects.public().prefetch_related("follow_ups"):
            texts = [text_of(getattr(question, field)) for field in HTML_FIELDS]
            text = " ".join([*texts, *(follow_up.text for follow_up in question.follow_ups.all())])
            self.database.execute("INSERT INTO it VALUES (?, ?, ?)", [question.code, question.title, text])

    def find(self, text: str) -> list[str]:
        expression = self.operator.join(f'"{word}"' for word in WORD.findall(text))
        if not expression:
            return []
        statement = "SELECT code FROM it WHERE it MATCH ? ORDER BY bm25(it, 1, 12, 1) LIMIT ?"
        return [code for (code,) in self.database.execute(statement, [expression, PLACES])]
