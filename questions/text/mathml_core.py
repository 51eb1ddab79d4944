"""MathML as browsers show it: its core, which knows fewer elements and attributes than what libraries write."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

TOKENS = {"mi", "mn", "mo", "mtext"}  # They hold text, and elements are not shown in them.
LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
WITH_LIMITS = {"lim", "lim inf", "lim sup", "max", "min", "sup", "inf", "arg max", "arg min", "argmax", "argmin"}
VARIANTS = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "fraktur": "FRAKTUR",
    "monospace": "MONOSPACE",
    "sans-serif": "SANS-SERIF",
    "script": "SCRIPT",
}
OLDER = {"FRAKTUR": "BLACK-LETTER"}  # Some letters were in Unicode before the others.
SLASH = "⧸"  # for what is not so, to be laid over the next sign


def to_core(root: Element) -> None:
    """Change the tree of a formula into one that looks right in browsers."""
    for element in list(root.iter()):
        if element.tag in TOKENS and len(element):
            element.tag = "mrow"
        _use_letters_of_variant(element)
        if element.tag in LIMITS and " ".join((element[0].text or "").split()) in WITH_LIMITS:
            element.tag = LIMITS[element.tag]
            element[0].set("movablelimits", "true")
        _strike(element)
    for element in list(root.iter("mrow")):
        element[:] = list(_words(list(element)))


def _use_letters_of_variant(element: Element) -> None:
    """Write letters that have the style themselves, since browsers know no style but upright; words stay words."""
    variant = VARIANTS.get(element.get("mathvariant", ""))
    if variant and element.tag in ("mi", "mn"):
        element.text = "".join(_letter(variant, it) for it in element.text or "")
        del element.attrib["mathvariant"]


def _letter(variant: str, character: str) -> str:
    name = unicodedata.name(character, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    for wanted in (f"MATHEMATICAL {variant} {name}", f"{OLDER.get(variant, variant)} {name}"):
        try:
            return unicodedata.lookup(wanted)
        except KeyError:
            continue
    return character


def _strike(row: Element) -> None:
    """Join the slash of `\\not` with the sign after it."""
    for number, (slash, sign) in enumerate(zip(list(row), list(row)[1:], strict=False)):
        if slash.tag == "mpadded" and "".join(slash.itertext()) == SLASH and sign.text and not len(sign):
            sign.text = unicodedata.normalize("NFC", f"{sign.text[0]}\u0338{sign.text[1:]}")
            row[number] = Element("mrow")


def _words(elements: list[Element]) -> Iterator[Element]:
    """The elements, with upright letters that make a word as one: so it is spoken, and found."""
    for is_upright, group in groupby(elements, lambda it: it.tag == "mi" and it.get("mathvariant") == "normal"):
        letters = list(group)
        if is_upright and len(letters) > 1:
            letters[0].text = "".join(it.text or "" for it in letters)
            del letters[0].attrib["mathvariant"]
            letters = letters[:1]
        yield from letters
