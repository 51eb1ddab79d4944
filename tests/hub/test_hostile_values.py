"""No value that an address or a form may carry makes the hub fail, on either database."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
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

pytestmark = pytest.mark.slow

ANYWHERE = ["a\0b", str(2**63), "9" * 5_000]
NESTED = ["[" * 4_000, '{"a":' * 1_000]
MOMENTS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
DAYS = ["0001-01-01", "9999-12-31"]
TEXTS = ["\ud800\udfff\ufffe", "\"'()<>&|!*:^%s%%{{}}\\"]
KEYS = ["abc", "-1", "١٢²"]
NUMBERS = ["40000", "-1.5e9", "NaN"]
# What else is telling where a name is one of these.
OF_KIND = {
    "q title term next text": TEXTS,
    "technology answered_by groups _selected_action id": KEYS,
    "difficulty position page TOTAL_FORMS": NUMBERS,
    "seen theirs draft trail _changelist_filters": NESTED,
    "since until review_by date_joined_0": DAYS,
    "seen_at": MOMENTS,
}
URLENCODED = "application/x-www-form-urlencoded"
LIST = "/admin/questions/question/"
PARAMETERS = {
    LIST: "q p o all status__exact review difficulty technology__id__exact _changelist_filters _facets",
    f"{LIST}add/": "technology difficulty review_by title _to_field",
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
    "/questions/PY-BEG-001/map/": "steps",
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
    "/admin/login/": {"username": "ann", "next": "/"},
    "/votes/PY-BEG-001/": {"helpful": "yes", "reason": "Because."},
}
OF_QUESTIONS = """
technology difficulty review_by title seen theirs _to_field follow_ups-0-id follow_ups-0-question
follow_ups-0-position follow_ups-0-text follow_ups-0-answered_by follow_ups-0-DELETE follow_ups-99999999999-position
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


def of_kind(name: str) -> Iterator[str]:
    """What is telling as a parameter or a field of that name alone."""
    return chain.from_iterable(values for names, values in OF_KIND.items() if name.rpartition("-")[2] in names.split())


def assert_no_failure(client: Client, address: str, form: Mapping[str, Any] | None = None) -> None:
    """Ask, or send a form, and leave no trace; what the hub raises is raised here."""
    with transaction.atomic():
        if form is None:
            response = client.get(address)
        else:
            response = client.post(address, urlencode(form, errors="surrogatepass"), URLENCODED)
        transaction.set_rollback(True)
    assert response.status_code < 500, (address[:200], form)


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize("route", WITH_ARGUMENTS)
def test_no_part_of_an_address_makes_it_fail(editor: Client, route: str) -> None:
    for value in ANYWHERE:
        assert_no_failure(editor, re.sub("<[^>]+>", quote(value, safe=""), route))


@pytest.mark.usefixtures("question")
@pytest.mark.parametrize("address", PARAMETERS)
def test_no_parameter_makes_a_page_fail(editor: Client, address: str) -> None:
    others = AUTOCOMPLETE if "autocomplete" in address else {}
    for name in PARAMETERS[address].split():
        for value in [*ANYWHERE, *of_kind(name)]:
            query = urlencode(others | {name: value}, errors="surrogatepass")
            assert_no_failure(editor, f"{address}?{query}")


@pytest.mark.parametrize("address", FORMS)
def test_no_field_makes_a_form_fail(editor: Client, question: Question, address: str) -> None:
    ids = {"questions": str(question.pk), "auth": str(User.objects.get().pk)}
    found = re.sub("/1/", f"/{ids.get(address.split('/')[2], '')}/", address)
    form = FORMS[address] | ({"_selected_action": str(question.pk)} if address == LIST else {})
    for name in form:
        for value in [*ANYWHERE, *of_kind(name)]:
            assert_no_failure(editor, found, form | {name: value})


@pytest.mark.parametrize("page", ["change", "preview"])
def test_no_field_makes_the_form_of_a_question_fail(editor: Client, question: Question, page: str) -> None:
    address, form = f"{LIST}{question.pk}/{page}/", filled_form(question)
    for value in ANYWHERE:
        assert_no_failure(editor, address, form | dict.fromkeys(OF_QUESTIONS, value))
    for name in [*OF_QUESTIONS, "follow_ups-TOTAL_FORMS"]:
        for value in of_kind(name):
            assert_no_failure(editor, address, form | {name: value})


def test_long_json_does_not_make_the_form_of_a_question_fail(editor: Client, question: Question) -> None:
    assert_no_failure(editor, f"{LIST}{question.pk}/change/", filled_form(question) | {"seen": "[" * 100_000})
