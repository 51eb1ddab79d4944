"""Footnotes have names as links have: in any case, and the first of a name counts."""

from collections import UserDict

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore


class Names(UserDict[str, int]):
    """The footnotes there are, by their names in any case."""

    def __getitem__(self, name: str) -> int:
        return super().__getitem__(name.casefold())

    def __setitem__(self, name: str, number: int) -> None:
        super().__setitem__(name.casefold(), number)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(str(name).casefold())


def footnote_names(parser: MarkdownIt) -> None:
    """Bring names into one case before footnotes are put below the text."""
    parser.core.ruler.before("block", "footnote_names", _begin)
    parser.core.ruler.before("footnote_tail", "first_footnotes", _keep_first)


def _begin(state: StateCore) -> None:
    state.env["footnotes"] = {"refs": Names(), "list": {}, "repeated": []}


def _keep_first(state: StateCore) -> None:
    seen: set[str] = set()
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            name = token.meta["label"].casefold()
            if name in seen:
                state.env["footnotes"]["repeated"].append(name)
                name = ""  # No footnote is called nothing: this one is left out.
            token.meta["label"] = name
            seen.add(name)
    for footnote in state.env["footnotes"]["list"].values():
        footnote["label"] = footnote["label"].casefold()
