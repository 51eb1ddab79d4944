"""The commands an operator types."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from questions.after_migrate import check_rendered
from questions.models import ImportFile, Question, Rendering
from tests.conftest import Bank


def test_render_questions_mends_stale_html_and_keeps_the_date(bank: Bank) -> None:
    question = bank.add(answer="*new*")
    bank.add("PY-BEG-002")
    Question.objects.filter(pk=question.pk).update(answer_html="old")
    output = StringIO()

    call_command("render_questions", stdout=output)

    updated_at = question.updated_at
    question.refresh_from_db()
    assert question.answer_html == "<p><em>new</em></p>"
    assert question.updated_at == updated_at
    assert output.getvalue() == "2 questions rendered, 1 changed, 0 refused.\n"


def test_texts_of_an_older_version_are_told_and_rendered_by_the_upgrade(bank: Bank) -> None:
    bank.add(answer="*new*")
    Question.objects.update(answer_html="old", scenario=">" * 300)
    Rendering.objects.update_or_create(pk=1, defaults={"renderer": 0})
    output, errors = StringIO(), StringIO()
    assert [it.id for it in check_rendered(None, ["default"])] == ["questions.W005"]

    call_command("render_questions", if_older=True, stdout=output, stderr=errors)
    call_command("render_questions", if_older=True, stdout=output, stderr=errors)

    assert check_rendered(None, ["default"]) == []
    assert output.getvalue().count("rendered again") == 1
    assert "nested more than 100 deep" in errors.getvalue()


def test_render_questions_names_what_it_cannot_render_and_fails(bank: Bank) -> None:
    question = bank.add()
    Question.objects.filter(pk=question.pk).update(scenario=">" * 300)
    errors = StringIO()

    with pytest.raises(CommandError):
        call_command("render_questions", stdout=StringIO(), stderr=errors)

    assert errors.getvalue().startswith("PY-BEG-001: scenario: This text is nested more than 100 deep")


@pytest.mark.django_db
def test_forget_imports_deletes_what_nobody_has_confirmed_for_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    for days in (0, 2):
        day = timezone.now() - timedelta(days=days)
        ImportFile.objects.create(token=f"{days}", owner_id=ann().pk, content=b"x", created_at=day)

    call_command("forget_imports")

    assert capsys.readouterr().out == "1 files forgotten.\n"
    assert list(ImportFile.objects.values_list("token", flat=True)) == ["0"]


def ann() -> User:
    """The account of who brings files."""
    return User.objects.get_or_create(username="ann")[0]
