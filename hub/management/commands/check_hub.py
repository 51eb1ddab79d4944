"""`manage.py check_hub`: what an operator would look at, a sentence each."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hub.operations.checkup import checkup

SIGNS = {"ok": "  ok     ", "warning": "  look   ", "failure": "  WRONG  "}


class Command(BaseCommand):
    help = "Look at all that an operator would, from the database to the backups; exit with 1 if anything is wrong."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="A list of objects, for a machine.")

    def handle(self, **options: Any) -> None:
        findings = []
        for finding in checkup():
            findings.append(finding)
            if not options["json"]:
                self.stdout.write(f"{SIGNS[finding.level]}{finding.about}: {finding.sentence}")
        if options["json"]:
            self.stdout.write(json.dumps([finding._asdict() for finding in findings], indent=1))
        if any(finding.level == "failure" for finding in findings):
            sys.exit(1)
