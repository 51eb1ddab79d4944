"""`manage.py import_questions PATH`: questions from a file or a folder, all or none; it may do everything."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.exchange import files
from questions.exchange.comparison import Kind, Outcome
from questions.exchange.importer import Progress, Result, import_questions
from questions.exchange.mappings import mapped
from questions.exchange.plan import ADD, CHANGE, CREATE, DEFAULT, DEFAULTS, REFUSE, SKIP, TAKE, Plan
from questions.exchange.rows import FileError, Source, printable, quoted

STEP = 100  # questions between two lines of progress, where they cannot take each other's place
SIGNS = {Kind.NEW: "+", Kind.CHANGED: "~", Kind.SKIPPED: "="}


class Command(BaseCommand):
    help = (
        f"Create and change questions by their code from a file that ends in {', '.join(files.READERS)}, or from a "
        "folder of Markdown. Everything is written in one transaction, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do not do it")
        for name in DEFAULTS:
            parser.add_argument(f"--{name}", help=f"{name} of new questions, for rows that do not say")
        parser.add_argument(
            "--mapping", type=Path, help="a YAML file that says which column is which, such as `Frage: title`"
        )
        parser.add_argument(
            "--reading", default="", help="the sheet of a workbook, or what the questions are headed by"
        )
        parser.add_argument(
            "--unknown",
            choices=(REFUSE, CREATE, DEFAULT),
            default=REFUSE,
            help="what to do about technologies, categories and levels that the hub does not have: refuse the row, "
            "create them, or take what --technology, --category or --level says",
        )
        parser.add_argument(
            "--alike",
            choices=(REFUSE, TAKE, CREATE),
            default=REFUSE,
            help="what to do about those that are a mistake or two away from one that the hub has: refuse the row, "
            "take what the hub has, or treat them as any other that it does not have",
        )
        parser.add_argument(
            "--same-title",
            choices=(SKIP, CHANGE, ADD),
            default=SKIP,
            help="what to do about a row without a code whose title the hub has",
        )
        parser.add_argument(
            "--cut-titles",
            action="store_true",
            help="shorten titles that are too long or have several lines; all of it then begins the answer",
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        self.verbosity = verbosity
        try:
            source = files.read(path).read_as(options["reading"])
            plan = _plan(source, options)
            self.introduce(source, plan)
            result = import_questions(source, None, dry_run, self.tell, plan, self.progress)
        except FileError as error:
            raise CommandError(f"{error} Nothing was written.") from None
        finally:
            self.end_progress()
        for taxon in result.new_taxa:
            self.stdout.write(f"+ {taxon}")
        self.report(result, dry_run)

    def introduce(self, source: Source, plan: Plan) -> None:
        """Say what was understood, where that was not plain."""
        for notice in source.notices:
            self.stdout.write(printable(notice))
        renamed = [
            f"{quoted(column)} is {target}" for column, target in plan.columns.items() if target not in ("", column)
        ]
        if renamed:
            self.stdout.write(printable(f"Columns: {', '.join(renamed)}."))
        for sentence in plan.passed_over(source):
            self.stdout.write(sentence)

    def tell(self, outcome: Outcome) -> None:
        """A line for what is new, a diff for what changes, and what readers will not get of either."""
        if outcome.kind == Kind.UNCHANGED or self.verbosity == 0:
            return
        self.stdout.write(f"{SIGNS[outcome.kind]} {outcome.question}")
        if outcome.like:
            self.stdout.write(f"    like {outcome.like.code} {outcome.like.title} ({outcome.like.percent} %)")
        for notice in outcome.notices:
            self.stdout.write(f"    {notice}")
        if outcome.kind == Kind.CHANGED:
            for column, lines in outcome.changes():
                self.stdout.write("\n".join([f"    {column}:", *(f"    {line}" for line in lines)]))

    def progress(self, progress: Progress) -> None:
        """One line that changes on a terminal; else a line now and then."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{progress.number:,} questions {progress.done} …", ending="")
        elif progress.number and progress.number % STEP == 0:
            self.stderr.write(f"{progress.number:,} questions {progress.done} …")

    def end_progress(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")

    def report(self, result: Result, dry_run: bool) -> None:
        """The counts, and what is left out; or what is bad, as an error."""
        for note in result.notes:
            self.stderr.write(f"! {note}")
        if result.bad:
            rest = "\nThe rest was not read." if result.is_cut_short else ""
            reasons = "\n".join(map(str, result.bad))
            raise CommandError(f"{reasons}{rest}\nNothing was written.")
        self.stdout.write(f"{result.summary}.{' Nothing was written: this was a dry run.' if dry_run else ''}")


def _plan(source: Source, options: dict[str, Any]) -> Plan:
    """What was guessed, with what the operator says."""
    plan = Plan.guessed(
        source,
        is_sure=bool(options["mapping"]),
        defaults={name: options[name] for name in DEFAULTS if options.get(name)},
        unknown=options["unknown"],
        alike=options["alike"],
        same_title=options["same_title"],
        cuts_titles=options["cut_titles"],
    )
    return mapped(plan, source, options["mapping"]) if options["mapping"] else plan
