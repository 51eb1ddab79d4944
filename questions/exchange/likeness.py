"""Titles that the hub has: the same one again, and those that a new one is much like."""

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, utils

from questions.models import Question

LEAST = 85  # percent
RAREST = 3  # words of a title that candidates are looked up by
MOST_TITLES = 100_000  # of the hub, that are kept in memory
MOST_OF_A_WORD = 100  # titles that are compared for the sake of one word


class Like(NamedTuple):
    """A question, or a row, whose title is much like that of another."""

    code: str
    title: str
    percent: int


def folded(title: str) -> str:
    """A title without what hardly makes a difference: case, and how many spaces."""
    return " ".join(title.casefold().split())


class SameTitles:
    """The questions of the hub by technology and title, each to be claimed once, in the order of their codes.

    A file that has a title three times, without codes, so finds its own three questions when it comes again.
    """

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], deque[str]] = defaultdict(deque)
        for slug, title, code in Question.objects.order_by("code").values_list("technology__slug", "title", "code"):
            self.codes[slug, folded(title)].append(code)

    def claim(self, technology: str, title: str) -> str:
        """The code of the next question of a title, or nothing."""
        codes = self.codes.get((technology, folded(title)))
        return codes.popleft() if codes else ""


class Likeness:
    """Finds titles that are much like one, among those of the hub and those that were asked for before."""

    def __init__(self) -> None:
        self.titles: list[tuple[str, str]] = []
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self._add_all(Question.objects.order_by("pk").values_list("code", "title")[:MOST_TITLES])

    def of(self, code: str, title: str) -> Like | None:
        """The title that is most like this one, which is then known too."""
        words = sorted(_words(title), key=lambda word: len(self.by_word.get(word, ())))[:RAREST]
        found = {number for word in words for number in self.by_word.get(word, ())[:MOST_OF_A_WORD]}
        likes = (Like(*self.titles[number], self._score(title, number)) for number in sorted(found))
        best = max((it for it in likes if it.code != code), key=lambda it: it.percent, default=None)
        self._add_all([(code, title)])
        return best if best and best.percent >= LEAST else None

    def _score(self, title: str, number: int) -> int:
        return round(fuzz.token_sort_ratio(title, self.titles[number][1], processor=utils.default_process))

    def _add_all(self, titles: Iterable[tuple[str, str]]) -> None:
        for code, title in titles:
            for word in _words(title):
                self.by_word[word].append(len(self.titles))
            self.titles.append((code, title))


def _words(title: str) -> set[str]:
    return set(utils.default_process(title).split())
