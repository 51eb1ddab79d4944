"""What is not published is on no public address, and what readers could see once leads on."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client

from questions import version
from questions.editorial.sharing import is_shareable
from questions.models import FollowUp, Question, SearchDocument
from questions.states import NOT_PUBLIC, STATES, UNPUBLISHED, WITHDRAWN, State
from questions.urls import urlpatterns
from tests.conftest import Bank

pytestmark = pytest.mark.django_db

# A question in every status that readers do not see.
HIDDEN = {f"PY-BEG-{number:03}": value for number, value in enumerate(NOT_PUBLIC, start=2)}
WITHDRAWN_CODES = [code for code, value in HIDDEN.items() if value in WITHDRAWN]
UNPUBLISHED_CODES = [code for code, value in HIDDEN.items() if value in UNPUBLISHED]
FORMS = ["/", ".md", ".json", "/drill/", "/push/", "/recall/"]
PATHS = [f"/{it.pattern}".replace("<code:code>", "PY-BEG-001").replace("<int:number>", "1") for it in urlpatterns]
QUERIES = ["", "?q=quokka", "?q=PY-BEG-00", "?technology=python", "?sort=newest", "?trail=PY-BEG-001"]


@pytest.fixture(scope="module", autouse=True)
def bank(kept_bank: Bank) -> Bank:
    """A published question with follow-ups that lead to others, which were published once and are not any more."""
    published = kept_bank.add("PY-BEG-001")
    for position, (code, status) in enumerate(HIDDEN.items()):
        hidden = kept_bank.add(code, title=f"What is a quokka, {code}?", answer="A quokka.", references="- quokka")
        FollowUp.objects.create(question=published, position=position, text="And then?", answered_by=hidden)
        FollowUp.objects.create(question=hidden, position=1, text="And a quokka?", answered_by=published)
        hidden.status = status
        hidden.save()
    return kept_bank


def text_of(client: Client, address: str) -> str:
    """What a reader gets, unpacked, without what the reader asked for."""
    response = client.get(address, follow=True)
    body = b"".join(response) if response.streaming else response.content
    if body.startswith(b"PK"):
        package = zipfile.ZipFile(BytesIO(body))
        body = b"".join(package.read(name) for name in package.namelist())
    return body.decode(errors="replace").replace("q=quokka", "").replace("“quokka”", "")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", PATHS)
def test_no_public_address_shows_what_is_not_published(client: Client, path: str, query: str) -> None:
    text = text_of(client, path + query)

    assert [code for code in HIDDEN if code in text] == []
    assert "quokka?" not in text
    assert "A quokka" not in text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", UNPUBLISHED_CODES)
def test_what_only_editors_see_is_not_found(client: Client, code: str, form: str) -> None:
    response = client.get(f"/questions/{code}{form}")

    assert response.status_code == 404
    assert "quokka" not in response.content.decode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", WITHDRAWN_CODES)
def test_withdrawn_question_is_gone_and_leads_on(client: Client, code: str, form: str) -> None:
    response = client.get(f"/questions/{code}{form}")

    html = response.content.decode()
    assert response.status_code == 410
    assert f"{code} has been archived." in html
    assert 'href="/questions/?technology=python&amp;level=beginner"' in html
    assert 'href="/questions/PY-BEG-001/"' in html
    assert "quokka" not in html


@pytest.mark.parametrize("code", WITHDRAWN_CODES)
def test_archived_question_without_company_leads_to_the_list(client: Client, code: str) -> None:
    Question.objects.public().delete()

    response = client.get(f"/questions/{code}/")

    assert response.status_code == 410
    assert "Related questions" not in response.content.decode()
    assert 'href="/questions/"' in response.content.decode()


@pytest.mark.parametrize("code", WITHDRAWN_CODES)
def test_any_letter_case_leads_to_the_archived_question(client: Client, code: str) -> None:
    response = client.get(f"/questions/{code.lower()}/", follow=True)

    assert response.status_code == 410


def test_only_what_is_published_is_counted(client: Client) -> None:
    found = client.get("/questions.json").json()

    assert found["count"] == 1


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_every_change_of_status_makes_a_new_version(status: str) -> None:
    version.forget()
    before = version.version()

    Question.objects.public().update(status=status)

    version.forget()
    assert version.version() != before


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.value)
def test_search_knows_what_readers_see_and_nothing_else(bank: Bank, state: State) -> None:
    question = bank.add("PY-BEG-900", status=state.value)

    assert SearchDocument.objects.filter(question=question).exists() == state.is_public
    assert Question.objects.public().contains(question) == state.is_public


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.value)
def test_only_a_question_that_readers_never_saw_has_no_date_of_publication(bank: Bank, state: State) -> None:
    assert (bank.add("PY-BEG-900", status=state.value).published_at is not None) == state.is_public


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.value)
def test_links_are_shared_to_what_only_editors_see(bank: Bank, state: State) -> None:
    assert is_shareable(bank.add("PY-BEG-900", status=state.value)) == (state.value in UNPUBLISHED)
