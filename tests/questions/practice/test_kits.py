"""Kits for interviewers: their address, picking, arranging, and the three sheets."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from questions.models import FollowUp, Level, Question, Technology
from questions.practice.drawing import Candidate, candidates, draw, share
from questions.practice.kit_forms import RECOMMENDATIONS
from questions.practice.kits import MOST_QUESTIONS, Kit
from tests.conftest import Bank
from tests.questions.practice.conftest import HERE

pytestmark = pytest.mark.django_db

SHEETS = ["/kits/", "/kits/interviewer/", "/kits/candidate/", "/kits/scorecard/"]
ADDRESS = "title=Backend&questions=PY-BEG-001.7+PY-BEG-002.8"


@pytest.fixture
def two(bank: Bank) -> list[Question]:
    """Two questions of which the first has everything."""
    first = bank.add_complete(
        "PY-BEG-001", answer="A strong one.", mistakes="- **Mixing up names** and values.\n- Guessing."
    )
    FollowUp.objects.filter(question=first, position=1).update(answer_html="<p>Shortly.</p>")
    return [first, bank.add("PY-BEG-002")]


def kit_of(questions: str, title: str = "") -> Kit:
    query = QueryDict(mutable=True)
    query["questions"], query["title"] = questions, title
    return Kit.of(query)


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def items_at(address: str) -> list[str]:
    """The questions of the kit that an address stands for."""
    return parse_qs(urlsplit(address).query)["questions"][0].split()


# The address.


def test_a_kit_is_its_address() -> None:
    kit = kit_of("PY-BEG-001.7 PY-ADV-004.10", "Backend engineer")

    assert kit.minutes == 17
    assert kit.url() == "/kits/?title=Backend+engineer&questions=PY-BEG-001.7+PY-ADV-004.10"
    assert Kit.of(QueryDict(urlsplit(kit.url()).query)) == kit
    assert kit.notices == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("COBOL", "“COBOL” is not a question’s code, such as PY-ADV-004."),
        ("PY-BEG-002.0", "“0” minutes for PY-BEG-002 are not a whole number from 1 to 180; it is given 5."),
        ("PY-BEG-002.x", "“x” minutes for PY-BEG-002 are not a whole number from 1 to 180; it is given 5."),
        ("PY-BEG-002.٣", "“٣” minutes for PY-BEG-002 are not a whole number from 1 to 180; it is given 5."),
        ("PY-BEG-002." + "9" * 5000, "minutes for PY-BEG-002 are not a whole number"),
        ("PY-BEG-001.9", "PY-BEG-001 was there twice; it stands where it came first."),
        ("\0", "“�” is not a question’s code"),
    ],
)
@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("sheet", SHEETS)
def test_what_is_wrong_is_a_sentence_and_takes_nothing_from_the_rest(
    client: Client, sheet: str, typed: str, sentence: str
) -> None:
    page = client.get(sheet, {"questions": f"PY-BEG-001.7 {typed}"})

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "What is PY-BEG-001?" in page.content.decode()


def test_too_many_questions_leave_the_first_ones() -> None:
    kit = kit_of(" ".join(f"PY-BEG-{n:03}.2" for n in range(1, MOST_QUESTIONS + 3)))

    assert len(kit.items) == MOST_QUESTIONS
    assert kit.notices == ("A kit has at most 30 questions; those after them are left out.",)


def test_a_title_that_is_too_long_is_cut_and_says_so() -> None:
    kit = kit_of("PY-BEG-001.7", "x" * 81)

    assert len(kit.title) == 80
    assert kit.notices == ("The title is cut: at most 80 characters fit.",)


@pytest.mark.parametrize("typed", ["py-beg-001", "https://hub.example/questions/PY-BEG-001/#answer", " PY-BEG-001,"])
def test_codes_and_addresses_are_understood_as_people_type_them(typed: str) -> None:
    kit = kit_of(typed)

    assert [str(item) for item in kit.items] == ["PY-BEG-001.5"]
    assert kit.notices == ()


@pytest.mark.parametrize("sheet", SHEETS)
def test_an_archived_question_says_so(client: Client, two: list[Question], sheet: str) -> None:
    Question.objects.filter(code="PY-BEG-002").update(status="archived")

    page = html(client, f"{sheet}?{ADDRESS}")

    assert "PY-BEG-002 has been archived since this kit was made." in page
    assert "What is PY-BEG-001?" in page


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_question_that_is_not_public_is_no_question(
    client: Client, two: list[Question], sheet: str, status: str
) -> None:
    Question.objects.filter(code="PY-BEG-002").update(status=status)

    page = html(client, f"{sheet}?{ADDRESS}")

    assert "There is no question PY-BEG-002." in page
    assert "What is PY-BEG-002?" not in page


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("sheet", SHEETS)
def test_kits_are_public_and_not_indexed(client: Client, sheet: str) -> None:
    response = client.get(f"{sheet}?{ADDRESS}")

    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_first_page_may_be_indexed(client: Client) -> None:
    assert "noindex" not in html(client, "/kits/")


@pytest.mark.parametrize("path", [*SHEETS, "/kits/pick/", "/kits/arrange/"])
def test_kits_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("sheet", SHEETS[1:])
def test_an_empty_kit_leads_to_the_first_page(client: Client, sheet: str) -> None:
    assert 'href="/kits/"' in html(client, sheet)


# Picking.


@pytest.fixture
def three_levels(bank: Bank, advanced: Level, sql: Technology) -> Bank:
    """Ten questions of each of three levels, of two technologies."""
    expert = Level.objects.create(name="Expert", slug="expert", code_part="EXP", position=3)
    for part, level in (("BEG", bank.defaults["level"]), ("ADV", advanced), ("EXP", expert)):
        for n in range(1, 11):
            technology = {} if n % 2 else {"technology": sql}
            bank.add(f"{'PY' if n % 2 else 'SQL'}-{part}-{n:03}", level=level, difficulty=n, **technology)
    return bank


@pytest.mark.usefixtures("three_levels")
def test_half_an_hour_of_three_levels_is_balanced(client: Client) -> None:
    response = client.get("/kits/pick/", {"minutes": "30", "title": "Backend"})

    assert response.status_code == 303
    kit = Kit.of(QueryDict(urlsplit(response["Location"]).query))
    parts = [item.code.split("-")[1] for item in kit.items]
    assert kit.title == "Backend"
    assert kit.minutes == 30
    assert parts == sorted(parts, key=["BEG", "ADV", "EXP"].index)
    assert max(parts.count(it) for it in set(parts)) - min(parts.count(it) for it in ("BEG", "ADV", "EXP")) <= 1
    assert {item.code.split("-")[0] for item in kit.items} == {"PY", "SQL"}


@pytest.mark.usefixtures("three_levels")
@pytest.mark.parametrize("number", [1, 2, 7, 30])
def test_as_many_questions_as_asked_for_share_the_minutes(client: Client, number: int) -> None:
    response = client.get("/kits/pick/", {"minutes": "45", "number": str(number)})

    kit = Kit.of(QueryDict(urlsplit(response["Location"]).query))
    assert len(kit.items) == number
    assert kit.minutes == 45
    assert kit.notices == ()


@pytest.mark.usefixtures("three_levels")
def test_filters_hold(client: Client) -> None:
    response = client.get("/kits/pick/", {"minutes": "30", "technology": "sql", "level": "advanced"})

    assert {item[:7] for item in items_at(response["Location"])} == {"SQL-ADV"}


@pytest.mark.usefixtures("three_levels")
def test_the_same_seed_draws_the_same_and_another_draws_others() -> None:
    found = candidates(Question.objects.public())

    assert draw(found, 30, seed="a") == draw(reversed(found), 30, seed="a")
    assert len({tuple(draw(found, 30, seed=seed)) for seed in "abcdef"}) > 1


def test_an_interview_is_never_empty_where_there_is_a_question() -> None:
    assert [item.minutes for item in draw([Candidate("PY-BEG-001", 10, (1, 1, 1))], 5)] == [5]


@pytest.mark.parametrize(
    ("minutes", "weights", "shares"),
    [(30, [], []), (5, [1], [5]), (10, [1, 1, 1], [4, 3, 3]), (3, [9, 1, 1], [1, 1, 1])],
)
def test_shares_are_whole_and_add_up(minutes: int, weights: list[int], shares: list[int]) -> None:
    assert share(minutes, weights) == shares


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Minutes are a whole number from 5 to 180."),
        ({"minutes": "x"}, "Minutes are a whole number from 5 to 180."),
        ({"minutes": "181"}, "Minutes are a whole number from 5 to 180."),
        ({"minutes": "30", "number": "31"}, "The number of questions is a whole number from 1 to 30, or nothing."),
        ({"minutes": "5", "number": "6"}, "6 questions do not fit into 5 minutes."),
        ({"minutes": "30", "difficulty_min": "9"}, "No question fits all of that."),
        ({"minutes": "x", "technology": "cobol"}, "There is no technology “cobol”."),
        ({"minutes": "\0", "title": "\0", "seed": "\0"}, "Minutes are a whole number from 5 to 180."),
    ],
)
def test_what_cannot_be_picked_says_why(client: Client, asked: dict[str, str], sentence: str) -> None:
    page = client.get("/kits/pick/", {"level": "beginner", **asked})

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert 'value="beginner" checked' in page.content.decode()


# Arranging.


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["PY-BEG-001.7", "PY-BEG-002.8"]),
        ({"up": "PY-BEG-002"}, ["PY-BEG-002.8", "PY-BEG-001.7"]),
        ({"up": "PY-BEG-001"}, ["PY-BEG-001.7", "PY-BEG-002.8"]),
        ({"down": "PY-BEG-001"}, ["PY-BEG-002.8", "PY-BEG-001.7"]),
        ({"down": "COBOL"}, ["PY-BEG-001.7", "PY-BEG-002.8"]),
        ({"remove": "PY-BEG-001"}, ["PY-BEG-002.8"]),
        ({"minutes": ["12", "8"]}, ["PY-BEG-001.12", "PY-BEG-002.8"]),
        ({"minutes": ["1 2", ""]}, ["PY-BEG-001.12", "PY-BEG-002.-"]),
        ({"minutes": ["12"]}, ["PY-BEG-001.12", "PY-BEG-002.-"]),
        ({"add": "PY-BEG-003"}, ["PY-BEG-001.7", "PY-BEG-002.8", "PY-BEG-003"]),
    ],
)
def test_the_form_leads_to_the_changed_kit(
    client: Client, changes: dict[str, str | list[str]], expected: list[str]
) -> None:
    form: dict[str, str | list[str]] = {"title": "Backend", "code": ["PY-BEG-001", "PY-BEG-002"], "minutes": ["7", "8"]}

    response = client.get("/kits/arrange/", form | changes)

    assert response.status_code == 303
    assert items_at(response["Location"]) == expected
    assert "title=Backend" in response["Location"]


def test_nothing_to_arrange_leads_to_the_first_page(client: Client) -> None:
    assert "Pick a kit" in client.get("/kits/arrange/", follow=True).content.decode()


@pytest.mark.usefixtures("two")
def test_questions_are_found_and_added(client: Client) -> None:
    page = html(client, "/kits/?questions=PY-BEG-001.7&q=PY-BEG-002")

    assert 'href="/kits/?questions=PY-BEG-001.7+PY-BEG-002.5"' in page


@pytest.mark.usefixtures("two")
def test_list_and_question_lead_to_kits(client: Client) -> None:
    for path in ("/questions/", "/questions/PY-BEG-001/"):
        assert 'href="/kits/?questions=PY-BEG-001"' in html(client, path)
    assert 'href="/kits/?level=beginner"' in html(client, "/questions/?level=beginner")


# The sheets.


@pytest.mark.usefixtures("two")
def test_the_interviewers_sheet_has_all_that_is_needed_to_ask(client: Client) -> None:
    page = html(client, f"/kits/interviewer/?{ADDRESS}")

    for words in ("A strong one.", "And 1?", "Shortly.", "Mixing up names", "7 min", "Could not be followed", "Notes"):
        assert words in page


@pytest.mark.usefixtures("two")
def test_the_candidates_sheet_has_the_questions_alone(client: Client) -> None:
    page = html(client, f"/kits/candidate/?{ADDRESS}")

    assert page.index("What is PY-BEG-001?") < page.index("What is PY-BEG-002?")
    for words in ("A strong one.", "And 1?", "Mixing up names", "/questions/PY-BEG-001/"):
        assert words not in page


@pytest.mark.usefixtures("two")
def test_evidence_comes_before_scores(client: Client) -> None:
    page = html(client, f"/kits/scorecard/?{ADDRESS}")

    assert page.index('name="evidence-PY-BEG-001"') < page.index('name="correct-PY-BEG-001"')
    assert page.count('name="clear-PY-BEG-002"') == 4
    assert page.count('name="recommendation"') == len(RECOMMENDATIONS)


FILLED = {
    "title": "Backend",
    "questions": "PY-BEG-001.7 PY-BEG-002.8",
    "candidate": "C-17",
    "evidence-PY-BEG-001": "=Named *both*,\r\nwith an example.",
    "correct-PY-BEG-001": "3",
    "deep-PY-BEG-001": "7",
    "recommendation": "Yes",
    "reasons": "Exact throughout.",
}


@pytest.fixture
def here() -> Client:
    return Client(enforce_csrf_checks=True, headers=HERE)


@pytest.mark.usefixtures("two")
def test_a_scorecard_downloads_as_markdown(here: Client) -> None:
    response = here.post("/kits/scorecard.md", FILLED)

    text = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="scorecard.md"'
    assert response["Cache-Control"] == "private, no-store"
    for words in (
        "# Scorecard: Backend\n",
        "Candidate: C-17",
        "## 1. What is PY-BEG-001?",
        "=Named *both*,\nwith an example.",
        "- Correct: 3 of 4 (Right in all that matters)",
        "- Deep: not scored",
        "## Recommendation\n\nYes\n\nExact throughout.",
    ):
        assert words in text


@pytest.mark.usefixtures("two")
def test_a_scorecard_downloads_as_csv_that_no_spreadsheet_runs(here: Client) -> None:
    response = here.post("/kits/scorecard.csv", FILLED)

    header, first, second, overall = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header[5:] == ["evidence", "correct", "deep", "concrete", "clear"]
    assert first[2:] == ["PY-BEG-001", "What is PY-BEG-001?", "7", "'=Named *both*,\nwith an example.", "3", "", "", ""]
    assert second[5:] == ["", "", "", "", ""]
    assert overall[:6] == ["Backend", "C-17", "recommendation", "Yes", "", "Exact throughout."]


@pytest.mark.parametrize("path", ["/kits/scorecard.md", "/kits/scorecard.csv"])
def test_a_scorecard_from_elsewhere_is_refused(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path, FILLED).status_code == 403
    assert Client().get(path).status_code == 405


@pytest.mark.parametrize("path", ["/kits/scorecard.md", "/kits/scorecard.csv"])
def test_an_empty_scorecard_is_a_file_too(here: Client, path: str) -> None:
    assert here.post(path, {"recommendation": "Perhaps", "title": "\0"}).status_code == 200
