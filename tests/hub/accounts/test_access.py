"""Who may see what in the admin, at every address that it has."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from questions.models import MissedSearch, Question, Synonym, Vote
from tests.conftest import Bank
from tests.questions.pictures import kept

# What anybody who may enter the admin gets there; all else needs a right of its own.
OPEN_TO_STAFF = {
    "index": 200,
    "login": 302,
    "logout": 405,
    "password_change": 200,
    "password_change_done": 200,
    "jsi18n": 200,
    "second_factor": 302,
    "enrol": 302,
    "qr_code": 302,
    "recovery_codes": 302,
    "view_on_site": 302,
    "app_list": 404,
}
RIGHTS = {"changelist": "view", "change": "view", "history": "view", "add": "add", "delete": "delete"}


def patterns(resolver: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the admin, with its placeholders."""
    for it in resolver.url_patterns:
        if isinstance(it, URLResolver):
            yield from patterns(it, prefix + str(it.pattern))
        else:
            yield prefix + str(it.pattern), it


def admin_patterns() -> list[tuple[str, URLPattern]]:
    root = next(it for it in get_resolver().url_patterns if getattr(it, "app_name", None) == "admin")
    return list(patterns(root, "/admin/"))


def filled(pattern: str, question: Question) -> str:
    """The address with the id of something that exists in place of each placeholder."""
    for model in admin.site._registry:
        if pattern.startswith(f"/admin/{model._meta.app_label}/{model._meta.model_name}/<"):
            thing = model._default_manager.first()
            assert thing, f"There is no {model._meta.verbose_name} to ask for: add one to the fixture `addresses`."
            return re.sub(r"<[^>]*>", str(thing.pk), pattern)
    pattern = re.sub(r"r/<path:content_type_id>", f"r/{ContentType.objects.get_for_model(Question).pk}", pattern)
    pattern = re.sub(r"\^?\(\?P<app_label>([a-z_]+)[^)]*\)/\$", r"\1/", pattern)
    pattern = re.sub(r"\(\?P<url>.*", "nowhere/", pattern)
    return re.sub(r"<[^>]*>", str(question.pk), pattern)


@pytest.fixture
def addresses(bank: Bank) -> dict[str, URLPattern]:
    question = bank.add(status="draft")  # One that was published is deleted by superusers alone.
    Group.objects.get_or_create(name="Guests")
    User.objects.create_user("somebody")
    Vote.objects.create(question=question, voter="x", helpful=True)
    kept()
    MissedSearch.objects.create(text="asyncio", count=1, last_seen=timezone.now())
    Synonym.objects.create(phrase="k8s", same_as="Kubernetes")
    return {filled(pattern, question): it for pattern, it in admin_patterns()}


def staff(name: str = "staff", **fields: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user(name, is_staff=True, **fields))
    return client


def model_and_right(it: URLPattern) -> tuple[type[models.Model], str] | None:
    """The model that an address is about and the right that its page asks for, if it is one of Django's own pages."""
    for model in admin.site._registry:
        prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
        if it.name and it.name.startswith(prefix) and it.name.removeprefix(prefix) in RIGHTS:
            return model, RIGHTS[it.name.removeprefix(prefix)]
    return None


def test_walk_meets_every_page(addresses: dict[str, URLPattern]) -> None:
    names = {it.name for it in addresses.values()}

    assert {"index", "audit", "recovery_codes", "questions_question_change", "auth_user_password_change"} <= names
    assert not [address for address in addresses if re.search(r"[<>()?^$]", address)]


def test_strangers_get_nothing_but_the_log_in(addresses: dict[str, URLPattern], client: Client) -> None:
    for address, it in addresses.items():
        response = client.get(address, follow=it.name in OPEN_TO_STAFF)

        if it.name == "login":
            assert response.status_code == 200
        elif it.name in OPEN_TO_STAFF:
            assert response.redirect_chain[-1][0].startswith("/admin/login/"), address
        else:
            assert response.status_code == 302, address
            assert response["Location"].startswith("/admin/login/?next="), address


