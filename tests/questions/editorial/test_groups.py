"""Who may what at which address of the editors' desk."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.utils import timezone

from questions.models import Category, Level, Technology
from tests.conftest import Bank
from tests.questions.pictures import kept

groups_module = import_module("questions.migrations.0011_groups")

OPEN, SHUT, MISSING = 200, 403, 404
KEPT = 409  # Nothing is saved, but what was typed comes back.
EVERYBODY = ["onlooker", "writer", "reviewer", "editor"]
# What staff in no group, Editors, Reviewers and superusers get. `{n}` is a question of that status.
READING = {
    "/admin/": (OPEN, OPEN, OPEN, OPEN),
    "/admin/password_change/": (OPEN, OPEN, OPEN, OPEN),
    "/admin/questions/": (MISSING, OPEN, OPEN, OPEN),
    "/admin/questions/question/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/add/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{draft}/change/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{published}/change/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{draft}/history/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{draft}/delete/": (SHUT, SHUT, OPEN, OPEN),
    "/admin/questions/question/deleted/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/proposed-code/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/similar/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/import/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/export/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{published}/delete/": (SHUT, SHUT, SHUT, OPEN),
    "/admin/questions/question/{archived}/delete/": (SHUT, SHUT, SHUT, OPEN),
    "/admin/autocomplete/?app_label=questions&model_name=followup&field_name=answered_by": (SHUT, OPEN, OPEN, OPEN),
    **{
        f"/admin/questions/{taxon}/{page}": allowed
        for taxon in ("technology", "level", "category")
        for page, allowed in {
            "": (SHUT, OPEN, OPEN, OPEN),
            "add/": (SHUT, OPEN, OPEN, OPEN),
            "1/change/": (SHUT, OPEN, OPEN, OPEN),
            "1/delete/": (SHUT, SHUT, SHUT, OPEN),
        }.items()
    },
    "/admin/questions/image/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/?use=unused": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/add/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/{image}/change/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/{image}/delete/": (SHUT, SHUT, OPEN, OPEN),
    "/admin/questions/missedsearch/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/synonym/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/synonym/add/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/vote/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/vote/add/": (SHUT, SHUT, SHUT, SHUT),
    "/admin/questions/missedsearch/add/": (SHUT, SHUT, SHUT, SHUT),
    "/admin/auth/": (MISSING, MISSING, MISSING, OPEN),
    "/admin/auth/user/": (SHUT, SHUT, SHUT, OPEN),
    "/admin/auth/user/add/": (SHUT, SHUT, SHUT, OPEN),
    "/admin/auth/group/": (SHUT, SHUT, SHUT, OPEN),
    "/admin/auth/group/1/change/": (SHUT, SHUT, SHUT, OPEN),
}
# The same for what a form sends; it is answered with a redirect where it may be sent.
WRITING = {
    "/admin/questions/question/{draft}/step/submit/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{in_review}/step/take_back/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{in_review}/step/publish/": (SHUT, SHUT, OPEN, OPEN),
    "/admin/questions/question/{in_review}/step/send_back/": (SHUT, SHUT, OPEN, OPEN),
    "/admin/questions/question/{published}/step/archive/": (SHUT, SHUT, OPEN, OPEN),
    "/admin/questions/question/add/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{draft}/change/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/question/{in_review}/change/": (SHUT, KEPT, OPEN, OPEN),
    "/admin/questions/question/{published}/change/": (SHUT, KEPT, OPEN, OPEN),
    "/admin/questions/question/{archived}/change/": (SHUT, KEPT, OPEN, OPEN),
    "/admin/questions/question/{published}/delete/": (SHUT, SHUT, SHUT, OPEN),
    **{
        f"/admin/questions/{taxon}/1/change/": (SHUT, SHUT, OPEN, OPEN) for taxon in ("technology", "level", "category")
    },
    "/admin/questions/question/render/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/upload/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/add/": (SHUT, OPEN, OPEN, OPEN),
    "/admin/questions/image/{image}/delete/": (SHUT, SHUT, OPEN, OPEN),
    "/admin/auth/user/add/": (SHUT, SHUT, SHUT, OPEN),
}


@pytest.fixture(scope="module")
def questions(kept_bank: Bank) -> dict[str, int]:
    """The id of a question of each status, where what is archived was published once."""
    now = timezone.now()
    dates = {"draft": None, "in_review": None, "published": now, "archived": now}
    return {
        status: kept_bank.add_complete(f"PY-BEG-00{number}", status=status, published_at=date).pk
        for number, (status, date) in enumerate(dates.items())
    }


@pytest.fixture
def ids(questions: dict[str, int], db: None) -> dict[str, int]:
    """The ids of the questions, and of an image."""
    return questions | {"image": kept().pk}


def fill_in(address: str, ids: dict[str, int]) -> str:
    """The address, with the ids of this test's rows."""
    for taxon in (Technology, Level, Category):
        address = address.replace(f"{taxon._meta.model_name}/1/", f"{taxon._meta.model_name}/{taxon.objects.get().pk}/")
    return address.replace("group/1/", f"group/{Group.objects.get(name='Editors').pk}/").format(**ids)


@pytest.mark.one_database
@pytest.mark.parametrize(("who", "place"), [(name, place) for place, name in enumerate(EVERYBODY)])
@pytest.mark.parametrize("address", READING)
def test_each_group_reads_what_it_needs_and_no_more(
    request: pytest.FixtureRequest, groups: None, ids: dict[str, int], address: str, who: str, place: int
) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.get(fill_in(address, ids))

    assert response.status_code == READING[address][place]


@pytest.mark.one_database
@pytest.mark.parametrize(("who", "place"), [(name, place) for place, name in enumerate(EVERYBODY)])
@pytest.mark.parametrize("address", WRITING)
def test_each_group_writes_what_it_needs_and_no_more(
    request: pytest.FixtureRequest, groups: None, ids: dict[str, int], address: str, who: str, place: int
) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.post(fill_in(address, ids), {"comment": "Because."}, follow=True)

    assert response.status_code == WRITING[address][place]


@pytest.mark.one_database
@pytest.mark.parametrize("address", [*READING, *WRITING])
def test_strangers_are_sent_to_the_login(groups: None, client: Client, ids: dict[str, int], address: str) -> None:
    response = client.get(fill_in(address, ids))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_every_model_of_the_desk_is_in_the_table() -> None:
    models = {f"/admin/{it._meta.app_label}/{it._meta.model_name}/" for it in site._registry}

    assert models <= READING.keys()


def test_permissions_made_by_the_migration_are_those_that_django_makes(groups: None) -> None:
    made = {it.pk: it.name for it in Permission.objects.filter(content_type__app_label="questions")}

    create_permissions(apps.get_app_config("questions"), verbosity=0)

    assert {it.pk: it.name for it in Permission.objects.filter(content_type__app_label="questions")} == made


def test_groups_can_be_removed_and_made_again(groups: None) -> None:
    editor = connection.schema_editor()

    groups_module.remove_groups(apps, editor)
    left = Group.objects.filter(name__in=groups_module.GROUPS).count()
    groups_module.make_groups(apps, editor)

    assert left == 0
    assert Group.objects.get(name="Reviewers").permissions.filter(codename="review_question").exists()
    assert not Group.objects.get(name="Editors").permissions.filter(codename="review_question").exists()


def test_groups_with_rights_of_their_own_keep_them(groups: None) -> None:
    extra = Permission.objects.get(codename="view_user")
    Group.objects.get(name="Editors").permissions.add(extra)

    groups_module.make_groups(apps, connection.schema_editor())

    assert extra in Group.objects.get(name="Editors").permissions.all()
