"""The page that says what was tested for accessibility."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PATH = "/accessibility/"


def test_it_says_what_was_tested_and_what_remains(client: Client) -> None:
    text = client.get(PATH).content.decode()

    assert "<h1>Accessibility</h1>" in text
    assert "What is tested with every change" in text
    assert "What is known to remain" in text


def test_every_page_links_to_it(client: Client) -> None:
    assert f'href="{PATH}"' in client.get("/questions/").content.decode()


def test_it_is_the_same_for_everyone(client: Client, editor: Client) -> None:
    stranger, logged_in = client.get(PATH), editor.get(PATH)

    assert stranger.content == logged_in.content
    assert not stranger.cookies


def test_it_is_only_read(client: Client) -> None:
    assert client.post(PATH).status_code == 405
