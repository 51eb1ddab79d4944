"""What to practise: lists by filter and of one's own, the star, resets."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from questions.models import Card, Learner, Level, PracticeEvent, PracticeList, Technology
from questions.practice import lists
from questions.practice.queue import Queue, Session
from tests.conftest import Bank
from tests.questions.practice.conftest import page, rate, send

pytestmark = pytest.mark.django_db


def add(reader: Client, query: str, **values: str) -> None:
    response = reader.post("/practice/lists/", {"post": uuid4(), "query": query, **values})
    assert response.status_code == 303


def codes() -> set[str]:
    return set(Queue(Learner.objects.get(), Session({})).scope.values_list("code", flat=True))


@pytest.fixture
def three(bank: Bank, sql: Technology, advanced: Level) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-ADV-001", level=advanced)
    bank.add("SQL-BEG-001", technology=sql)


def test_list_page_leads_to_practising_these(three: None, reader: Client) -> None:
    html = Client().get("/questions/?technology=python").content.decode()

    assert '<a href="/practice/lists/?technology=python" rel="nofollow">Practise these</a>' in html
    assert "2 questions: Python" in page(reader, "/practice/lists/?technology=python")


def test_any_filter_is_practised_under_its_name(three: None, reader: Client) -> None:
    add(reader, "technology=python&level=advanced")

    assert PracticeList.objects.get().name == "Python · Advanced"
    assert codes() == {"PY-ADV-001"}


def test_search_is_practised_too(three: None, bank: Bank, reader: Client) -> None:
    bank.add("PY-BEG-002", title="What is a descriptor?")

    add(reader, "q=descriptor", name="Descriptors")

    assert codes() == {"PY-BEG-002"}


def test_filters_that_nobody_knows_are_all_questions(three: None, reader: Client) -> None:
    add(reader, "technology=cobol&page=9&x=%00")

    assert PracticeList.objects.get().name == "All questions"
    assert len(codes()) == 3


def test_chosen_lists_add_up_and_none_chosen_is_all(three: None, reader: Client) -> None:
    add(reader, "technology=sql")
    add(reader, "level=advanced")
    assert codes() == {"SQL-BEG-001", "PY-ADV-001"}

    for it in PracticeList.objects.all():
        reader.post(f"/practice/lists/{it.pk}/", {"post": uuid4(), "action": "leave"})

    assert len(codes()) == 3


def test_star_is_a_list_that_leaves_the_others_chosen(three: None, reader: Client) -> None:
    form = {"post": uuid4(), "on": "Starred", "new": "For Tuesday"}

    response = reader.post("/practice/PY-BEG-001/lists/", form)

    assert response["Location"] == "/practice/PY-BEG-001/"
    assert len(codes()) == 3
    html = page(reader, "/practice/PY-BEG-001/lists/")
    assert re.findall(r'value="([^"]*)" checked', html) == ["Starred", "For Tuesday"]
    PracticeList.objects.filter(name="Starred").update(is_chosen=True)
    assert codes() == {"PY-BEG-001"}


def test_question_is_taken_off_a_list(three: None, reader: Client) -> None:
    reader.post("/practice/PY-BEG-001/lists/", {"post": uuid4(), "on": "Starred"})

    reader.post("/practice/PY-BEG-001/lists/", {"post": uuid4()})

    assert not PracticeList.objects.get().questions.exists()


def test_list_that_is_not_there_is_told(three: None, reader: Client) -> None:
    response = reader.post("/practice/PY-BEG-001/lists/", {"post": uuid4(), "on": "Nothing"})

    assert response.status_code == 400


def test_reset_of_a_list_begins_it_anew_and_can_be_undone(three: None, reader: Client) -> None:
    send(reader, "PY-BEG-001", rating=4)
    send(reader, "SQL-BEG-001", rating=4)
    add(reader, "technology=python")

    reader.post(f"/practice/lists/{PracticeList.objects.get().pk}/", {"post": uuid4(), "action": "reset"})
    assert Card.objects.get(question__code="PY-BEG-001").count == 0
    assert Card.objects.get(question__code="SQL-BEG-001").count == 1

    reader.post("/practice/undo/", {"post": uuid4()})
    assert Card.objects.get(question__code="PY-BEG-001").count == 1


def test_reset_of_everything_is_one_step(three: None, reader: Client) -> None:
    for code in ("PY-BEG-001", "SQL-BEG-001"):
        send(reader, code, rating=4)

    reader.post("/practice/lists/anew/", {"post": uuid4()})

    assert not Card.objects.filter(count__gt=0).exists()
    assert PracticeEvent.objects.count() == 4
    reader.post("/practice/undo/", {"post": uuid4()})
    assert Card.objects.filter(count=1).count() == 2


def test_renamed_and_deleted(three: None, reader: Client) -> None:
    add(reader, "technology=sql")
    path = f"/practice/lists/{PracticeList.objects.get().pk}/"

    reader.post(path, {"post": uuid4(), "action": "rename", "name": "Databases"})
    assert PracticeList.objects.get().name == "Databases"
    reader.post(path, {"post": uuid4(), "action": "delete"})

    assert not PracticeList.objects.exists()


def test_a_list_that_is_gone_is_told(three: None, reader: Client) -> None:
    add(reader, "technology=python")

    for number in (0, PracticeList.objects.get().pk + 1, 2**63):
        response = reader.post(f"/practice/lists/{number}/", {"post": uuid4(), "action": "delete"})

        assert response.status_code == 404
        assert "That list is not there any more. Nothing was changed." in response.content.decode()
    assert PracticeList.objects.count() == 1


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(three: None, reader: Client) -> None:
    reader.post("/practice/PY-BEG-001/lists/", {"post": uuid4(), "on": "Starred"})
    add(reader, "technology=sql")
    rename = {"post": uuid4(), "action": "rename", "name": "Starred"}
    renamed = reader.post(f"/practice/lists/{PracticeList.objects.get(name='SQL').pk}/", rename)

    new = reader.post("/practice/lists/", {"post": uuid4(), "name": "Starred", "query": "technology=python"})

    for response in (renamed, new):
        assert response.status_code == 400
        assert "You have a list called “Starred” already." in response.content.decode()
    assert 'value="technology=python"' in new.content.decode()
    assert set(PracticeList.objects.values_list("name", "query")) == {("Starred", None), ("SQL", "technology=sql")}


def test_a_ticked_list_that_is_gone_loses_none_of_the_others(three: None, reader: Client) -> None:
    response = reader.post("/practice/PY-BEG-001/lists/", {"post": uuid4(), "on": ["Gone", "Starred"], "new": "Mine"})

    html = response.content.decode()
    assert "A list that you ticked is not there any more." in html
    assert 'value="Starred" checked' in html
    assert 'value="Mine"' in html


def test_nobody_changes_anothers_list(three: None, learner: Learner, reader: Client) -> None:
    theirs = learner.lists.create(name="Mine", query="")
    send(reader, rating=3)

    for client in (reader, Client(headers={"sec-fetch-site": "same-origin"})):
        response = client.post(f"/practice/lists/{theirs.pk}/", {"post": uuid4(), "action": "delete"})
        assert response.status_code == 404
    assert learner.lists.exists()


def test_more_lists_than_there_can_be_are_refused(
    three: None,
    reader: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "MOST_LISTS", 1)
    add(reader, "technology=sql")

    response = reader.post("/practice/lists/", {"post": uuid4(), "query": "level=advanced"})

    assert response.status_code == 400
    assert PracticeList.objects.count() == 1


def test_list_follows_its_filters(three: None, bank: Bank, reader: Client) -> None:
    add(reader, "technology=python")
    bank.add("PY-BEG-009")

    assert "PY-BEG-009" in codes()


def test_archived_question_is_asked_no_more(bank: Bank, learner: Learner) -> None:
    question = bank.add()
    rate(learner, question, 1)
    question.status = "archived"
    question.save()

    assert Queue(learner, Session({})).codes == []
