"""A page that is only read needs no write of its session."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from tests.read_only import read_only_database

pytestmark = pytest.mark.django_db(transaction=True)

NO_SUCH_GROUP = "/admin/auth/group/999/change/"  # leads to the admin's first page with a message
SENTENCE = "group with ID “999” doesn’t exist."


def messages(response: Any) -> list[str]:
    assert response.status_code == 200
    return [str(message) for message in response.context["messages"]]


def test_message_is_shown_by_a_database_that_is_read_only_and_once_more_afterwards(admin_client: Client) -> None:
    admin_client.get(NO_SUCH_GROUP)

    with read_only_database():
        shown = messages(admin_client.get("/admin/"))
    again, gone = messages(admin_client.get("/admin/")), messages(admin_client.get("/admin/"))

    assert SENTENCE in shown[0]
    assert (again, gone) == (shown, [])


def test_secret_that_cannot_be_kept_is_not_shown(client: Client, settings: Any) -> None:
    settings.REQUIRE_OTP = True
    client.force_login(User.objects.create_superuser("ann"))

    with read_only_database():
        response = client.get("/admin/second-factor/enrol/")

    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_session_that_was_ended_elsewhere_meanwhile_is_not_written_anew(admin_client: Client) -> None:
    admin_client.get(NO_SUCH_GROUP)
    key = admin_client.session.session_key
    Session.objects.all().delete()

    assert admin_client.get("/admin/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()