@pytest.mark.one_database
def test_accounts_that_are_not_staff_get_nothing_but_the_log_in(addresses: dict[str, URLPattern]) -> None:
    client = Client()
    client.force_login(User.objects.create_user("reader"))

    for address, it in addresses.items():
        if it.name != "login":
            response = client.get(address, follow=True)

            assert response.redirect_chain[-1][0].startswith("/admin/login/"), address


def test_staff_without_a_group_get_no_page_of_any_model(addresses: dict[str, URLPattern]) -> None:
    client = staff()

    for address, it in addresses.items():
        response = client.get(address)

        if it.name in OPEN_TO_STAFF:
            assert response.status_code == OPEN_TO_STAFF[it.name], address
        elif it.name is None:  # Old addresses, which lead to where they have moved, and those that never were.
            assert response.status_code == 404 or response["Location"].endswith("/change/"), address
        else:
            assert response.status_code in (403, 405), address


def test_superusers_are_refused_nowhere_and_nothing_fails(addresses: dict[str, URLPattern]) -> None:
    client = staff("root", is_superuser=True)
    root = User.objects.get(username="root")

    for address, it in addresses.items():
        status = client.get(address).status_code

        if found := model_and_right(it):
            assert status == (200 if is_allowed(root, it, *found) else 403), address
        elif it.name == "autocomplete":  # It wants to know of which field.
            assert status == 403
        else:
            assert status in (200, 302, 404, 405), address


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("right", ["view", "add", "change", "delete"])
def test_one_right_opens_its_own_pages_alone(right: str, addresses: dict[str, URLPattern]) -> None:
    client = staff()
    user = User.objects.get(username="staff")
    user.user_permissions.add(Permission.objects.get(codename=f"{right}_question"))

    assert_rights(client, User.objects.get(pk=user.pk), addresses)


def assert_rights(client: Client, user: User, addresses: dict[str, URLPattern]) -> None:
    """Each page of a model opens if, and only if, the user has the right that it asks for."""
    for address, it in addresses.items():
        if not (found := model_and_right(it)):
            continue
        model, right = found
        codes = ("view", "change") if right == "view" else (right,)
        may = any(user.has_perm(f"{model._meta.app_label}.{code}_{model._meta.model_name}") for code in codes)
        may = may and is_allowed(user, it, model, right)  # Some pages depend on more than rights: a question's status.
        status = client.get(address).status_code

        assert (status in (200, 302)) == may, f"{user}: {address} answers {status}"


def is_allowed(user: User, it: URLPattern, model: type[models.Model], right: str) -> bool:
    """What the model's own admin says of the page, about the object that the walk asks for."""
    request = RequestFactory().get("/admin/")
    request.user = user
    about = () if str(it.name).endswith(("_add", "_changelist")) else (model._default_manager.first(),)
    return getattr(admin.site._registry[model], f"has_{right}_permission")(request, *about)


def test_every_group_opens_what_its_rights_say(addresses: dict[str, URLPattern]) -> None:
    for group in Group.objects.all():
        client = staff(group.name)
        user = User.objects.get(username=group.name)
        user.groups.add(group)

        assert_rights(client, User.objects.get(pk=user.pk), addresses)


@pytest.mark.one_database
def test_no_group_may_touch_accounts_or_the_audit_page(addresses: dict[str, URLPattern]) -> None:
    closed = ("auth", "admin", "axes", "otp_totp", "otp_static", "sessions", "contenttypes")

    for group in Group.objects.all():
        client = staff(group.name)
        User.objects.get(username=group.name).groups.add(group)

        assert not group.permissions.filter(content_type__app_label__in=closed).exists()
        assert client.get(reverse("admin:audit")).status_code == 403


@pytest.mark.one_database
def test_with_a_second_factor_required_the_password_opens_nothing(
    addresses: dict[str, URLPattern], settings: LazySettings
) -> None:
    settings.REQUIRE_OTP = True
    client = staff("root", is_superuser=True)

    for address, it in addresses.items():
        if it.name in ("qr_code", "logout"):
            continue
        response = client.get(address, follow=True)

        chain = getattr(response, "redirect_chain", [])
        assert it.name == "enrol" or chain[-1][0].startswith("/admin/second-factor/enrol/"), address
