"""What is exported and imported again is the same bank."""

import os
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.exchange import files
from questions.exchange.importer import import_questions
from questions.exchange.loading import whole
from questions.exchange.plan import Plan
from questions.exchange.registry import FORMATS
from questions.exchange.rows import canonical
from questions.models import FollowUp, Question
from tests.conftest import Bank
from tests.databases import first_on_both
from tests.questions.exchange.banks import bank_of_now, empty_the_hub, question_of

pytestmark = pytest.mark.slow

NAMES = [*(f"bank{it.ending}" for it in FORMATS if it.read and it.export), "bank"]
WITH_TAXONOMIES = [name for name in NAMES if name not in ("bank.csv", "bank.tsv", "bank.xlsx")]


def imported(path: Path, *arguments: str) -> str:
    output = StringIO()
    call_command("import_questions", path, *arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def exported(path: Path) -> Path:
    call_command("export_questions", path, stdout=StringIO())
    return path


@pytest.mark.parametrize("name", first_on_both(NAMES))
def test_text_that_is_hard_to_give_away_comes_back(hostile: Question, tmp_path: Path, name: str) -> None:
    before = bank_of_now()
    exported(tmp_path / name)
    Question.objects.all().delete()

    imported(tmp_path / name)

    assert bank_of_now() == before


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
def test_exported_files_are_for_whom_the_umask_says(bank: Bank, tmp_path: Path, name: str) -> None:
    bank.add()
    before = os.umask(0o027)
    try:
        path = exported(tmp_path / name)
    finally:
        os.umask(before)

    files = [it for it in path.rglob("*") if it.is_file()] if path.is_dir() else [path]
    assert {stat.S_IMODE(it.stat().st_mode) for it in files} == {0o640}


HEADINGS = """Text

## Answer

## Answer ##

```markdown
## Common Mistakes
```

~~~
## References"""


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        HEADINGS,
        "```\nnever closed",
        "## Follow-up Questions\n\n1. Why?",
        "---\n\n- x\n---",
        "````md\n```\n## Answer\n````\n\n~~~{.python no-run}\n## References\n~~~",
        "```python title=no-fence\n## Answer\n```\n\n```\n## References",
    ],
)
def test_headings_and_fences_in_a_text_stay_there(bank: Bank, tmp_path: Path, name: str, text: str) -> None:
    bank.add(answer=text, explanation="```\nclosed\n```", example=text, references=text)
    exported(tmp_path / name)
    Question.objects.all().delete()

    imported(tmp_path / name)

    question = Question.objects.get()
    assert (question.answer, question.explanation, question.example) == (text, "```\nclosed\n```", text)
    assert (question.mistakes, question.references) == ("", text)


AWKWARD = "#`~-\n \t|:'\"→[](){}!&*>\\\u2028\x85\ufeff"
texts = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(codec="utf-8", exclude_categories=["Cc"])))


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answer=texts, references=texts)
def test_any_text_reads_back(
    bank: Bank, tmp_path_factory: pytest.TempPathFactory, name: str, answer: str, references: str
) -> None:
    path = tmp_path_factory.mktemp("bank") / name
    Question.objects.all().delete()
    values = {"answer": answer, "references": references, "title": "?", "difficulty": 1, **bank.defaults}
    Question.objects.bulk_create([Question(code="PY-BEG-001", **values)])

    files.write(path, Question.objects.all())

    (row,) = files.read(path).rows
    texts = (row.fields.get("answer", ""), row.fields.get("references", ""))
    assert tuple(map(canonical, texts)) == (canonical(answer), canonical(references))


lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60)
asked = lines.map(str.strip).filter(bool)


@pytest.mark.one_database
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=asked, follow_ups=st.lists(asked, max_size=3), difficulty=st.integers(1, 10), verified_for=asked)
def test_any_question_reads_back(
    bank: Bank,
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    title: str,
    follow_ups: list[str],
    difficulty: int,
    verified_for: str,
) -> None:
    path = tmp_path_factory.mktemp("bank") / name
    Question.objects.all().delete()
    values = {"title": title, "difficulty": difficulty, "answer": "!", "verified_for": verified_for[:40].strip()}
    (question,) = Question.objects.bulk_create([Question(code="PY-BEG-12345", **values, **bank.defaults)])
    FollowUp.objects.bulk_create(
        FollowUp(question=question, position=position, text=text) for position, text in enumerate(follow_ups, start=1)
    )
    files.write(path, whole([question.pk]))
    before = question_of(question)
    Question.objects.all().delete()
    source = files.read(path)

    result = import_questions(source, plan=Plan.guessed(source))

    assert result.bad == []
    assert question_of(Question.objects.get()) == before | {
        html: after for html, after in question_of(Question.objects.get()).items() if html.endswith("_html")
    }


# The whole question set.


@pytest.mark.parametrize("name", first_on_both(WITH_TAXONOMIES))
def test_whole_set_comes_back_into_an_empty_hub(question_set: None, db: None, tmp_path: Path, name: str) -> None:
    before = bank_of_now()
    exported(tmp_path / name)
    empty_the_hub()

    output = imported(tmp_path / name)

    assert output.endswith("54 new, 0 changed, 0 unchanged.\n")
    assert bank_of_now() == before


@pytest.mark.one_database
def test_whole_set_comes_back_from_csv_after_its_taxonomies(question_set: None, db: None, tmp_path: Path) -> None:
    before = bank_of_now()
    exported(tmp_path / "bank.csv")
    exported(tmp_path / "folder")
    empty_the_hub()

    imported(tmp_path / "folder" / "taxonomies.yaml")
    imported(tmp_path / "bank.csv")

    assert bank_of_now() == before


@pytest.mark.parametrize("name", first_on_both(NAMES))
def test_second_import_changes_nothing(question_set: None, db: None, tmp_path: Path, name: str) -> None:
    updated = list(Question.objects.order_by("code").values_list("updated_at", flat=True))
    exported(tmp_path / name)

    output = imported(tmp_path / name)

    assert output == "0 new, 0 changed, 54 unchanged.\n"
    assert list(Question.objects.order_by("code").values_list("updated_at", flat=True)) == updated


@pytest.mark.one_database
def test_folder_comes_back_byte_by_byte(question_set: None, db: None, tmp_path: Path) -> None:
    before = exported(tmp_path / "before")
    empty_the_hub()
    imported(before)

    after = exported(tmp_path / "after")

    assert bytes_of(after) == bytes_of(before)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
