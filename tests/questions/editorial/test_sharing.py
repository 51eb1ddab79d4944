"""Links that show a draft to people without an account."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from questions.editorial.sharing import SALT, share
from questions.models import FollowUp, Question
from tests.conftest import Bank


@pytest.fixture
def draft(bank: Bank) -> Question:
    return bank.add(status="draft", title="Is this a draft?", answer="It is *not* done.")


def path_of(question: Question) -> str:
    """A new link without the hub's address."""
    return share(question).url.removeprefix("http://127.0.0.1:8000")


def test_link_shows_the_draft_to_a_stranger(client: Client, draft: Question) -> None:
    FollowUp.objects.create(question=draft, position=1, text="And then?")

    html = client.get(path_of(draft)).content.decode()

    assert "<h1>Is this a draft?</h1>" in html
    assert "<em>not</em>" in html
    assert "And then?" in html
    assert "It is not published" in html


def test_link_shows_what_was_saved_last(client: Client, draft: Question) -> None:
    path = path_of(draft)
    draft.answer = "Changed."
    draft.save()

    assert "Changed." in client.get(path).content.decode()


def test_link_begins_with_the_address_of_the_hub_and_works_for_a_week(draft: Question) -> None:
    link = share(draft)

    assert link.url.startswith("http://127.0.0.1:8000/preview?draft=")
    assert abs(link.until - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)


def test_shared_page_is_kept_by_nobody_and_found_by_nobody(client: Client, draft: Question) -> None:
    response = client.get(path_of(draft))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_link_leads_to_the_question_once_it_is_published(client: Client, draft: Question) -> None:
    path = path_of(draft)
    draft.status = "published"
    draft.save()

    response = client.get(path)

    assert response["Location"] == "/questions/PY-BEG-001/"
    assert "no-store" in response["Cache-Control"]


def test_expired_link_says_so(client: Client, draft: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(draft)
    later = timezone.now().timestamp() + timedelta(days=7, minutes=1).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    response = client.get(path)

    assert response.status_code == 410
    assert "This link has expired" in response.content.decode()


def test_link_to_a_deleted_draft_says_so(client: Client, draft: Question) -> None:
    path = path_of(draft)
    draft.delete()

    assert client.get(path).status_code == 410


@pytest.mark.parametrize("query", ["", "draft=", "draft=1", "draft=a:b:c", "draft=%00", "draft=%F0%9F%92%A9:x:y"])
def test_link_that_is_none_says_so(client: Client, db: None, query: str) -> None:
    response = client.get(f"/preview?{query}")

    assert response.status_code == 404
    assert "There is no draft behind this link" in response.content.decode()


def test_link_signed_for_something_else_opens_nothing(client: Client, draft: Question) -> None:
    foreign = urlencode({"draft": signing.dumps(draft.pk, salt=f"{SALT}.other")})

    assert client.get(f"/preview?{foreign}").status_code == 404


def test_link_is_only_read(client: Client, draft: Question) -> None:
    assert client.post(path_of(draft)).status_code == 405


def test_form_of_a_draft_gives_a_link_that_works(editor: Client, client: Client, draft: Question) -> None:
    response = editor.get(f"/admin/questions/question/{draft.pk}/change/")

    html = response.content.decode()
    path = html.partition('value="http://127.0.0.1:8000')[2].partition('"')[0]
    assert client.get(path).status_code == 200


def test_form_of_a_published_question_gives_none(editor: Client, bank: Bank) -> None:
    question = bank.add()

    assert "Share a preview" not in editor.get(f"/admin/questions/question/{question.pk}/change/").content.decode()
