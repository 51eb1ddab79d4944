"""Arabic and Hebrew words without what is written together with them: articles, prepositions, pronouns.

Arabic follows light stemming (Larkey, Ballesteros and Connell 2002). Letters are normalised already: without marks, one
alif, ta marbuta as ha.
"""

import re
from collections.abc import Iterator

ARABIC, HEBREW = ("\u0600", "\u06ff"), ("\u0590", "\u05ff")
ARTICLE = re.compile("^(?:[وبكف]?ال|لل)(?=..)")
AND = re.compile("^[وفبلك](?=...)")
ENDING = re.compile("(?<=..)(?:ت?(?:ها|هم|هن|نا|كم|ه|ك)|ات|ان|ون|ين|يه|ي)$")
ENDINGS = 2  # one after the other
PREFIX = re.compile("^[ושהכלבמ]{1,2}(?=...)")


def takes_prefixes(word: str) -> bool:
    """Whether this is an Arabic or a Hebrew word."""
    return any(first <= word[0] <= last for first, last in (ARABIC, HEBREW))


def stem(word: str) -> str:
    """An Arabic word without its article and its endings; another word as it is."""
    if not ARABIC[0] <= word[0] <= ARABIC[1]:
        return word
    bare = ARTICLE.sub("", word)
    for _ in range(ENDINGS):
        bare = ENDING.sub("", bare)
    return bare


def without_prefix(word: str) -> Iterator[str]:
    """What a word may be without a letter in front that may be a word of its own."""
    if ARABIC[0] <= word[0] <= ARABIC[1] and not ARTICLE.match(word):
        yield from (stem(bare) for bare in [AND.sub("", word)] if bare != word)
    elif HEBREW[0] <= word[0] <= HEBREW[1]:
        found = PREFIX.match(word)
        yield from (word[length:] for length in range(1, found.end() + 1 if found else 1))
