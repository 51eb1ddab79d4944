"""What a technology, a category or a level needs beside its name, when an import makes one of a name alone."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import chain, count, product
from string import ascii_uppercase
from typing import TypeVar

from django.utils.text import slugify

from questions.limits import LAST_TAXON
from questions.models import Category, Level, Taxon, Technology

Made = TypeVar("Made", bound=Technology | Category | Level)

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
LEAST, MOST = 2, 4  # letters of a technology's prefix
PART = 3  # letters of a level's part


def made(model: type[Made], name: str, known: Collection[Taxon]) -> Made:
    """An unsaved taxon of this name, the last among those that there are."""
    position = min(max((it.position for it in known), default=0) + 1, LAST_TAXON)
    taxon = model(name=name, slug=_slug(name, {it.slug for it in known}), position=position)
    if isinstance(taxon, Technology):
        taken = {it.code_prefix for it in known if isinstance(it, Technology)}
        taxon.code_prefix = next(it for it in _prefixes(name) if it not in taken)
    if isinstance(taxon, Level):
        taken = {it.code_part for it in known if isinstance(it, Level)}
        taxon.code_part = next(it for it in _parts(name) if it not in taken)
    return taxon


def _slug(name: str, taken: Collection[str]) -> str:
    """The name in an address, or a number where it has no Latin letters; never one that is taken."""
    base = slugify(_latin(name))[:50].strip("-")
    names = chain([base] if base else [], (f"{base or 'n'}-{number}" for number in count(2 if base else 1)))
    return next(it for it in names if it not in taken)


def _latin(name: str) -> str:
    """The name with signs that tell names apart in words: C++ and C# are not C."""
    spelt = name.replace("++", " plus plus").replace("#", " sharp").replace(".", " ")
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()


def _prefixes(name: str) -> Iterator[str]:
    """What codes could begin with: initials, or the first letters; in the end, any two."""
    words = WORD.findall(_latin(name))
    initials, letters = "".join(it[0] for it in words).upper(), "".join(words).upper()
    for prefix in (initials[:MOST], *(letters[:length] for length in range(LEAST, MOST + 1))):
        if len(prefix) >= LEAST:
            yield prefix
    yield from map("".join, chain(product(ascii_uppercase, repeat=LEAST), product(ascii_uppercase, repeat=LEAST + 1)))


def _parts(name: str) -> Iterator[str]:
    letters = "".join(WORD.findall(_latin(name))).upper()
    if len(letters) >= PART:
        yield letters[:PART]
    yield from map("".join, product(ascii_uppercase, repeat=PART))
