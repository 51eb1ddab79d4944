"""What a reader typed, as clauses that must or must not hold. Nothing typed is ever an error."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from questions.finding.search.analysis import analyse, apart
from questions.finding.search.dictionary import is_sound
from questions.finding.search.letters import IS_UNSPACED, normalise
from questions.finding.search.synonyms import synonyms

MAX_CLAUSES = 20
LONGEST_RUN = 4  # words that have a synonym together
TOKEN = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>\S+)')
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
EXCLUSION = re.compile(r"-[^\W\d_A-Z]{3,}")  # `-Xmx` and `-f` are options.
OPTIONS = re.compile(r"-(?:[aeiou]+|[b-df-hj-np-tv-xz]+)")  # `set -euo pipefail`: so is what no language has as a word.
# After these, a word with a minus is an option.
COMMANDS = frozenset(
    """apt awk bash cargo cat chmod chown conda cp curl cut dig docker du echo find gcc git go grep head helm java
    javac kill kubectl ln ls make mkdir mv mvn netstat node npm nmap pip poetry ps psql pytest python rm rsync ruff
    scp sed sort ss ssh su sudo systemctl tail tar terraform top touch uname uniq unzip uv wc wget xargs yarn
    zip""".split()
)

# Words of a whole sentence that say nothing about a subject; they count only when nothing else was typed.
# Those that are words of Python, too, are not among them: `for else`, `not in`, `with as`.
FILLERS = frozenset(
    """a an the this that these those there here i me my mine you your yours we us our ours he him his she her it its
    they them their somebody someone anybody anyone everybody everyone am are is was were be been being do does did
    doing done has have had having can could shall should will would may might must ought of or to so just really
    actually what which who whom whose why how vs versus between difference tell explain describe please ok okay well
    want wants wanted""".split()
)
# The same of Chinese and Japanese questions.
ASKING = re.compile(
    "什么是|是什么|什麼是|是什麼|为什么|為什麼|如何|怎么|怎样|有?哪些|とは(?:何(?:ですか|か)?)?|ですか|どのように"
)
CONTRACTION = re.compile(r"[a-z]+(?:n't|'(?:m|re|ve|ll|d))|(?:it|that|what|there|here|who|how|let)'s")

Phrase = tuple[str, ...]  # words that follow one another


@dataclass(frozen=True)
class Clause:
    """Any of some phrases must occur, or none of them. `typed` is the reader's own word where it may be mistyped."""

    spellings: tuple[Phrase, ...]  # of what was typed
    negated: bool = False
    typed: str | None = None
    is_quoted: bool = False
    others: tuple[Phrase, ...] = ()  # for the same thing

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return self.spellings + self.others

    def also(self, others: Iterable[Phrase]) -> Self:
        """The same, or any of these."""
        more = (phrase for phrase in dict.fromkeys(others) if phrase not in self.phrases)
        return replace(self, others=(*self.others, *more))


@dataclass(frozen=True)
class Query:
    """All clauses must hold."""

    clauses: tuple[Clause, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read words, "phrases" and -exclusions; abbreviations stand for what they abbreviate."""
        tokens = list(TOKEN.finditer(text.translate(QUOTES)))
        has_options = bool(tokens) and tokens[0][0].lower() in COMMANDS
        # Nobody begins with what they do not want.
        clauses = [clause for token in tokens for clause in _clauses(token, has_options or token is tokens[0])]
        telling = [clause for clause in clauses if not _is_filler(clause)] or clauses
        if all(clause.negated for clause in telling):  # There is nothing to exclude from: take it as text.
            telling = [replace(clause, negated=False) for clause in telling]
        return cls(tuple(_with_synonyms(telling[:MAX_CLAUSES])))

    @property
    def positive(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.negated)

    @property
    def as_typed(self) -> Self:
        """The same without other words for what was typed."""
        return replace(self, clauses=tuple(replace(clause, others=()) for clause in self.clauses))

    @property
    def negative(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.negated)


def _is_filler(clause: Clause) -> bool:
    return bool(clause.typed and (clause.typed in FILLERS or CONTRACTION.fullmatch(clause.typed)))


def _clauses(match: re.Match[str], has_options: bool) -> list[Clause]:
    """The clauses of one token; text without words has none."""
    if match["phrase"] is not None:
        phrase = tuple(words_in_order(match["phrase"]))
        return [Clause((phrase,), negated=bool(match["minus"]), is_quoted=True)] if phrase else []
    word = match["word"]
    negated = not has_options and _is_exclusion(word)
    asked = word.removeprefix("-") if negated else word
    parts = asked.split("/")
    if min(map(len, parts)) < 2:  # `try/except` asks for both, wherever they stand; `a/b` for one thing.
        parts = [asked]
    return [clause for part in parts for clause in _of_chunk(part, negated)]


def _is_exclusion(word: str) -> bool:
    return bool(EXCLUSION.fullmatch(word)) and (not OPTIONS.fullmatch(word) or is_sound(word.removeprefix("-")))


def _of_chunk(chunk: str, negated: bool) -> list[Clause]:
    """One clause; one for each pair of syllables where a script does not say what is a word."""
    if IS_UNSPACED.search(chunk):
        asked = ASKING.sub(" ", chunk)
        return [Clause(((word,),), negated) for word in words_in_order(asked) or analyse(chunk).words]
    found, wholes, _ = analyse(chunk)
    if not found:
        return []
    typed = normalise(chunk).strip(".,;:!?()[]'`")
    # `=:` is more than its `=`.
    is_word = not negated and (len(found) == 1 or bool(CONTRACTION.fullmatch(typed))) and analyse(typed).words == found
    spellings = [found, *((whole,) for whole in wholes), *filter(None, [apart(chunk)])]
    return [Clause(tuple(spellings), negated, typed if is_word else None)]


def words_in_order(text: str) -> list[str]:
    """The words of a text without the joined ones."""
    return [word for chunk in text.split() for word in analyse(chunk).words]


def _with_synonyms(clauses: list[Clause]) -> list[Clause]:
    """Each clause with the synonyms of the runs of words that it is part of: of no run within a longer one."""
    known = synonyms()
    result: list[Clause] = []
    while clauses:
        for length in range(min(LONGEST_RUN, len(clauses)), 0, -1):
            run = clauses[:length]
            others = known.get(tuple(word for clause in run for word in clause.spellings[0]), ())
            if length == 1 or (others and not any(clause.negated for clause in run)):
                result += [clause.also(others) for clause in run]
                clauses = clauses[length:]
                break
    return result
