"""The common mistakes of a question as a list to tick: each is known by the words that its editor made bold."""

from html.parser import HTMLParser

LONGEST_WORDS = 120  # characters


class _Items(HTMLParser):
    """Collects the bold words, or else all the text, of each item of the outermost lists."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.bold = 0
        self.items: list[tuple[list[str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in ("ul", "ol")
        self.bold += tag == "strong"
        if tag == "li" and self.depth == 1:
            self.items.append(([], []))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in ("ul", "ol")
        self.bold -= tag == "strong"

    def handle_data(self, data: str) -> None:
        if self.items and self.depth:
            texts, bold = self.items[-1]
            texts.append(data)
            if self.bold:
                bold.append(data)


def mistakes_in(html: str) -> list[str]:
    """The words of each mistake, in order and once each."""
    parser = _Items()
    parser.feed(html)
    parser.close()
    found = (" ".join("".join(bold or texts).split())[:LONGEST_WORDS] for texts, bold in parser.items)
    return list(dict.fromkeys(words for words in found if words))
