"""`manage.py run_examples`: the programs in questions, run by an operator; the dashboard shows which fail."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from questions.editorial.examples import MissingLibraryError, fault, without_network
from questions.models import ExampleRun, Question
from questions.sections import SECTIONS
from questions.text.code_blocks import Block, blocks

RIGHT, WRONG, NOT_RUN = "right", "wrong", "not run"


class Command(BaseCommand):
    help = (
        "Run every Python block of a published question that has a block of output below it, and compare. "
        "The programs run as the user who runs this command: run it where they can do no harm. "
        "`--verbosity 2` names the programs that need a library that is not installed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="only these questions, such as PY-ADV-004")

    def handle(self, codes: list[str], verbosity: int, **options: Any) -> None:
        prefix = without_network()
        if not prefix:
            self.stderr.write("This machine does not let the network be taken from programs; they keep it.")
        self.is_talkative = verbosity > 1
        self.libraries: set[str] = set()
        outcomes: Counter[str] = Counter()
        for question in _questions(codes).prefetch_related("follow_ups").iterator(chunk_size=100):
            if not (programs := _programs(question)):
                ExampleRun.objects.filter(question=question).delete()
                continue
            outcomes[self.outcome(question, programs, prefix)] += 1
            if outcomes.total() % 100 == 0 and (self.is_talkative or self.stdout.isatty()):
                self.stdout.write(f"{outcomes.total():,} questions …")
        summary = f"The programs of {outcomes[RIGHT]:,} questions are right, those of {outcomes[WRONG]:,} fail."
        if self.libraries:
            missing = ", ".join(sorted(self.libraries))
            summary += f" {outcomes[NOT_RUN]:,} have some that were not run, for lack of {missing}."
        if outcomes[WRONG]:
            raise CommandError(summary)
        self.stdout.write(summary)

    def outcome(self, question: Question, programs: list[tuple[str, Block]], prefix: tuple[str, ...]) -> str:
        """Run a question's programs, keep what came of them for the dashboard, and name what fails."""
        passed_over = len(programs)
        section = sentence = ""
        for field, block in programs:
            try:
                sentence = fault(block, prefix)
            except MissingLibraryError as missing:
                self.libraries.add(missing.library)
                if self.is_talkative:
                    self.stderr.write(f"{question.code}: {field}: {missing} It was not run.")
                continue
            passed_over -= 1
            if sentence:
                section = field
                self.stdout.write(f"{question.code}: {section}: {sentence}")
                break
        result = {"section": section, "fault": sentence[:300], "ran_at": timezone.now()}
        ExampleRun.objects.update_or_create(question=question, defaults=result)
        return WRONG if sentence else NOT_RUN if passed_over else RIGHT


def _questions(codes: list[str]) -> Any:
    questions = Question.objects.public().order_by("code")
    if not codes:
        return questions
    chosen = questions.filter(code__in=[code.upper() for code in codes])
    if missing := {code.upper() for code in codes} - set(chosen.values_list("code", flat=True)):
        raise CommandError(f"There is no published question {', '.join(sorted(missing))}.")
    return chosen


def _programs(question: Question) -> list[tuple[str, Block]]:
    """Each with the field of the question's form that it stands in."""
    texts = [(section.field, getattr(question, section.field)) for section in SECTIONS]
    texts += [(f"follow_ups-{row}-answer", it.answer) for row, it in enumerate(question.follow_ups.all())]
    return [(field, block) for field, text in texts for block in blocks(text) if block.is_program]
