"""Who fails to log in too often, and for how long."""

import re
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.utils import timezone

from hub.accounts import lockout

PASSWORD = "correct horse battery"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"
PAIR, ADDRESS = lockout.LIMITS


@pytest.fixture(autouse=True)
def _editors(db: None) -> None:
    for name in ("ann", "ben"):
        User.objects.create_superuser(name, password=PASSWORD)


def log_in(
    name: str = "ann", password: str = "wrong", address: str = HERE, client: Client | None = None, **more: Any
) -> HttpResponseBase:
    """The answer to a log-in; more of its WSGI environ may be told."""
    form = {"username": name, "password": password}
    return (client or Client()).post("/admin/login/", form, REMOTE_ADDR=address, **more)


def fail(times: int, name: str = "ann", address: str = HERE) -> HttpResponseBase:
    """The answer to the last of that many attempts."""
    return [log_in(name, address=address) for _ in range(times)][-1]


def pass_minutes(minutes: int) -> None:
    """Move all that has been counted into the past."""
    for attempt in AccessAttempt.objects.all():
        moved = attempt.attempt_time - timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=moved)


def test_few_failures_do_no_harm() -> None:
    failed = fail(PAIR - 1)

    assert failed.status_code == 200
    assert log_in(password=PASSWORD).status_code == 302


def test_too_many_failures_lock_out_even_the_right_password() -> None:
    assert fail(PAIR).status_code == 429

    assert log_in(password=PASSWORD).status_code == 429


def test_locked_out_page_says_when_to_try_again() -> None:
    page: Any = fail(PAIR)

    assert re.search(r"Try again at <strong>\d\d:\d\d</strong> \(UTC\), in about\s29.minutes", page.content.decode())
    assert 1790 <= int(page["Retry-After"]) <= 1800


def test_locked_out_page_names_the_hub() -> None:
    page: Any = fail(PAIR)

    assert b"<title>Too many log-ins failed | Knowledge Hub</title>" in page.content


def test_locked_out_page_has_no_inline_script_or_style_and_keeps_the_policy() -> None:
    page: Any = fail(PAIR)

    assert not re.search(rb"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page.content)
    assert "unsafe" not in page["Content-Security-Policy"]


def test_nobody_can_lock_an_editor_out_from_elsewhere() -> None:
    fail(PAIR, address=ELSEWHERE)

    assert log_in(password=PASSWORD, address=HERE).status_code == 302


def test_other_name_at_the_same_address_may_log_in() -> None:
    fail(PAIR)

    assert log_in("ben", PASSWORD).status_code == 302


def test_address_that_tries_many_names_is_locked_out() -> None:
    answers = [log_in(f"guess{number}").status_code for number in range(ADDRESS)]

    assert answers == [200] * (ADDRESS - 1) + [429]
    assert log_in(password=PASSWORD).status_code == 429


def test_other_browser_does_not_help_whoever_is_locked_out() -> None:
    for number in range(PAIR):
        log_in(HTTP_USER_AGENT=f"browser {number}")

    assert log_in(password=PASSWORD).status_code == 429


def test_log_in_forgives_the_failures_of_its_name() -> None:
    fail(PAIR - 1)
    log_in(password=PASSWORD)

    assert fail(PAIR - 1).status_code == 200


def test_log_in_does_not_forgive_its_address() -> None:
    for number in range(ADDRESS - 1):
        log_in(f"guess{number}")
    log_in("ben", PASSWORD)

    assert log_in("another").status_code == 429


def test_lock_out_ends_by_itself() -> None:
    fail(PAIR)

    pass_minutes(31)

    assert log_in(password=PASSWORD).status_code == 302


def test_attempts_during_a_lock_out_do_not_make_it_longer() -> None:
    fail(PAIR)
    pass_minutes(29)
    fail(10)

    pass_minutes(2)

    assert log_in(password=PASSWORD).status_code == 302


def test_what_is_past_is_deleted() -> None:
    fail(2)
    pass_minutes(31)

    fail(1, "ben")

    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["ben"]


def test_no_table_keeps_a_password() -> None:
    log_in(password="a secret that was typed")
    Client().post("/admin/login/?password=a+secret+that+was+typed", {"username": "ann", "password": "wrong"})

    rows = [*AccessAttempt.objects.values_list(), *AccessFailureLog.objects.values_list()]

    assert len(rows) >= 3
    assert "secret" not in str(rows)


def test_only_the_newest_rows_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockout, "KEPT", 3)

    fail(4)
    for _ in range(4):
        log_in(password=PASSWORD)

    assert AccessFailureLog.objects.count() == 3
    assert AccessLog.objects.count() == 3


