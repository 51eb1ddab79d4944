"""Banks as people really have them, in every form, brought in by the command."""

import datetime
import json
from io import BytesIO, StringIO
from pathlib import Path
from shutil import make_archive
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from questions.exchange import files
from questions.exchange.columns import guess, survey
from questions.exchange.near_names import near_name
from questions.models import Category, Level, Question, Technology
from tests.conftest import Bank

pytestmark = pytest.mark.one_database

EVERYWHERE = ("--technology=Python", "--category=core", "--level=BEGINNER", "--difficulty=3")
TITLES = ["What is a list?", "Was ist „für“?"]
ANSWERS = ["It has; a, comma\tand a tab.", "Eine *Präposition*."]


def imported(path: Path, *arguments: str) -> str:
    """What the command says."""
    output = StringIO()
    call_command("import_questions", path, *arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def made(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def bank_of_now() -> list[tuple[str, str]]:
    return list(Question.objects.order_by("code").values_list("title", "answer"))


def table(delimiter: str) -> str:
    quoted = [[f'"{cell}"' for cell in row] for row in zip(TITLES, ANSWERS, strict=True)]
    rows = [["QUESTION ", " the Answer", "  "], *([*row, ""] for row in quoted), ["", "", ""]]
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_table_is_read_whatever_its_delimiter_and_encoding(
    bank: Bank, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = made(tmp_path, "bank.csv", table(delimiter).replace("the ", "").encode(encoding))

    output = imported(path, *EVERYWHERE)

    assert bank_of_now() == list(zip(TITLES, ANSWERS, strict=True))
    assert ("was read as Windows-1252; look whether accents are right" in output) == (encoding == "cp1252")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_encoding_that_cannot_be_told_is_not_guessed(bank: Bank, tmp_path: Path, encoding: str) -> None:
    path = made(tmp_path, "bank.csv", "Вопрос;Ответ\nЧто такое список?;Последовательность\n".encode(encoding))

    with pytest.raises(CommandError, match=r"bank\.csv is in an encoding that cannot be told for sure\."):
        imported(path, *EVERYWHERE)


@pytest.mark.parametrize("name", ["bank.csv", "bank.tsv", "bank.txt"])
def test_other_letters_are_read_as_utf_16(bank: Bank, tmp_path: Path, name: str) -> None:
    text = "Вопрос\tОтвет\r\nЧто такое список?\tПоследовательность.\r\n"

    imported(made(tmp_path, name, text.encode("utf-16-le")), *EVERYWHERE)

    assert bank_of_now() == [("Что такое список?", "Последовательность.")]


HEADED = [
    "Our bank;;\n;;\nQuestion;Answer;Owner\nWhat is a list?;A sequence.;Ann\n",
    "sep=;\nQuestion;Answer\nWhat is a list?;A sequence.\n",
    "What is a list?;A sequence.\n",
    "1;What is a list?;A sequence.\n",
]


def test_only_column_holds_whatever_separates_others(bank: Bank, tmp_path: Path) -> None:
    imported(made(tmp_path, "bank.csv", 'Question\nWhat are a; b?\n"And c, d\te?"\n'), *EVERYWHERE)

    assert [title for title, _ in bank_of_now()] == ["What are a; b?", "And c, d\te?"]


@pytest.mark.parametrize("content", HEADED)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_header_is_found_below_a_title_and_missed_where_there_is_none(
    bank: Bank, tmp_path: Path, content: str, ending: str
) -> None:
    rows: list[list[Any]] = [line.split(";") for line in content.splitlines() if not line.startswith("sep=")]
    path = made(tmp_path, f"bank.{ending}", content if ending == "csv" else workbook(*rows))

    imported(path, *EVERYWHERE)

    assert bank_of_now() == [("What is a list?", "A sequence.")]


def workbook(*rows: list[Any], sheets: tuple[str, ...] = ("Notes", "Bank")) -> bytes:
    """A workbook whose first sheet is empty."""
    book, file = Workbook(write_only=True), BytesIO()
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in rows if name == sheets[-1] else ():
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def test_workbook_is_read_as_it_shows(bank: Bank, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Question", "Answer", "Difficulty", "Review by", None],
        ["What is 1.0?", 1.0, 2.0, datetime.datetime(2027, 3, 31), None],
        [None, None, None, None, " "],
        ["And what is this?", True, "7/10", None, None],
    ]

    imported(made(tmp_path, "bank.xlsx", workbook(*rows)), *EVERYWHERE)

    found = Question.objects.order_by("code").values_list("title", "answer", "difficulty", "review_by")
    assert list(found) == [
        ("What is 1.0?", "1", 2, datetime.date(2027, 3, 31)),
        ("And what is this?", "True", 7, None),
    ]


def test_formula_without_a_result_is_told(bank: Bank, tmp_path: Path) -> None:
    path = made(tmp_path, "bank.xlsx", workbook(["Question", "Answer"], ["What?", "=1+1"]))

    with pytest.raises(CommandError, match=r"row 2 \(What\?\): It has a formula without its result"):
        imported(path, *EVERYWHERE)


def test_sheet_with_questions_comes_before_one_with_remarks(bank: Bank, tmp_path: Path) -> None:
    book, file = Workbook(write_only=True), BytesIO()
    for name, rows in {"Read me": [["Written by", "Ann"]], "Bank": [["The bank"], ["Question"], ["What?"]]}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)

    imported(made(tmp_path, "bank.xlsx", file.getvalue()), *EVERYWHERE)

    assert bank_of_now() == [("What?", "")]


def test_sheet_can_be_chosen(bank: Bank, tmp_path: Path) -> None:
    book, file = Workbook(write_only=True), BytesIO()
    book.create_sheet("Notes").append(["Remarks"])
    sheet = book.create_sheet("Bank")
    for row in (["Question"], ["What?"]):
        sheet.append(row)
    book.save(file)

    imported(made(tmp_path, "bank.xlsx", file.getvalue()), "--reading=Bank", *EVERYWHERE)

    assert bank_of_now() == [("What?", "")]


ENTRY = {"question": "What is a list?", "answer": "A sequence."}
SHAPES = [
    [ENTRY],
    {"data": [ENTRY]},
    {"bank": {"items": [ENTRY]}},
    {"questions": [ENTRY], "version": 2},
    {"What is a list?": "A sequence.", "What is a set?": "No sequence."},
    {"Lists": [ENTRY], "Sets": [{"question": "What is a set?", "answer": "No sequence."}]},
    {"What is a list?": {"answer": "A sequence."}, "What is a set?": {"answer": "No sequence."}},
    ENTRY,
    [{"topic": "Lists", "questions": [ENTRY]}, {"topic": "Sets", "questions": [ENTRY | {"answer": "No sequence."}]}],
    {"categories": [{"name": "Lists", "list": [{"topic": "Python", "items": [ENTRY]}]}]},
    [{"What is a list?": "A sequence."}, {"What is a set?": "No sequence."}],
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda it: json.dumps(it)[:30])
@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_any_list_of_questions_is_found(bank: Bank, tmp_path: Path, shape: Any, ending: str) -> None:
    imported(made(tmp_path, f"bank.{ending}", json.dumps(shape)), *EVERYWHERE, "--unknown=create")

    assert ("What is a list?", "A sequence.") in bank_of_now()
    assert len(bank_of_now()) == max(1, json.dumps(shape).count("No sequence.") + 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bank.jsonl", '{"question": "What?", "answer": "A."}\n{"question": "Why?", "answer": "B."}\n'),
        ("bank.yaml", "question: What?\nanswer: A.\n---\n- question: Why?\n  answer: B.\n"),
        ("bank.json", '[{"question": "What?", "answer": "A."}, {"question": "Why?", "answer": "B."}]'.encode("utf-16")),
        ("bank.txt", "Q: What?\nA: A.\n\nQ: Why?\nA: B.\n"),
    ],
)
def test_documents_stand_one_after_the_other(bank: Bank, tmp_path: Path, name: str, content: str | bytes) -> None:
    imported(made(tmp_path, name, content), *EVERYWHERE)

    assert bank_of_now() == [("What?", "A."), ("Why?", "B.")]


def test_what_readers_get_comes_in_as_it_is(bank: Bank, tmp_path: Path, client: Any) -> None:
    bank.add(answer="A sequence.")
    page, one = (client.get(f"/questions{path}.json").content for path in ("", "/PY-BEG-001"))

    for content in (page, one):
        assert imported(made(tmp_path, "questions.json", content)).endswith("0 new, 0 changed, 1 unchanged.\n")


def test_lists_and_numbers_of_foreign_entries_are_texts(bank: Bank, tmp_path: Path) -> None:
    code = {"lang": "js", "code": "a\nb", "runs": True, "n": None}
    entry = {"question": "Which?", "answer": 42, "examples": ["a", code], "hints": ["One."], "follow_ups": ["Why?"]}

    imported(made(tmp_path, "bank.json", json.dumps([entry])), *EVERYWHERE)

    question = Question.objects.get()
    assert (question.answer, question.mistakes) == ("42", "One.")
    assert question.example == "- a\n- - lang: js\n  - code:\n\n    a\n    b\n  - runs: true\n  - n:"
    assert [it.text for it in question.follow_ups.all()] == ["Why?"]


ANKI = """#separator:tab
#html:true
#notetype column:1
#tags column:4
Basic\tWhat is <b>&lt;b&gt;</b>&nbsp;here?\t"A <b>tag</b><br>of ""HTML"" [sound:a.mp3]<pre><code>x = 1
y = 2</code></pre>"\thtml
Cloze\tIt is {{c1::a list::what}}.\t\t
"""


def test_notes_of_anki_are_read(bank: Bank, tmp_path: Path) -> None:
    imported(made(tmp_path, "notes.txt", ANKI), *EVERYWHERE)

    (first, answer), second = bank_of_now()
    assert (first, second) == ("What is <b> here?", ("It is a list.", ""))
    assert answer.startswith('A **tag**  \nof "HTML"')
    assert "```\nx = 1\ny = 2\n```" in answer


def test_folder_of_foreign_markdown_is_read(bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    (folder / "core").mkdir(parents=True)
    made(folder / "core", "a.md", "# What is a list?\n\nA sequence.\n")
    made(folder / "core", "b.md", "---\ntitle: What is a set?\ntags: [x, y]\n---\nNo sequence.\n")
    made(folder, "empty.md", " \n")
    made(
        folder, "d.md", "---\ntitle: More\nlayout: page\n---\n\n* What is a `dict`?\n* Describe a heap.\n* What else?\n"
    )
    made(folder, "c.md", "# Both\n\n## What is a tuple?\n\nFixed.\n\n## Why?\n\n- because\n")

    output = imported(folder, *EVERYWHERE, "--unknown=create")

    assert "Not imported: empty.md (nothing is in it).\n" in output
    assert sorted(bank_of_now()) == [
        ("Describe a heap.", ""),
        ("What else?", ""),
        ("What is a `dict`?", ""),
        ("What is a list?", "A sequence."),
        ("What is a set?", "No sequence."),
        ("What is a tuple?", "Fixed."),
        ("Why?", "- because"),
    ]
    assert Question.objects.filter(category__name="More").count() == 3


@pytest.mark.parametrize("is_zip", [False, True])
def test_what_a_folder_or_zip_has_beside_questions_is_told(bank: Bank, tmp_path: Path, is_zip: bool) -> None:
    folder = tmp_path / "bank"
    (folder / "answer").mkdir(parents=True)
    made(folder / "answer", "a.md", "---\ncategory: core\n---\n# What is a list?\n\n![A list](b.png)\n")
    for name in (".hidden.md", "README.md", "answer/blank.md", "b.png", "bank.csv"):
        made(folder, name, " \n")
    path = Path(make_archive(str(folder), "zip", folder)) if is_zip else folder

    output = imported(path, *EVERYWHERE)

    assert "Not imported: README.md, answer/blank.md (nothing is in it), bank.csv.\n" in output
    assert "Not imported: “section” (the folder or the heading that a question stands in).\n" in output


@pytest.mark.parametrize("text", ["", " \r\n"])
def test_file_without_anything_is_no_question(bank: Bank, tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError, match=r"bank\.md has nothing in it\."):
        imported(made(tmp_path, "bank.md", text), *EVERYWHERE)


def test_zip_of_something_else_is_told(bank: Bank, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bank.zip", "w") as archive:
        archive.writestr("bank.csv", "Question\nWhat?\n")

    with pytest.raises(CommandError, match=r"bank\.zip has no Markdown file with anything in it\. A table or a list"):
        imported(tmp_path / "bank.zip", *EVERYWHERE)


# What rows do not say, and what the hub does not know.


def test_values_are_found_by_name_or_slug_in_any_case(bank: Bank, tmp_path: Path) -> None:
    rows = "title,technology,category,level,difficulty,status\nWhat?,PYTHON,Core, beginner ,Hard,Published\n"

    with pytest.raises(CommandError, match="Only a draft may be without an answer"):
        imported(made(tmp_path, "bank.csv", rows))
    imported(made(tmp_path, "bank.csv", rows.replace("Published", "DRAFT")))

    question = Question.objects.get()
    assert (question.code, question.level.slug, question.difficulty) == ("PY-BEG-001", "beginner", 8)


def test_what_the_hub_lacks_is_refused_created_or_replaced(bank: Bank, tmp_path: Path) -> None:
    path = made(tmp_path, "bank.csv", "title,technology,category,level\nWhat?,Node.js,Ереван,Guru\n")

    with pytest.raises(CommandError, match=r"There is no technology “Node\.js”; there are python"):
        imported(path, *EVERYWHERE)
    imported(path, *EVERYWHERE, "--unknown=default")
    assert Question.objects.get().technology.slug == "python"

    output = imported(path, *EVERYWHERE, "--unknown=create")

    assert "+ technology Node.js\n" in output
    assert Question.objects.filter(code="NJ-GUR-001", category__name="Ереван").exists()
    assert (Technology.objects.count(), Category.objects.count(), Level.objects.count()) == (2, 2, 2)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *[("Begginer", "Beginner"), ("beginer", "Beginner"), ("Begniner", "Beginner"), ("Coer", "Core")],
        *[("Beginner", ""), ("Senior", ""), ("Cor", ""), ("Code", "Core"), ("Module 2", ""), ("Expret", "Expert")],
    ],
)
def test_name_with_a_mistake_or_two_is_known(said: str, meant: str) -> None:
    assert near_name(said, ["Beginner", "Junior", "Core", "Module 1", "Expert", "C"]) == meant


def test_same_file_comes_in_once(bank: Bank, tmp_path: Path) -> None:
    twice = [ENTRY, ENTRY | {"answer": "Another."}]
    path = made(tmp_path, "bank.json", json.dumps(twice))
    imported(path, *EVERYWHERE)

    assert imported(path, *EVERYWHERE).endswith("0 new, 0 changed, 2 unchanged.\n")
    changed = made(tmp_path, "bank.json", json.dumps([ENTRY | {"answer": "Mended."}]))
    assert imported(changed, *EVERYWHERE).endswith("0 new, 0 changed, 0 unchanged, 1 passed over.\n")
    assert imported(changed, *EVERYWHERE, "--same-title=change").endswith("0 new, 1 changed, 0 unchanged.\n")
    assert imported(changed, *EVERYWHERE, "--same-title=add").endswith("1 new, 0 changed, 0 unchanged.\n")
    assert Question.objects.count() == 3


def test_codes_that_are_given_are_left_to_their_rows_and_numbers_go_past_999(bank: Bank, tmp_path: Path) -> None:
    bank.add("PY-BEG-998")
    rows = "code,title\n,First?\n,Second?\npy-beg-999,Third?\n"

    imported(made(tmp_path, "bank.csv", rows), *EVERYWHERE)

    titles = dict(Question.objects.values_list("code", "title"))
    assert (titles["PY-BEG-999"], titles["PY-BEG-1000"], titles["PY-BEG-1001"]) == ("Third?", "First?", "Second?")


def test_long_title_is_refused_or_cut(bank: Bank, tmp_path: Path) -> None:
    title = "What does it print? " + "print(1) " * 40
    path = made(tmp_path, "bank.json", json.dumps([ENTRY | {"question": title}]))

    with pytest.raises(CommandError, match=r"\(What does .*…\): title: “What .*” has 379 characters; at most 200 fit"):
        imported(path, *EVERYWHERE)
    imported(path, *EVERYWHERE, "--cut-titles")

    assert bank_of_now() == [("What does it print?", f"{title.strip()}\n\nA sequence.")]


@pytest.mark.parametrize("said", ["Wort: title\nSinn: answer\nOrt: ~\n", "title: wort\nanswer: SINN\n"])
def test_mapping_says_which_column_is_which(bank: Bank, tmp_path: Path, said: str) -> None:
    path, mapping = made(tmp_path, "bank.csv", "Wort,Sinn,Ort\nWas?,Das.,Wien\n"), made(tmp_path, "columns.yaml", said)

    output = imported(path, f"--mapping={mapping}", *EVERYWHERE)

    assert bank_of_now() == [("Was?", "Das.")]
    assert "“Ort”" in output


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Wert: title", "columns.yaml says “Wert: title”, but the file has Wort"),
        ("Wort: name", "columns.yaml says “Wort: name”"),
        ("- Wort", "columns.yaml is no list of columns such as “Frage: title”."),
        ("Wort: [", "columns.yaml is not YAML"),
    ],
)
def test_bad_mapping_is_told(bank: Bank, tmp_path: Path, said: str, sentence: str) -> None:
    path, mapping = made(tmp_path, "bank.csv", "Wort\nWas?\n"), made(tmp_path, "columns.yaml", said)

    with pytest.raises(CommandError, match=sentence.replace("[", r"\[")):
        imported(path, f"--mapping={mapping}", *EVERYWHERE)


def test_missing_files_are_told(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no file .*nofile\.csv\. Nothing was written\."):
        imported(tmp_path / "nofile.csv")
    with pytest.raises(CommandError, match=r"columns\.yaml cannot be read"):
        imported(made(tmp_path, "bank.csv", "title\nWhat?\n"), f"--mapping={tmp_path / 'columns.yaml'}")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Question,Answer,Category,Difficulty", "title answer category difficulty"),
        ("id,Frage,Antwort,Schwierigkeit", "- title answer difficulty"),
        ("No.,Term,Definition,Topic,Experience Level", "- title answer category level"),
        ("Frage,Antwort,Thema,Stufe,Schwierigkeitsgrad", "title answer category level difficulty"),
        ("Вопрос,Ответ,Тема,Уровень,Сложность", "title answer category level difficulty"),
        ("题目,答案,主题,级别,难度", "title answer category level difficulty"),
    ],
)
def test_columns_are_guessed(tmp_path: Path, header: str, expected: str) -> None:
    row = ",".join("1" for _ in header.split(","))
    _, columns = survey(files.read(made(tmp_path, "bank.csv", f"{header}\n{row}\n")))

    assert [it or "-" for it in guess(columns).values()] == expected.split()
