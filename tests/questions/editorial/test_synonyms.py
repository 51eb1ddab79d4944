"""Synonyms that editors write, from what readers looked for in vain."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client

from questions.finding.search.results import Search
from questions.models import MissedSearch, Question, Synonym
from tests.conftest import Bank

ADD = "/admin/questions/synonym/add/"
MISSED = "/admin/questions/missedsearch/"


@pytest.fixture
def question(bank: Bank) -> Question:
    return bank.add(title="What does Kubernetes do?", answer="It runs containers on many machines.")


def test_missed_search_leads_to_a_synonym_which_finds_at_once(editor: Client, question: Question) -> None:
    MissedSearch.objects.create(text="k8s pods")
    assert not Search("k8s pods").full
    assert f'href="{ADD}?phrase=k8s+pods"' in editor.get(MISSED).content.decode()
    assert 'value="k8s pods"' in editor.get(ADD, {"phrase": "k8s pods"}).content.decode()

    editor.post(ADD, {"phrase": "K8s  pods", "same_as": "containers"})

    assert list(Search("k8s pods").full) == [question.pk]
    assert not MissedSearch.objects.exists()


def test_synonym_that_is_changed_or_removed_counts_no_longer(question: Question) -> None:
    synonym = Synonym.objects.create(phrase="cubes", same_as="Kubernetes")
    assert Search("cubes").full

    synonym.phrase = "wheels"
    synonym.save()
    assert not Search("cubes").full
    assert Search("wheels").full

    synonym.delete()
    assert not Search("wheels").full


@pytest.mark.parametrize(("phrase", "same_as"), [("k8s", "K8S"), ("?!", "pods"), ("k8s", "…")])
def test_synonym_of_nothing_or_of_itself_is_refused_with_a_sentence(phrase: str, same_as: str) -> None:
    with pytest.raises(ValidationError, match=r"Write .*\."):
        Synonym(phrase=phrase, same_as=same_as).clean()


@pytest.mark.usefixtures("question")
def test_only_those_who_may_write_synonyms_can(groups: None, client: Client, onlooker: Client) -> None:
    assert client.post(ADD, {"phrase": "a1", "same_as": "b1"}).status_code == 302
    assert onlooker.post(ADD, {"phrase": "a1", "same_as": "b1"}).status_code == 403
    assert not Synonym.objects.exists()


def test_synonym_without_a_token_is_refused(editor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies

    assert strict.post(ADD, {"phrase": "a1", "same_as": "b1"}).status_code == 403
    assert not Synonym.objects.exists()


@pytest.mark.parametrize("group", ["Editors", "Reviewers"])
def test_both_groups_may_write_synonyms(groups: None, group: str) -> None:
    codenames = Group.objects.get(name=group).permissions.values_list("codename", flat=True)
    assert {"add_synonym", "change_synonym", "delete_synonym", "view_synonym"} <= set(codenames)
