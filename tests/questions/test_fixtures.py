"""The question set in the database: loaded by plain loaddata, as often as one likes."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from questions.models import FollowUp, Image, ImageUse, Question
from questions.question_set import fixtures, images

MODELS = [f"questions.{name}" for name in ("technology", "level", "category", "question", "followup")]


@pytest.mark.django_db
def test_every_drawing_comes_along_and_is_shown(image_folder: Path) -> None:
    call_command("load_question_set", stdout=StringIO())

    drawings = {file.name for file in images()}
    assert len(drawings) >= 6
    assert drawings == Image.objects.names() == {path.name for path in image_folder.iterdir()}
    assert drawings == set(ImageUse.objects.values_list("name", flat=True))


@pytest.mark.usefixtures("question_set", "db")
def test_all_questions_and_follow_ups_are_there() -> None:
    assert Question.objects.public().count() == 54
    assert FollowUp.objects.count() == 162
    assert FollowUp.objects.filter(answered_by__isnull=False).count() >= 100


@pytest.mark.usefixtures("question_set", "db")
def test_every_question_fits_its_own_rules() -> None:
    questions = Question.objects.select_related("technology")

    for question in questions:
        question.full_clean()

    assert len(questions) == 54


@pytest.mark.usefixtures("question_set", "db")
def test_default_order_is_level_then_difficulty_then_code() -> None:
    order = list(Question.objects.values_list("level__position", "difficulty", "code"))

    assert order == sorted(order)


@pytest.mark.usefixtures("question_set", "db")
def test_loading_renders_markdown() -> None:
    assert not Question.objects.filter(answer_html="").exists()
    assert 'class="highlight"' in Question.objects.get(code="PY-ADV-004").example_html


@pytest.mark.usefixtures("question_set", "db")
def test_loading_again_changes_nothing() -> None:
    before = list(Question.objects.order_by("code").values())

    call_command("loaddata", *fixtures(), verbosity=0)

    assert list(Question.objects.order_by("code").values()) == before
    assert FollowUp.objects.count() == 162


@pytest.mark.usefixtures("question_set", "db")
def test_edited_fixture_updates_in_place(tmp_path: Path) -> None:
    source = next(path for path in fixtures() if path.name == "python_advanced.yaml")
    objects = yaml.safe_load(source.read_text(encoding="utf-8"))
    objects[0]["fields"]["title"] = "Edited?"
    follow_up = next(item["fields"] for item in objects if item["model"] == "questions.followup")
    follow_up["text"] = "Edited too?"
    edited = tmp_path / "edited.yaml"
    edited.write_text(yaml.safe_dump(objects), encoding="utf-8")

    call_command("loaddata", edited, verbosity=0)

    question = Question.objects.get(code=objects[0]["fields"]["code"])
    assert question.title == "Edited?"
    assert question.follow_ups.get(position=1).text == "Edited too?"
    assert question.follow_ups.count() == 3
    assert Question.objects.count() == 54


@pytest.mark.usefixtures("question_set", "db")
def test_dumped_data_carries_no_numeric_ids(tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"

    call_command("dumpdata", *MODELS, natural_foreign=True, natural_primary=True, output=dump, verbosity=0)

    assert '"pk"' not in dump.read_text(encoding="utf-8")
    assert '"technology": ["python"]' in dump.read_text(encoding="utf-8")


@pytest.mark.usefixtures("question_set", "db")
def test_every_question_page_and_every_link_between_pages_works(client: Client) -> None:
    for question in Question.objects.all():
        response = client.get(question.get_absolute_url())

        assert response.status_code == 200, question.code
        for follow_up in question.follow_ups.exclude(answered_by=None).select_related("answered_by"):
            assert follow_up.answered_by is not None
            assert f'href="{follow_up.answered_by.get_absolute_url()}"' in response.content.decode()