def test_failure_is_logged_with_its_address_and_without_the_name(records: list[Any]) -> None:
    fail(PAIR)

    messages = [record.getMessage() for record in records if record.name == "hub.accounts.lockout"]

    assert messages == ["A log-in from 192.0.2.1 failed."] * (PAIR - 1) + ["A log-in from 192.0.2.1 is locked out."]


@pytest.mark.parametrize("name", ["ann\0", "x" * 5000, "", " ", "ünï", "'; DROP TABLE auth_user; --"])
def test_strange_names_are_answered(name: str) -> None:
    assert log_in(name).status_code == 200


def test_log_in_while_the_address_is_unknown_is_answered() -> None:
    assert fail(PAIR, address="").status_code == 429


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "found"),
    [
        ("", "192.0.2.1", None, "192.0.2.1"),
        ("", "127.0.0.1", "192.0.2.1", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1", "203.0.113.9, 192.0.2.1, 10.1.2.3", "192.0.2.1"),
        ("127.0.0.1", "198.51.100.7", "192.0.2.1", "198.51.100.7"),
        ("127.0.0.1", "127.0.0.1", "192.0.2.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "192.0.2.1", "192.0.2.1"),
        ("", "", "192.0.2.1", None),
        ("::1", "::1", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("127.0.0.1", "::ffff:127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("10.0.0.0/8", "10.0.0.1", "10.0.0.2", "10.0.0.2"),
    ],
)
def test_address_is_what_trusted_proxies_saw(
    trusted: str, peer: str, forwarded: str | None, found: str | None, settings: LazySettings, rf: RequestFactory
) -> None:
    settings.TRUSTED_PROXIES = tuple(ip_network(part) for part in trusted.split(",") if part)
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    request = rf.get("/", REMOTE_ADDR=peer, headers=headers)

    assert lockout.client_address(request) == found


def test_forwarded_address_counts_only_behind_a_trusted_proxy() -> None:
    for number in range(PAIR):
        log_in(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")

    assert log_in(password=PASSWORD).status_code == 429


def test_session_is_a_new_one_after_the_log_in() -> None:
    client = Client()
    log_in(password=PASSWORD, client=client)
    before = client.session.session_key

    log_in("ben", PASSWORD, client=client)

    assert client.session.session_key not in (None, before)
    assert client.get("/admin/").status_code == 200


def test_other_sessions_end_when_the_password_changes() -> None:
    here, there = Client(), Client()
    for client in (here, there):
        log_in(password=PASSWORD, client=client)
    form = {"old_password": PASSWORD, "new_password1": "a brand new phrase", "new_password2": "a brand new phrase"}

    here.post("/admin/password_change/", form)

    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302


def test_session_ends_after_a_working_day() -> None:
    client = Client()

    log_in(password=PASSWORD, client=client)

    assert client.session.get_expiry_date() - timezone.now() < timedelta(hours=12, seconds=1)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short words", "This password is too short. It must contain at least 12 characters."),
        ("qwerty123456", "This password is too common."),
        ("839201748392", "This password is entirely numeric."),
        ("catherine-ann", "The password is too similar to the username."),
    ],
)
def test_weak_password_is_refused_with_its_reason(password: str, sentence: str) -> None:
    User.objects.create_superuser("catherine-anne", password=PASSWORD)
    client = Client()
    log_in("catherine-anne", PASSWORD, client=client)
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}

    page = client.post("/admin/password_change/", form)

    assert sentence in page.content.decode()
