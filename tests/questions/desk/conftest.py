"""Accounts that may do less than everything."""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def onlooker(db: None) -> Client:
    """A client logged in as staff without any permission."""
    client = Client()
    client.force_login(User.objects.create_user("onlooker", is_staff=True))
    return client
