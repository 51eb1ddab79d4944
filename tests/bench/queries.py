"""What readers might type: seeded searches, the same for every run over banks of the same seed."""

from random import Random

from tests.bench.generate import TECHNOLOGIES, Language, code_of

TYPO_RANKS = slice(50, 20_000)  # Words that are common enough to be known, and long enough to be mistyped.
PREFIXES = list(TECHNOLOGIES.values())


def searches(language: Language, number_of_questions: int) -> dict[str, list[str]]:
    """200 searches by kind."""
    random = language.random("searches")
    return {
        "words as they occur": [_zipf(language, random, 1 + n % 4) for n in range(60)],
        "any words": [_uniform(language, random, 1 + n % 4) for n in range(40)],
        "phrases": [f'"{phrase(language, random, 2 + n % 2)}"' for n in range(30)],
        "prefixes": [unfinished(language, random, 1 + n % 2) for n in range(20)],
        "typos": [mistyped(language, random) for _ in range(25)],
        "codes": [code(random, number_of_questions, n % 3) for n in range(15)],
        "without": [f"{_uniform(language, random, 1)} -{_zipf(language, random, 1)}" for _ in range(10)],
    }


def typings(language: Language) -> dict[str, list[str]]:
    """200 texts that stand in the search field while somebody types."""
    random = language.random("typings")
    return {
        "one word": [_cut(word.text, random) for word in language.draw(random, 70)],
        "any word": [_cut(random.choice(language.words).text, random) for _ in range(40)],
        "second word": [unfinished(language, random, 2) for _ in range(50)],
        "typos": [mistyped(language, random) for _ in range(25)],
        "codes": [code_of(random.choice(PREFIXES), 0)[: random.randint(3, 9)] for _ in range(15)],
    }


def phrase(language: Language, random: Random, length: int) -> str:
    """Neighbours in a sentence."""
    words = random.choice(language.sentences).text.rstrip(".").split()
    start = random.randrange(len(words) - length)
    return " ".join(words[start : start + length])


def unfinished(language: Language, random: Random, length: int) -> str:
    """Neighbours in a sentence, the last of them cut off."""
    *whole, last = phrase(language, random, length).split()
    return " ".join([*whole, _cut(last, random)])


def mistyped(language: Language, random: Random) -> str:
    """A word with one mistake: a letter left out, doubled or changed, or two swapped."""
    word = ""
    while not (len(word) > 5 and word.isalpha()):
        word = random.choice(language.words[TYPO_RANKS]).text
    at = random.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    changes = (
        before + after,
        before + letter * 2 + after,
        before + "q" + after,
        before + after[0] + letter + after[1:],
    )
    return random.choice(changes)


def code(random: Random, number_of_questions: int, style: int) -> str:
    """A code as people write it: whole, in lower case, or without its prefix."""
    whole = code_of(random.choice(PREFIXES), random.randrange(max(1, number_of_questions // (len(PREFIXES) + 3))))
    return (whole, whole.lower(), whole.partition("-")[2])[style]


def _zipf(language: Language, random: Random, number: int) -> str:
    return " ".join(word.text for word in language.draw(random, number))


def _uniform(language: Language, random: Random, number: int) -> str:
    return " ".join(word.text for word in random.choices(language.words, k=number))


def _cut(word: str, random: Random) -> str:
    return word[: random.randint(2, max(2, len(word) - 1))]
