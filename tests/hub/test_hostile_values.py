"""No value that an address or a form may carry makes the hub fail, on either database."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from questions.models import FollowUp, MissedSearch, Question, Vote
from tests.conftest import Bank
from tests.questions.editorial.conftest import filled_form

VALUES = [
    value.encode("utf-8", "surrogatepass")
    for value in (
        "",
        "abc",
        "a\0b",
        "-1.5e9",
        "40000",
        str(2**63),
        "9" * 30,
        "9" * 5_000,
        "١٢²",
        "\ud800\udfff\ufffe",
        "[" * 5_000,
        "\"'<>&%s%%{{}}\\",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    )
]
LIST = "/admin/questions/question/"
PARAMETERS = {
    LIST: "q p o all status__exact review difficulty technology__id__exact _changelist_filters _facets",
    f"{LIST}add/": "technology level category difficulty review_by title _to_field",
    f"{LIST}similar/": "title other_than",
    f"{LIST}proposed-code/": "technology level",
    f"{LIST}deleted/": "p",
    "/admin/questions/vote/": "q helpful__exact reason__isempty",
    "/admin/questions/missedsearch/": "q",
    "/admin/questions/level/": "q o",
    "/admin/auth/user/": "q is_staff__exact groups__id__exact",
    "/admin/auth/user/add/": "groups",
    "/admin/audit/": "person kind since until page",
    "/admin/login/": "next",
    "/admin/autocomplete/": "app_label model_name field_name term page",
    "/preview": "draft",
    "/questions/": "q page technology difficulty_min sort",
    "/questions.json": "q page",
    "/questions/recall/": "q page answers",
    "/questions/print/": "category answers",
    "/questions/PY-BEG-001/drill/": "trail",
    "/map/": "q level",
    "/suggest": "q",
}
AUTOCOMPLETE = {"app_label": "questions", "model_name": "question", "field_name": "technology"}
ACCOUNT = {"username": "ann", "groups": "1", "user_permissions": "1", "date_joined_0": "2026-01-01", "last_login_0": ""}
FORMS: Mapping[str, dict[str, str]] = {
    LIST: {"action": "archive", "_selected_action": "1", "index": "0", "comment": "", "seen_at": ""},
    f"{LIST}1/step/archive/": {"comment": "Old.", "seen_at": ""},
    f"{LIST}render/": {"text": ""},
    f"{LIST}export/": {"format": "zip"},
    "/admin/questions/vote/": {"action": "delete_selected", "_selected_action": "1"},
    "/admin/questions/level/": {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "1", "_save": "Save"},
    "/admin/questions/level/add/": {"name": "New", "slug": "new", "code_part": "NEW", "position": "1"},
    "/admin/auth/user/1/change/": ACCOUNT,
    "/admin/auth/group/add/": {"name": "Some", "permissions": "1"},
    "/admin/login/": {"username": "ann", "password": "secret", "next": "/"},
    "/votes/PY-BEG-001/": {"helpful": "yes", "reason": "Because."},
}
OF_QUESTIONS = """
technology difficulty review_by title seen theirs _to_field follow_ups-TOTAL_FORMS follow_ups-INITIAL_FORMS
follow_ups-0-id follow_ups-0-question follow_ups-0-position follow_ups-0-text follow_ups-0-answered_by
follow_ups-0-DELETE follow_ups-99999999999-position
""".split()


def routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """The route of every address."""
    for it in resolver.url_patterns:
        route = before + str(it.pattern)
        if isinstance(it, URLResolver):
            yield from routes(it, route)
        else:
            yield route


WITH_ARGUMENTS = sorted({route for route in routes(get_resolver()) if "<" in route and "(?P" not in route})


@pytest.fixture
def question(bank: Bank) -> Question:
    """A question with something of each kind that hangs on one."""
    question = bank.add()
    FollowUp.objects.create(question=question, position=1, text="And a tuple?", answered_by=question)
    Vote.objects.create(question=question, voter="a browser", helpful=False, reason="No.")
    MissedSearch.objects.create(text="nothing")
    Group.objects.create(name="Others")
    return question


def ask(client: Client, address: str, form: Mapping[str, Any] | None = None) -> None:
    """Ask, or send a form, and leave no trace; what the hub raises is raised here."""
    with transaction.atomic():
        if form is None:
            response = client.get(address)
        else:
            response = client.post(address, urlencode(form), "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    assert response.status_code < 500, (address[:200], form)


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize("route", WITH_ARGUMENTS)
def test_no_part_of_an_address_makes_it_fail(editor: Client, route: str) -> None:
    for value in VALUES:
        ask(editor, re.sub("<[^>]+>", quote(value, safe="") or "0", route))


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize("address", PARAMETERS)
def test_no_parameter_makes_a_page_fail(editor: Client, address: str) -> None:
    others = AUTOCOMPLETE if "autocomplete" in address else {}
    for name in PARAMETERS[address].split():
        for value in VALUES:
            ask(editor, f"{address}?{urlencode(others | {name: value})}")


@pytest.mark.parametrize("address", FORMS)
def test_no_field_makes_a_form_fail(editor: Client, question: Question, address: str) -> None:
    ids = {"questions": str(question.pk), "auth": str(User.objects.get().pk)}
    found = re.sub("/1/", f"/{ids.get(address.split('/')[2], '')}/", address)
    form = FORMS[address] | ({"_selected_action": str(question.pk)} if address == LIST else {})
    for name in form:
        for value in VALUES:
            ask(editor, found, form | {name: value})


@pytest.mark.parametrize("page", ["change", "preview"])
@pytest.mark.parametrize("name", OF_QUESTIONS)
def test_no_field_makes_the_form_of_a_question_fail(editor: Client, question: Question, name: str, page: str) -> None:
    for value in [*VALUES, b"[" * 100_000]:
        ask(editor, f"{LIST}{question.pk}/{page}/", filled_form(question) | {name: value})
