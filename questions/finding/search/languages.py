"""In which language a text is written, and the stems and the parts of compounds that its words have there.

Stems that are another language's than English are tagged, `deqvererb`: so that they are only found in its texts.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import Stemmer

from questions.finding.search.letters import normalise

# Words of a language that English has not.
COMMON = {
    "cs": "je jak co se na že pro nebo mezi proč jaký jaká jsou ve který není aby při když",
    "da": "og ikke hvad hvordan hvorfor af til som eller skal kan bliver mellem også er en et",
    "de": "der das und ist nicht ein eine einen für mit von den dem auf wird werden oder wie wenn kann sind bei auch",
    "es": "el la los las que qué es una por para con del cómo cuál cuándo entre y como más pero cuando función",
    "fi": "ja on ei että mikä miten miksi ovat se tai kun mitä voi kanssa",
    "fr": "le les des une est que qui pour dans avec sur du et ce quelle comment pourquoi entre sont ou pas",
    "hu": "az egy és hogy nem mi miért hogyan van között vagy mit ez",
    "id": "apa itu yang dan adalah dari dengan untuk dalam antara bagaimana mengapa tidak atau pada",
    "it": "il gli che è di una per con della sono come perché quando tra più nel cosa qual cos dei le",
    "nl": "de het een en van niet wat hoe waarom zijn voor met tussen wordt ook bij naar",
    "no": "og ikke hva hvordan hvorfor av til som eller skal kan blir mellom også er en et",
    "pl": "jest nie się na to jak czym co dlaczego między oraz jaka jaki przez dla czy z",
    "pt": "os uma que é por para com não como qual quando entre do da em são mais o",
    "ro": "este și un care pentru cu din ce cum sunt între sau nu mai de",
    "sv": "och att det är inte vad hur varför som för av med eller mellan kan till",
    "tr": "ve bir bu ne nedir nasıl neden için ile arasındaki mi olarak değil daha",
}
# Letters of one language, each as good as one of these words; texts that are shorter than a sentence have few of those.
LETTERS = {"cs": "ěřů", "de": "ß", "es": "ñ¿¡", "hu": "őű", "pl": "ąęłśż", "ro": "țţ", "tr": "ğış"}
ENGLISH = frozenset(
    "the of and is to in that it for with are this be as on by from what how when why which does at you if".split()
)
VIETNAMESE = frozenset("gi va giua khong duoc trong cua mot".split())  # It has no endings, and much that looks Romance.
NAMES = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
    "tr": "turkish",
}
PORTUGUESE_PLURAL = re.compile("[oa]es$")  # funções, of which the stemmer knows only the accents: função
LEAST = 2  # different common words or letters, to be sure
SAMPLE = 2_000  # characters that are looked at
WORD = re.compile(r"[^\W\d_]+")

COMPOUNDING = ("da", "de", "nl", "no", "sv")
LEAST_COMPOUND, LEAST_PART = 9, 4  # letters
ONSET = re.compile(r"(?:sch|st|sp|[bdfgkptv][lr]|kn|zw|qu|[b-df-hj-np-tv-z])?[aeiouy]")
VOWEL = re.compile(r"[aeiouy]")


@cache
def _common() -> dict[str, frozenset[str]]:
    return {code: frozenset(normalise(words).split()) for code, words in COMMON.items()}


def language_of(text: str) -> str:
    """The language of a text, such as `de`; nothing for English, and for what has a script of its own or is unknown."""
    words, letters = set(WORD.findall(normalise(text[:SAMPLE]))), set(text[:SAMPLE].lower())
    having = {code: len(words & its) + len(letters & set(LETTERS.get(code, ""))) for code, its in _common().items()}
    best = max(having, key=lambda code: having[code])
    return best if having[best] >= max(LEAST, len(words & (ENGLISH | VIETNAMESE)) + 1) else ""


@cache
def _stemmer(code: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(NAMES[code], 0)


def stem(letters: str, code: str) -> str:
    """The stem of a word in a language, tagged with it."""
    if code == "pt":
        letters = PORTUGUESE_PLURAL.sub("ao", letters)
    return f"{code}q{_stemmer(code).stemWord(letters)}"


@lru_cache(maxsize=4_000)
def stems(letters: str, code: str) -> tuple[str, ...]:
    """The stems of a word and of the parts of which it may be composed."""
    return tuple(dict.fromkeys([stem(letters, code), *_of_parts(letters, code)]))


def _of_parts(letters: str, code: str) -> Iterator[str]:
    if code in COMPOUNDING and len(letters) >= LEAST_COMPOUND:
        for at in range(LEAST_PART, len(letters) - LEAST_PART + 1):
            if ONSET.match(letters, at) and VOWEL.search(letters, 0, at):
                yield stem(letters[:at], code)
                yield stem(letters[at:], code)


def marker(code: str) -> str:
    """The word that each document in a language has; nothing for English."""
    return f"{code}qlanguage" if code else ""
