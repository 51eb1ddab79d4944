"""`manage.py render_questions`: the HTML of every question again, after an upgrade of what renders it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.finding.search import documents
from questions.models import FollowUp, ImageUse, Question, Rendering
from questions.models.question import DERIVED_FIELDS
from questions.sections import MARKDOWN_FIELDS
from questions.text.markdown import MarkdownError


class Command(BaseCommand):
    help = "Render the Markdown of every question again, without changing when it was last updated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-older", action="store_true", help="only if another version of the hub rendered it")

    def handle(self, **options: Any) -> None:
        if options["if_older"]:
            if Rendering.objects.is_current():
                return
            self.stdout.write("The texts were rendered by another version of the hub. They are rendered again …")
        failed = self.render_all()
        Rendering.objects.note()
        if failed and not options["if_older"]:
            raise CommandError("Some questions keep their earlier HTML; mend the texts named above.")

    def render_all(self) -> int:
        """Render every text; returns how many are refused, each of which is named."""
        changed = failed = 0
        total = Question.objects.count()
        for number, question in enumerate(Question.objects.order_by("pk").iterator(chunk_size=100), start=1):
            before = [getattr(question, field) for field in DERIVED_FIELDS]
            try:
                question.render()
            except MarkdownError as error:
                failed += 1
                self.stderr.write(f"{question.code}: {MARKDOWN_FIELDS[error.position]}: {error}")
                continue
            if before != [getattr(question, field) for field in DERIVED_FIELDS]:
                changed += 1
                Question.objects.bulk_update([question], DERIVED_FIELDS)
                ImageUse.objects.note([question.pk])
                documents.index(Question.objects.filter(pk=question.pk))
            if number % 1000 == 0:
                self.stdout.write(f"{number:,} of {total:,} …")
        more_changed, more_failed = self.render_follow_ups()
        changed, failed = changed + more_changed, failed + more_failed
        self.stdout.write(f"{total:,} questions rendered, {changed:,} changed, {failed:,} refused.")
        return failed

    def render_follow_ups(self) -> tuple[int, int]:
        """Render the answers to follow-ups; returns how many changed, and how many were refused."""
        changed = failed = 0
        answered = FollowUp.objects.exclude(answer="").select_related("question").order_by("pk")
        for follow_up in answered.iterator(chunk_size=100):
            before = follow_up.answer_html
            try:
                follow_up.render()
            except MarkdownError as error:
                failed += 1
                self.stderr.write(f"{follow_up.question.code}: follow-up {follow_up.position}: {error}")
                continue
            if before != follow_up.answer_html:
                changed += 1
                FollowUp.objects.bulk_update([follow_up], ["answer_html"])
                ImageUse.objects.note([follow_up.question_id])
                documents.index(Question.objects.filter(pk=follow_up.question_id))
        return changed, failed
