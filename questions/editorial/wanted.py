"""Which of the searches that found nothing ask for a question: what several people look for, in words."""

from typing import NamedTuple

from rapidfuzz import fuzz

from questions.models import MissedSearch

LOOKED_AT = 200  # searches, the most frequent
LETTERS = 3  # of so many characters, at least one is a letter
ALIKE = 85  # percent, from which two texts are one search, typed differently


class Wanted(NamedTuple):
    """A search, with how often it and its look-alikes were typed."""

    text: str
    times: int


def wanted(most: int) -> list[Wanted]:
    """The most frequent, each once however it was spelled; what a single visitor typed is nobody else's need."""
    found: dict[str, int] = {}
    searches = MissedSearch.objects.filter(visitor="").order_by("-count", "-last_seen")
    for search in searches[:LOOKED_AT]:
        if is_in_words(search.text):
            text = next((text for text in found if fuzz.token_sort_ratio(text, search.text) >= ALIKE), search.text)
            found[text] = found.get(text, 0) + search.count
    return sorted((Wanted(*item) for item in found.items()), key=lambda it: -it.times)[:most]


def is_in_words(text: str) -> bool:
    """Whether a text has letters, in proportion to its signs and digits."""
    characters = "".join(text.split())
    return sum(map(str.isalpha, characters)) * LETTERS >= len(characters)
