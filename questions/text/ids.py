"""The ids of headings and footnotes, as GitHub makes them: unique in all texts of one question."""

from collections import Counter
from unicodedata import category

KEPT = {"L", "M"}  # letters, and the marks on them
KEPT_ALONE = {"Nd", "Nl", "Pc"}  # digits, numerals and underscores


class Ids:
    """Gives out ids, each once."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    def of(self, text: str) -> str:
        """An id made of a text, or nothing if there is nothing in it to make one of."""
        wanted = name = "".join(filter(_is_kept, text.strip().lower())).replace(" ", "-")
        while name and name in self.taken:
            name = f"{wanted}-{self.taken[wanted]}"
            self.taken[wanted] += 1
        self.taken[name] = 1
        return name


def _is_kept(character: str) -> bool:
    kind = category(character)
    return character in " -" or kind[0] in KEPT or kind in KEPT_ALONE
