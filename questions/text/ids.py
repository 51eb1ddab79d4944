"""The ids of headings and footnotes, as GitHub makes them: unique in all texts of one question."""

import re
from collections import Counter

LEFT_OUT = re.compile(r"[^\w\- ]")


class Ids:
    """Gives out ids, each once."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    def of(self, text: str) -> str:
        """An id made of a text, or nothing if there is nothing in it to make one of."""
        wanted = name = LEFT_OUT.sub("", text.strip().lower()).replace(" ", "-")
        while name and name in self.taken:
            name = f"{wanted}-{self.taken[wanted]}"
            self.taken[wanted] += 1
        self.taken[name] = 1
        return name
