"""Who did what and when, for superusers."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessFailureLog, AccessLog
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hub.accounts import audit

AUDIT = "/admin/audit/"


@pytest.fixture
def ann(editor: Client) -> User:
    """Who has logged in as an editor; that this has happened is forgotten."""
    AccessLog.objects.all().delete()
    return User.objects.get(username="admin")


def act(person: User, what: str = "PY-BEG-001", flag: int = CHANGE, days: int = 0) -> LogEntry:
    return LogEntry.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=what,
        action_flag=flag,
        action_time=timezone.now() - timedelta(days=days),
    )


def try_to_log_in(name: str, days: int = 0, is_right: bool = False, **more: Any) -> None:
    model = AccessLog if is_right else AccessFailureLog
    log = model.objects.create(username=name, ip_address="192.0.2.1", path_info="/admin/login/", **more)
    model.objects.filter(pk=log.pk).update(attempt_time=timezone.now() - timedelta(days=days))


def shown(client: Client, **query: Any) -> list[audit.Event]:
    response = client.get(AUDIT, query)
    assert response.status_code == 200
    return response.context["events"]


def test_everything_is_shown_newest_first(editor: Client, ann: User) -> None:
    try_to_log_in("ann", days=3, is_right=True)
    act(ann, days=2)
    try_to_log_in("ann", days=1)
    try_to_log_in("ann", locked_out=True)

    kinds = [event.kind for event in shown(editor)]

    assert kinds == ["Locked out", "Log-in failed", "Changed", "Logged in"]


def test_event_says_who_what_and_from_where(editor: Client, ann: User) -> None:
    act(ann, "<b>PY-BEG-001</b>")
    try_to_log_in("<i>ben</i>")

    html = editor.get(AUDIT).content.decode()

    assert "user “&lt;b&gt;PY-BEG-001&lt;/b&gt;”" in html
    assert f'href="/admin/auth/user/{ann.pk}/change/"' in html
    assert "&lt;i&gt;ben&lt;/i&gt;" in html
    assert "192.0.2.1" in html


def test_log_in_that_really_happens_is_shown(ann: User) -> None:
    ann.set_password("correct horse battery")
    ann.save()
    client = Client()
    for password in ("wrong", "correct horse battery"):
        client.post("/admin/login/", {"username": "admin", "password": password})

    assert [(event.kind, event.person) for event in shown(client)] == [
        ("Logged in", "admin"),
        ("Log-in failed", "admin"),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("added", "Added"), ("changed", "Changed"), ("deleted", "Deleted"), ("login", "Logged in"),
     ("failed", "Log-in failed"), ("locked", "Locked out")],
)  # fmt: skip
def test_events_of_a_kind(kind: str, expected: str, editor: Client, ann: User) -> None:
    for flag in (ADDITION, CHANGE, DELETION):
        act(ann, flag=flag)
    try_to_log_in("ann", is_right=True)
    try_to_log_in("ann")
    try_to_log_in("ann", locked_out=True)

    assert [event.kind for event in shown(editor, kind=kind)] == [expected]


def test_events_of_a_person(editor: Client, ann: User) -> None:
    act(ann)
    act(User.objects.create_user("ben"))
    try_to_log_in("ben")
    try_to_log_in("cat", is_right=True)

    assert {event.person for event in shown(editor, person="ben")} == {"ben"}
    assert len(shown(editor, person="ben")) == 2


def test_events_between_two_days(editor: Client, ann: User) -> None:
    today = timezone.now().date()
    for days in range(5):
        act(ann, f"{days} days ago", days=days)

    found = shown(editor, since=today - timedelta(days=3), until=today - timedelta(days=2))

    assert [event.what for event in found] == ["user “2 days ago”", "user “3 days ago”"]


def test_pages_follow_each_other_without_gap_or_overlap(editor: Client, ann: User) -> None:
    for number in range(audit.PAGE + 5):
        act(ann, str(number), days=audit.PAGE + 5 - number)

    first, second = shown(editor), shown(editor, page=2)

    assert (len(first), len(second)) == (audit.PAGE, 5)
    assert len({event.what for event in first + second}) == audit.PAGE + 5
    assert first[-1].time > second[0].time


def test_link_to_older_events_keeps_the_filter(editor: Client, ann: User) -> None:
    for _ in range(audit.PAGE + 1):
        act(ann)

    html = editor.get(AUDIT, {"kind": "changed", "person": "admin"}).content.decode()

    assert 'href="?kind=changed&amp;person=admin&amp;page=2"' in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"kind": "nonsense"}, "Select a valid choice. nonsense is not one of the available choices."),
        ({"since": "yesterday"}, "Enter a valid date."),
        ({"page": "41"}, "There is no such page; here is the first."),
        ({"page": "x"}, "There is no such page; here is the first."),
        ({"person": "x" * 151}, "Ensure this value has at most 150 characters"),
    ],
)
def test_bad_query_is_told_and_filters_nothing(query: dict[str, str], sentence: str, editor: Client, ann: User) -> None:
    act(ann)

    response = editor.get(AUDIT, query)

    assert sentence in response.content.decode()
    assert len(response.context["events"]) == 1


def test_page_asks_the_database_little_whatever_there_is(
    editor: Client, ann: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        act(ann)
        try_to_log_in("ann")
        try_to_log_in("ann", is_right=True)

    with django_assert_max_num_queries(12):
        shown(editor)


def test_nothing_is_said_where_nothing_happened(editor: Client, ann: User) -> None:
    assert b"Nothing of that kind has happened." in editor.get(AUDIT).content


def test_page_is_for_superusers_alone(client: Client, db: None) -> None:
    assert client.get(AUDIT)["Location"] == f"/admin/login/?next={AUDIT}"

    client.force_login(User.objects.create_user("ben", is_staff=True))

    assert client.get(AUDIT).status_code == 403


def test_page_only_reads(editor: Client) -> None:
    assert editor.post(AUDIT).status_code == 405


def test_superuser_finds_the_page_and_others_are_not_shown_it(editor: Client, client: Client) -> None:
    client.force_login(User.objects.create_user("ben", is_staff=True))

    assert f'href="{AUDIT}"' in editor.get("/admin/").content.decode()
    assert f'href="{AUDIT}"' not in client.get("/admin/").content.decode()


def test_import_and_export_are_told_with_the_person_and_the_file(editor: Client, ann: User) -> None:
    audit.record(ann, audit.IMPORT, "bank.yaml", "3 new")
    audit.record(ann, audit.EXPORT, "questions.zip", "54 questions")

    found = {(event.kind, event.person, event.what) for event in shown(editor)}

    assert found == {
        ("Imported", "admin", "“bank.yaml”: 3 new"),
        ("Exported", "admin", "“questions.zip”: 54 questions"),
    }
    assert [event.kind for event in shown(editor, kind="imported")] == ["Imported"]


def test_account_that_has_changed_something_stays_for_the_audit(admin_client: Client, admin_user: User) -> None:
    idle, busy = (User.objects.create_user(name) for name in ("idle", "busy"))
    LogEntry.objects.create(user=busy, action_flag=CHANGE, object_repr="PY-BEG-001")

    statuses = [admin_client.get(f"/admin/auth/user/{user.pk}/delete/").status_code for user in (idle, busy)]
    page = admin_client.get("/admin/auth/user/").content.decode()

    assert statuses == [200, 403]
    assert "delete_selected" not in page
