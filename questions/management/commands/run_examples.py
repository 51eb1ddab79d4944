"""`manage.py run_examples`: the programs in questions, run by an operator; the dashboard shows which fail."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from questions.editorial.examples import MissingLibraryError, fault, without_network
from questions.models import ExampleRun, Question
from questions.sections import SECTIONS
from questions.text.code_blocks import Block, blocks


class Command(BaseCommand):
    help = (
        "Run every Python block of a published question that has a block of output below it, and compare. "
        "The programs run as the user who runs this command: run it where they can do no harm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="only these questions, such as PY-ADV-004")

    def handle(self, codes: list[str], **options: Any) -> None:
        prefix = without_network()
        if not prefix:
            self.stderr.write("This machine does not let the network be taken from programs; they keep it.")
        number = failed = 0
        for question in _questions(codes).prefetch_related("follow_ups").iterator(chunk_size=100):
            if not (programs := _programs(question)):
                ExampleRun.objects.filter(question=question).delete()
                continue
            section, sentence = self.first_fault(question, programs, prefix)
            result = {"section": section, "fault": sentence[:300], "ran_at": timezone.now()}
            ExampleRun.objects.update_or_create(question=question, defaults=result)
            number += 1
            if sentence:
                failed += 1
                self.stdout.write(f"{question.code}: {section}: {sentence}")
            if number % 100 == 0:
                self.stdout.write(f"{number:,} questions …")
        self.stdout.write(f"The programs of {number:,} questions were run; those of {failed:,} fail.")
        if failed:
            raise CommandError("Some programs fail; mend the questions named above.")

    def first_fault(
        self, question: Question, programs: list[tuple[str, Block]], prefix: tuple[str, ...]
    ) -> tuple[str, str]:
        """The field and the fault of the first program that fails; one that lacks a library is passed over."""
        for field, block in programs:
            try:
                if sentence := fault(block, prefix):
                    return field, sentence
            except MissingLibraryError as missing:
                self.stderr.write(f"{question.code}: {field}: {missing} It was not run.")
        return "", ""


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
