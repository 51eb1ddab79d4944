"""Markdown to safe HTML: the one door through which an editor's text reaches a page."""

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

import markdown

from questions.text.bounds import Bounds
from questions.text.commonmark import CommonMark
from questions.text.ids import Ids
from questions.text.sanitising import PREFIX, sanitised

RENDERER = 1  # Raised with every change to what texts become; `manage.py upgrade` then renders them again.
MAX_LENGTH = 50_000  # characters of one text
# What texts may become, since a link of a few characters can repeat an address of thousands.
MAX_HTML = 250_000  # characters, of one text
MAX_HTML_OF_QUESTION = 500_000  # characters, of all its texts
MAX_UNCLEAN = 4 * MAX_HTML  # characters, before sanitising, which would take long for a refusal

ID = re.compile(f' id="{PREFIX}([^"]*)"')
LINK = re.compile('(<a(?: [a-z-]+="[^"]*")*? href="#)([^"]+)"')


class MarkdownError(ValueError):
    """A text that cannot be rendered: a sentence that says why, and the text's position among those given."""

    def __init__(self, sentence: str, position: int = 0) -> None:
        super().__init__(sentence)
        self.sentence, self.position = sentence, position


def render(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Safe HTML for each of the texts of one question, within a second of processor time altogether.

    Raises MarkdownError for a text that is too long or becomes so, that is too slow, or that the libraries cannot take.
    """
    outcome = _outcome(sources)
    if isinstance(outcome, MarkdownError):
        raise MarkdownError(outcome.sentence, outcome.position)
    return outcome


@lru_cache(maxsize=256)  # A form renders when it is checked, and again when it is saved or previewed.
def _outcome(sources: tuple[str, ...]) -> tuple[str, ...] | MarkdownError:
    for position, source in enumerate(sources):
        if len(source) > MAX_LENGTH:
            sentence = f"This text has {len(source):,} characters; at most {MAX_LENGTH:,} fit."
            return MarkdownError(sentence, position)
    try:
        return tuple(_linked(_rendered(sources)))
    except MarkdownError as error:
        return error


def _rendered(sources: Sequence[str]) -> list[str]:
    renderer = markdown.Markdown(extensions=[CommonMark(Bounds(), Ids())])
    html: list[str] = []
    for position, source in enumerate(sources):
        try:
            made = renderer.reset().convert(source)
            html.append(sanitised(made) if len(made) <= MAX_UNCLEAN else made)
            _refuse_above(MAX_HTML, len(html[-1]), "This text")
            _refuse_above(MAX_HTML_OF_QUESTION, sum(map(len, html)), "With this text, the question")
        except TimeoutError:
            raise MarkdownError("This text takes too long to render; simplify its Markdown.", position) from None
        except RecursionError:
            raise MarkdownError("This text is nested too deeply; simplify its Markdown.", position) from None
        except ValueError as refusal:
            raise MarkdownError(str(refusal), position) from None
    return html


def _refuse_above(most: int, length: int, what: str) -> None:
    if length > most:
        raise ValueError(f"{what} becomes {length:,} characters of HTML; at most {most:,} fit. Make it shorter.")


def _linked(html: Sequence[str]) -> list[str]:
    """The texts, with links to what has an id in one of them; any other link may reach what the page has an id for."""
    ids = {name for text in html for name in ID.findall(text)}

    def address(match: re.Match[str]) -> str:
        return f'{match[1]}{PREFIX}{match[2]}"' if unquote(match[2]) in ids else match[0]

    return [LINK.sub(address, text) for text in html]
