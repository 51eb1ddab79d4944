"""`manage.py check_links`: whether the addresses that questions link to still answer, asked by an operator."""

import re
from argparse import ArgumentParser
from collections import defaultdict
from html import unescape
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.editorial.links import Visitor, interleaved
from questions.models import Question
from questions.sections import HTML_FIELDS

LINK = re.compile(r'<a [^>]*?\bhref="(https?://[^"/]+[^"]*)"')  # as nh3 writes it


class Command(BaseCommand):
    help = (
        "Visit every address that a published question links to, at most one a second of a host, and name those that "
        "do not answer. It needs the network and takes some minutes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="only these questions, such as PY-ADV-004")
        parser.add_argument(
            "--private", action="store_true", help="visit addresses of private networks too, such as this machine's"
        )

    def handle(self, codes: list[str], private: bool, **options: Any) -> None:
        users = _users_of_addresses([code.upper() for code in codes])
        visitor, broken = Visitor(private), 0
        for number, url in enumerate(interleaved(users), start=1):
            visit = visitor.visit(url)
            broken += visit.is_broken
            if visit.sentence:
                self.stdout.write(f"{', '.join(users[url])}: {url}: {visit.sentence}")
            if number % 20 == 0:
                self.stdout.write(f"{number:,} of {len(users):,} …")
                self.stdout.flush()
        self.stdout.write(f"{len(users):,} addresses, of which {broken:,} do not answer.")
        if broken:
            raise CommandError("Some addresses do not answer; mend the questions named above.")


def _users_of_addresses(codes: list[str]) -> dict[str, list[str]]:
    """Each address, without the place within the page, with the codes of the questions that link to it."""
    questions = Question.objects.public().order_by("code")
    if codes:
        questions = questions.filter(code__in=codes)
        if missing := set(codes) - set(questions.values_list("code", flat=True)):
            raise CommandError(f"There is no published question {', '.join(sorted(missing))}.")
    users: defaultdict[str, list[str]] = defaultdict(list)
    for question in questions.with_follow_ups("answer_html").iterator(chunk_size=100):
        texts = [getattr(question, field) for field in HTML_FIELDS]
        texts += [follow_up.answer_html for follow_up in question.follow_ups.all()]
        for url in sorted({unescape(found).partition("#")[0] for text in texts for found in LINK.findall(text)}):
            users[url].append(question.code)
    return users
