"""Colours for blocks of code, of Pygments' making, put into the element tree."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from questions.text.bounds import Bounds
from questions.text.code_blocks import described

SECONDS = 0.5  # for all code of one question
# Of the classes that Pygments marks code with, those that `prose.css` colours: every other would be a span for nothing.
COLOURED = set(
    "k kn kd kc kr ow s s1 s2 sa sd si se sr sx sb mi mf mh mo mb il nf nc nd fm nt na ne c c1 cm ch cs cp".split()
)

Run = tuple[str, str]  # a class, or none, and the code that it marks


class Highlighting(Treeprocessor):
    """Puts each block of code into a frame, and colours it while there is time if its fence names a known language."""

    def __init__(self) -> None:
        super().__init__()
        self.bounds = Bounds(SECONDS)

    def run(self, root: Element) -> None:
        for block in list(root.iter("pre")):
            code, tail = block[0], block.tail
            language, _ = described(code.attrib.pop("class", ""))
            self._colour(code, language)
            block.clear()
            block.tag, block.attrib, block.tail = "div", {"class": "highlight"}, tail
            SubElement(block, "pre").append(code)

    def _colour(self, code: Element, language: str) -> None:
        lexer_class = _lexer_class(language)
        if not lexer_class or not code.text:
            return
        try:
            runs = list(self._runs(lexer_class(stripnl=False, ensurenl=False), code.text))
        except TimeoutError:
            return
        code.text = ""
        for name, text in runs:
            if name:
                SubElement(code, "span", {"class": name}).text = text
            elif len(code):
                code[-1].tail = text
            else:
                code.text = text

    def _runs(self, lexer: Lexer, text: str) -> Iterator[Run]:
        for name, group in groupby(self._pieces(lexer, text), key=lambda piece: piece[0]):
            yield name, "".join(piece for _, piece in group)

    def _pieces(self, lexer: Lexer, text: str) -> Iterator[Run]:
        for kind, piece in lexer.get_tokens(text):
            self.bounds.check()
            name = STANDARD_TYPES.get(kind, "")
            yield name if name in COLOURED else "", piece


@lru_cache(maxsize=64)
def _lexer_class(language: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(language) if language else None
    except ClassNotFound:
        return None
