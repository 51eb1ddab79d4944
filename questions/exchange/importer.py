"""Questions from a file into the hub, by their codes: all of them, or none.

Everything is read, rendered and checked first, which takes long and keeps nobody from anything. What is good waits in a
temporary file, and is then written in one transaction.
"""

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from questions.exchange.candidates import Candidate, CandidateReader, Unreadable
from questions.exchange.checking import objections
from questions.exchange.comparison import Bad, Kind, Outcome
from questions.exchange.images import Incoming
from questions.exchange.likeness import Likeness
from questions.exchange.notices import notices
from questions.exchange.plan import Plan
from questions.exchange.rows import Source, shortened
from questions.exchange.sentences import Reasons
from questions.exchange.taxa import Taxa
from questions.exchange.writing import Draft, Drafts, pks_of, write
from questions.limits import MOST_BAD

STEP = 25  # questions between two reports of progress


def ignore(heard: object) -> None:
    """Nobody is told."""


class Progress(NamedTuple):
    """How far an import is: so many questions have been read, or written."""

    number: int
    done: str


@dataclass
class Result:
    """What an import came to; with anything bad, nothing was written."""

    counts: Counter[Kind] = field(default_factory=Counter)
    bad: list[Bad] = field(default_factory=list)
    notes: list[Bad] = field(default_factory=list)  # on what is left out of rows that are good otherwise
    taxa: Taxa | None = None

    @property
    def new_taxa(self) -> list[str]:
        """What is made to sort questions by."""
        return self.taxa.new_in_words if self.taxa else []

    @property
    def is_cut_short(self) -> bool:
        """Whether so much is bad that the rest was not read."""
        return len(self.bad) >= MOST_BAD

    @property
    def summary(self) -> str:
        told = [kind for kind in Kind if kind != Kind.SKIPPED or self.counts[kind]]
        return ", ".join(f"{self.counts[kind]:,} {kind}" for kind in told)

    def add_bad(self, where: str, reasons: Reasons) -> None:
        every = (Bad.of(where, column, reason) for column, found in reasons.items() for reason in found)
        self.bad += islice(every, MOST_BAD - len(self.bad))


def import_questions(
    source: Source,
    user: Any = None,
    dry_run: bool = False,
    tell: Callable[[Outcome], None] = ignore,
    plan: Plan | None = None,
    progress: Callable[[Progress], None] = ignore,
) -> Result:
    """Create and change questions, as `importing` does, and return what it came to."""
    steps = importing(source, user, dry_run, tell, plan)
    while True:
        try:
            progress(next(steps))
        except StopIteration as end:
            return end.value


def importing(
    source: Source,
    user: Any = None,
    dry_run: bool = False,
    tell: Callable[[Outcome], None] = ignore,
    plan: Plan | None = None,
) -> Generator[Progress, None, Result]:
    """Create and change questions, step by step; with anything bad, or as a dry run, write nothing.

    `user` is who imports, and may do no more than in the admin; nobody means the operator, who may do everything.
    `tell` hears of each good row, in order, before anything is written. Raises FileError for a source that cannot be
    read, and where somebody else changes the same questions before they are written. Whoever does not go on to the end
    has written nothing.
    """
    plan = plan or Plan()
    result, taxa = Result(), Taxa(user, plan.unknown, plan.alike)
    for plural, entries in source.taxonomies.items():
        result.bad += taxa.add(plural, entries)[: MOST_BAD - len(result.bad)]
    result.taxa = taxa
    if result.bad:
        return result
    with Drafts() as drafts, Incoming(source.files, user) as images:
        reader = CandidateReader(taxa, plan, _codes(source, plan))
        result.notes = images.notes
        check = _Check(user, tell, result, None if dry_run else drafts)
        yield from check.all(reader.read(images.rows(plan.rows(source))))
        _check_links(check.links, reader.seen, result)
        if not dry_run and not result.bad:
            for number in write(drafts, taxa, user, images):
                yield Progress(number, "written")
    return result


def _codes(source: Source, plan: Plan) -> Collection[str]:
    """The codes that a file gives, which no other of its questions may get; none where all questions have theirs."""
    codes = [row.fields.get("code") for row in plan.rows(source)]
    is_complete = all(codes)
    return () if is_complete else {code.strip().upper() for code in codes if isinstance(code, str)}


class _Check:
    """Counts, tells and drafts what is good, and notes what is bad."""

    def __init__(self, user: Any, tell: Callable[[Outcome], None], result: Result, drafts: Drafts | None) -> None:
        self.user, self.tell, self.result, self.drafts = user, tell, result, drafts
        self.links: dict[str, str] = {}  # where each code that answers is first named

    @cached_property
    def likeness(self) -> Likeness:
        return Likeness()

    def all(self, candidates: Iterator[Candidate | Unreadable]) -> Iterator[Progress]:
        """Check all candidates, or as many as it takes to know that the file is nonsense."""
        for number, candidate in enumerate(candidates, start=1):
            outcome = self._outcome(candidate)
            if outcome and isinstance(candidate, Candidate):
                self._take(candidate, outcome)
            elif self.result.is_cut_short:
                return
            if number % STEP == 0:
                yield Progress(number, "read")

    def _take(self, candidate: Candidate, outcome: Outcome) -> None:
        self.result.counts[outcome.kind] += 1
        self.tell(outcome)
        if outcome.kind in (Kind.NEW, Kind.CHANGED):
            self.links |= {
                it.code: candidate.where for it in candidate.follow_ups if it.code and it.code not in self.links
            }
            if self.drafts:
                self.drafts.add(Draft.of(candidate))

    def _outcome(self, candidate: Candidate | Unreadable) -> Outcome | None:
        """What becomes of a row; nothing, if it is bad."""
        if isinstance(candidate, Unreadable):
            self.result.add_bad(candidate.where, candidate.reasons)
            return None
        question, before, after = candidate.question, candidate.before, candidate.texts()
        if not candidate.reasons and after == before:
            return Outcome(Kind.UNCHANGED, question, before, before)
        if candidate.is_skipped:
            return Outcome(Kind.SKIPPED, question, before, after)
        if reasons := objections(candidate, self.user):
            self.result.add_bad(candidate.where, reasons)
            return None
        if before:
            return Outcome(Kind.CHANGED, question, before, after, notices(question))
        like = self.likeness.of(question.code, question.title)
        return Outcome(Kind.NEW, question, before, after, notices(question), like)


def _check_links(links: dict[str, str], seen: dict[str, str], result: Result) -> None:
    """Note the follow-ups whose answer is neither there nor on its way."""
    known = pks_of(links.keys() - seen.keys())
    for code in sorted(links.keys() - seen.keys() - known.keys()):
        reason = f"There is no question {shortened(code)}, neither in the hub nor in what is imported."
        result.add_bad(links[code], {"follow_ups": [reason]})
