"""Questions from a file into the hub, by their codes: all of them, or none.

Everything is read, rendered and checked first, which takes long and keeps nobody from anything. What is good waits in a
temporary file, and is then written in one transaction.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from questions.exchange.candidates import Candidate, CandidateReader, Reasons, Unreadable
from questions.exchange.checking import objections
from questions.exchange.comparison import Bad, Kind, Outcome
from questions.exchange.images import Incoming
from questions.exchange.rows import Source, shortened
from questions.exchange.taxa import Taxa, Taxon
from questions.exchange.writing import Draft, Drafts, pks_of, write
from questions.limits import MOST_BAD
from questions.text.markdown import PROCESSES


def ignore(outcome: Outcome) -> None:
    """Nobody is told."""


@dataclass
class Result:
    """What an import came to; with anything bad, nothing was written."""

    counts: Counter[Kind] = field(default_factory=Counter)
    bad: list[Bad] = field(default_factory=list)
    notes: list[Bad] = field(default_factory=list)  # on what is left out of rows that are good otherwise
    new_taxa: list[Taxon] = field(default_factory=list)

    @property
    def is_cut_short(self) -> bool:
        """Whether so much is bad that the rest was not read."""
        return len(self.bad) >= MOST_BAD

    @property
    def summary(self) -> str:
        return ", ".join(f"{self.counts[kind]:,} {kind}" for kind in Kind)

    def add_bad(self, where: str, reasons: Reasons) -> None:
        every = (Bad.of(where, column, reason) for column, found in reasons.items() for reason in found)
        self.bad += islice(every, MOST_BAD - len(self.bad))


def import_questions(
    source: Source, user: Any = None, dry_run: bool = False, tell: Callable[[Outcome], None] = ignore
) -> Result:
    """Create and change questions; with anything bad, or as a dry run, write nothing.

    `user` is who imports, and may do no more than in the admin; nobody means the operator, who may do everything.
    `tell` hears of each good row, in order, before anything is written. Raises FileError for a source that cannot be
    read, and where somebody else changes the same questions before they are written.
    """
    result, taxa = Result(), Taxa()
    for plural, entries in source.taxonomies.items():
        result.bad += taxa.add(plural, entries, user)[: MOST_BAD - len(result.bad)]
    result.new_taxa = taxa.new
    if result.bad:
        return result
    with Drafts() as drafts, _renderers() as renderers, Incoming(source.files, user) as images:
        reader = CandidateReader(taxa, renderers)
        result.notes = images.notes
        links = _check(reader.read(images.rows(source.rows)), user, tell, result, None if dry_run else drafts)
        _check_links(links, reader.seen, result)
        if not dry_run and not result.bad:
            write(drafts, taxa, user, images)
    return result


@contextmanager
def _renderers() -> Iterator[ThreadPoolExecutor]:
    """Threads that each wait for a process that renders; what nobody waits for any more is not begun."""
    pool = ThreadPoolExecutor(PROCESSES)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _check(
    candidates: Iterator[Candidate | Unreadable],
    user: Any,
    tell: Callable[[Outcome], None],
    result: Result,
    drafts: Drafts | None,
) -> dict[str, str]:
    """Count, tell and draft what is good, note what is bad, and return where each code that answers is first named."""
    links: dict[str, str] = {}
    for candidate in candidates:
        outcome = _outcome(candidate, user, result)
        if outcome and isinstance(candidate, Candidate):
            result.counts[outcome.kind] += 1
            tell(outcome)
            if outcome.kind != Kind.UNCHANGED:
                links |= {code: candidate.where for _, _, code in candidate.follow_ups if code and code not in links}
                if drafts:
                    drafts.add(Draft.of(candidate))
        elif result.is_cut_short:
            break
    return links


def _outcome(candidate: Candidate | Unreadable, user: Any, result: Result) -> Outcome | None:
    """What becomes of a row; nothing, if it is bad."""
    if isinstance(candidate, Unreadable):
        result.add_bad(candidate.where, candidate.reasons)
        return None
    if not candidate.reasons and candidate.texts() == candidate.before:
        return Outcome(Kind.UNCHANGED, candidate.question, candidate.before, candidate.before)
    if reasons := objections(candidate, user):
        result.add_bad(candidate.where, reasons)
        return None
    kind = Kind.CHANGED if candidate.before else Kind.NEW
    return Outcome(kind, candidate.question, candidate.before, candidate.texts())


def _check_links(links: dict[str, str], seen: dict[str, str], result: Result) -> None:
    """Note the follow-ups whose answer is neither there nor on its way."""
    known = pks_of(links.keys() - seen.keys())
    for code in sorted(links.keys() - seen.keys() - known.keys()):
        reason = f"There is no question {shortened(code)}, neither in the hub nor in what is imported."
        result.add_bad(links[code], {"follow_ups": [reason]})
