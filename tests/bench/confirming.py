"""`python -m tests.bench.child confirming PATH`: a file that waits in the admin for whoever confirms its import."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from questions.exchange.files import read
from questions.exchange.plan import Plan
from questions.models import ImportFile


def main(path: str) -> None:
    """Print the address to confirm it at, and the headers of somebody who may."""
    user = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0]
    client, token = Client(), get_random_string(32)
    client.force_login(user)
    file = ImportFile(token=secrets.token_hex(16), owner=user, name=Path(path).name, content=Path(path).read_bytes())
    file.plan = Plan.guessed(read(Path(path))).to_json()
    file.save()
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    address = reverse("admin:questions_question_import_confirm", args=[file.token])
    print(json.dumps([address, {"Cookie": cookie, "X-CSRFToken": token}]))
