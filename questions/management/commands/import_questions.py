"""`manage.py import_questions PATH`: questions from a file or a folder, all or none; it may do everything."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.exchange import files
from questions.exchange.comparison import Kind, Outcome
from questions.exchange.importer import Result, import_questions
from questions.exchange.rows import FileError

STEP = 100  # questions between two lines of progress
SIGNS = {Kind.NEW: "+", Kind.CHANGED: "~"}


class Command(BaseCommand):
    help = (
        f"Create and change questions by their code from a file that ends in {', '.join(files.READERS)}, or from a "
        "folder of Markdown. Everything is written in one transaction, or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do not do it")

    def handle(self, *args: Any, path: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        self.number, self.verbosity = 0, verbosity
        try:
            result = import_questions(files.read(path), dry_run=dry_run, tell=self.tell)
        except FileError as error:
            raise CommandError(f"{error} Nothing was written.") from None
        for taxon in result.new_taxa:
            self.stdout.write(f"+ {taxon._meta.verbose_name} {taxon}")
        self.report(result, dry_run)

    def tell(self, outcome: Outcome) -> None:
        """A line for what is new, a diff for what changes, and progress."""
        self.number += 1
        if outcome.kind != Kind.UNCHANGED and self.verbosity > 0:
            self.stdout.write(f"{SIGNS[outcome.kind]} {outcome.question}")
            for column, lines in outcome.changes():
                self.stdout.write("\n".join([f"    {column}:", *(f"    {line}" for line in lines)]))
        if self.number % STEP == 0:
            self.stderr.write(f"{self.number:,} questions read …")

    def report(self, result: Result, dry_run: bool) -> None:
        """The counts, and what is left out; or what is bad, as an error."""
        for note in result.notes:
            self.stderr.write(f"! {note}")
        if result.bad:
            rest = "\nThe rest was not read." if result.is_cut_short else ""
            reasons = "\n".join(map(str, result.bad))
            raise CommandError(f"{reasons}{rest}\nNothing was written.")
        self.stdout.write(f"{result.summary}.{' Nothing was written: this was a dry run.' if dry_run else ''}")
