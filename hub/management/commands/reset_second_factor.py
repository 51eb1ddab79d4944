"""`manage.py reset_second_factor NAME`: for somebody who lost both the device and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from hub.accounts import second_factor


class Command(BaseCommand):
    help = "Forget a user's second factor and recovery codes; the next log-in sets up new ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, name: str, **options: Any) -> None:
        try:
            user = User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no account {name}.") from None
        if not second_factor.reset(user):
            self.stdout.write(f"{name} has no second factor; nothing was changed.")
            return
        second_factor.record(user.pk, user, "The second factor was reset on the server.")
        self.stdout.write(f"{name} sets up a new second factor at the next log-in.")
