"""The map: its layout, drawn without a database, and its page."""

import re
from html import unescape
from itertools import combinations
from random import Random

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.follow_ups.map import NODE_HEIGHT, NODE_WIDTH, Drawing, Node, curve, draw
from questions.models import Category, FollowUp, Level, Question, Technology
from tests.conftest import Bank

TECHNOLOGIES = [Technology(pk=n, name=f"T{n}", code_prefix=prefix, position=n) for n, prefix in enumerate(("PY", "AI"))]
LEVELS = [Level(pk=n, name=f"L{n}", code_part=part, position=n) for n, part in enumerate(("BEG", "ADV"))]


def question(
    technology: int = 0, level: int = 0, difficulty: int = 3, number: int = 1, title: str = "Why?"
) -> Question:
    code = f"{TECHNOLOGIES[technology].code_prefix}-{LEVELS[level].code_part}-{number:03}"
    return Question(
        code=code, title=title, technology=TECHNOLOGIES[technology], level=LEVELS[level], difficulty=difficulty
    )


def some_questions(number: int) -> list[Question]:
    random = Random(number)
    return [question(random.randrange(2), random.randrange(2), random.randint(1, 10), n) for n in range(number)]


def nodes(drawing: Drawing) -> dict[str, Node]:
    return {node.question.code: node for column in drawing.columns for node in column.nodes}


# Layout.


def test_nothing_is_drawn_of_nothing() -> None:
    drawing = draw([], [("PY-BEG-001", "PY-BEG-002")])

    assert drawing.number == 0
    assert (drawing.columns, drawing.bands, drawing.arrows) == ([], [], [])


def test_columns_are_technologies_in_their_order() -> None:
    drawing = draw([question(1, number=1), question(0, number=2)], [])

    assert [column.technology.name for column in drawing.columns] == ["T0", "T1"]
    assert nodes(drawing)["PY-BEG-002"].x < nodes(drawing)["AI-BEG-001"].x


def test_rows_are_levels_and_then_difficulties() -> None:
    drawing = draw([question(level=1, difficulty=1), question(difficulty=9, number=2), question(difficulty=2)], [])

    assert [(band.level.name, [row.difficulty for row in band.rows]) for band in drawing.bands] == [
        ("L0", [2, 9]),
        ("L1", [1]),
    ]
    assert sorted(nodes(drawing), key=lambda code: nodes(drawing)[code].y) == ["PY-BEG-001", "PY-BEG-002", "PY-ADV-001"]


def test_questions_of_one_row_stand_side_by_side_across_columns() -> None:
    drawing = draw([question(0), question(1)], [])

    assert nodes(drawing)["PY-BEG-001"].y == nodes(drawing)["AI-BEG-001"].y


def test_full_line_goes_on_in_the_next() -> None:
    drawing = draw([question(number=number) for number in range(7)], [])

    assert len({node.y for node in nodes(drawing).values()}) == 2
    assert nodes(drawing)["PY-BEG-006"].x == nodes(drawing)["PY-BEG-000"].x


@pytest.mark.parametrize("number", [1, 2, 10, 60, 200])
def test_no_node_covers_another_or_leaves_the_drawing(number: int) -> None:
    drawing = draw(some_questions(number), [])

    placed = list(nodes(drawing).values())
    assert drawing.number == len(placed) == number
    for one, other in combinations(placed, 2):
        assert abs(one.x - other.x) > NODE_WIDTH or abs(one.y - other.y) > NODE_HEIGHT
    for node in placed:
        assert 0 <= node.x <= drawing.width - NODE_WIDTH
        assert 0 <= node.y <= drawing.height - NODE_HEIGHT


@pytest.mark.parametrize("number", [10, 60, 200])
def test_nodes_are_in_reading_order_within_their_column(number: int) -> None:
    drawing = draw(some_questions(number), [])

    for column in drawing.columns:
        assert column.nodes == sorted(column.nodes, key=lambda node: (node.y, node.x))


def test_arrow_belongs_to_both_its_ends() -> None:
    drawing = draw([question(0), question(1)], [("PY-BEG-001", "AI-BEG-001")])

    [arrow] = drawing.arrows
    assert nodes(drawing)["PY-BEG-001"].leaving == [arrow] == nodes(drawing)["AI-BEG-001"].arriving
    assert nodes(drawing)["PY-BEG-001"].arriving == [] == nodes(drawing)["AI-BEG-001"].leaving


def test_link_out_of_the_drawing_is_left_out_and_a_double_one_is_drawn_once() -> None:
    links = [("PY-BEG-001", "XX-BEG-001"), ("XX-BEG-001", "PY-BEG-001")] + 2 * [("PY-BEG-001", "AI-BEG-001")]

    drawing = draw([question(0), question(1)], links)

    assert [(arrow.source, arrow.target) for arrow in drawing.arrows] == [("PY-BEG-001", "AI-BEG-001")]


@pytest.mark.parametrize("number", [10, 60])
def test_arrows_have_numbers_of_their_own_and_touch_both_nodes(number: int) -> None:
    questions = some_questions(number)
    links = [(one.code, other.code) for one, other in combinations(questions, 2)]

    drawing = draw(questions, links)

    assert len({arrow.number for arrow in drawing.arrows}) == len(drawing.arrows) == len(links)
    for arrow in drawing.arrows:
        beginning, end = ends(arrow.path)
        assert touches(beginning, nodes(drawing)[arrow.source])
        assert touches(end, nodes(drawing)[arrow.target])


def touches(point: tuple[int, int], node: Node) -> bool:
    return node.x <= point[0] <= node.x + NODE_WIDTH and node.y <= point[1] <= node.y + NODE_HEIGHT


def ends(path: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a path begins and ends."""
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    last = (numbers[0], numbers[2]) if "V" in path else (numbers[-2], numbers[-1])
    return (numbers[0], numbers[1]), last


def test_arrow_to_a_node_further_down_its_own_line_goes_around_those_between() -> None:
    path = curve(Node(question(), 0, 0), Node(question(), 0, 1_000))

    control_points = [int(x) for x, _ in re.findall(r"(-?\d+) (-?\d+)", path)]
    assert min(control_points) == NODE_WIDTH


def test_box_tells_what_its_title_alone_says() -> None:
    titles = ["What is the difference between a list and a tuple?", "What is the difference between a set and a dict?"]
    drawing = draw([question(number=number, title=title) for number, title in enumerate(titles)], [])

    shown = [" ".join(node.title_lines) for node in nodes(drawing).values()]

    assert shown == ["… list and a tuple?", "… set and a dict?"]


def test_node_knows_the_nodes_at_the_other_ends_of_its_arrows() -> None:
    drawing = draw([question(0), question(1)], [("PY-BEG-001", "AI-BEG-001")])

    one, other = nodes(drawing).values()
    assert (one.leads_to, one.reached_from) == ([other], [])
    assert (other.leads_to, other.reached_from) == ([], [one])


# The page.


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/map/?{query}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def questions(bank: Bank, sql: Technology, advanced: Level) -> None:
    joins = Category.objects.create(name="Joins", slug="joins", position=2)
    first = bank.add("PY-BEG-001", difficulty=2, title="What is a <list>?")
    second = bank.add("PY-ADV-001", difficulty=8, title="What is a metaclass?", level=advanced)
    third = bank.add("SQL-BEG-001", difficulty=2, title="What is a join?", technology=sql, category=joins)
    draft = bank.add("PY-BEG-099", status="draft")
    for position, (asking, answer) in enumerate([(first, second), (first, third), (first, draft), (draft, first)]):
        FollowUp.objects.create(question=asking, position=position, text="And?", answered_by=answer)


def nodes_on(html: str) -> list[str]:
    """The codes of the nodes drawn on a page, in the order of the keyboard."""
    return re.findall(r'<a href="/questions/([A-Z0-9-]+)/" transform', html)


@pytest.mark.usefixtures("questions")
def test_every_published_question_is_a_link_with_its_code_and_full_title(client: Client) -> None:
    response = client.get("/map/")

    assert b"<title>PY-BEG-001 What is a &lt;list&gt;?</title>" in response.content
    assert nodes_on(response.content.decode()) == ["PY-BEG-001", "PY-ADV-001", "SQL-BEG-001"]


@pytest.mark.usefixtures("questions")
def test_follow_ups_between_published_questions_are_arrows(client: Client) -> None:
    html = page(client)

    assert html.count('<path id="arrow-') == 2
    assert html.count('<use href="#arrow-') == 4


@pytest.mark.usefixtures("questions")
def test_map_is_there_as_a_list_too(client: Client) -> None:
    listed = page(client).partition('<details class="map-list">')[2].partition("</details>")[0]

    assert '<summary id="as-a-list">' in listed
    assert re.findall(r"<h3>(.+?)</h3>", listed) == ["Python", "SQL"]
    assert '<a href="/questions/SQL-BEG-001/"><span class="code">SQL-BEG-001</span> What is a join?</a>' in listed
    assert "Difficulty 2 of 10; leads to PY-ADV-001, SQL-BEG-001" in listed


@pytest.mark.usefixtures("questions")
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("technology=python", ["PY-BEG-001", "PY-ADV-001"]),
        ("level=beginner", ["PY-BEG-001", "SQL-BEG-001"]),
        ("category=joins&difficulty_max=5", ["SQL-BEG-001"]),
        ("q=metaclass", ["PY-ADV-001"]),
        ("sort=code&page=7", ["PY-BEG-001", "PY-ADV-001", "SQL-BEG-001"]),
        ("level=nope&technology=sql", ["SQL-BEG-001"]),
    ],
)
def test_map_is_filtered_as_the_list_is(client: Client, query: str, codes: list[str]) -> None:
    assert nodes_on(page(client, query)) == codes


@pytest.mark.usefixtures("questions")
def test_filters_lead_back_to_the_map(client: Client) -> None:
    html = page(client, "technology=python&level=advanced&sort=code")

    assert '<form id="filters" action="/map/"' in html
    assert "Sort by" not in html
    assert 'href="/map/?level=advanced"' in html
    assert '<a href="/map/">Clear all filters</a>' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/map/?technology=python&level=advanced">' in html


@pytest.mark.usefixtures("questions")
def test_unknown_filter_is_named_in_a_sentence(client: Client) -> None:
    assert "There is no level “nope”." in page(client, "level=nope")


@pytest.mark.usefixtures("questions")
def test_nothing_found_offers_the_removal_that_helps_most(client: Client) -> None:
    html = page(client, "technology=python&category=joins")

    assert "No question fits all of these filters." in html
    assert "<svg" not in html
    assert 'href="/map/?technology=python">Without Joins</a>' in html


def test_large_bank_is_drawn_up_to_two_hundred_and_the_page_says_so(
    bank: Bank, client: Client, advanced: Level, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bank.add("PY-ADV-001", level=advanced, difficulty=1)
    made = [bank.add(f"PY-BEG-{number:03}", difficulty=10 - number // 25) for number in range(201)]
    FollowUp.objects.bulk_create(FollowUp(question=it, position=1, text="And?", answered_by=made[0]) for it in made)

    with django_assert_max_num_queries(8):
        html = page(client)

    assert "Showing the first <strong>200</strong> of 202 questions" in html
    assert len(nodes_on(html)) == 200
    assert {"PY-ADV-001", "PY-BEG-024", "PY-BEG-023"} & set(nodes_on(html)) == {"PY-BEG-023"}


def test_of_a_search_two_hundred_are_drawn(
    bank: Bank, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(201):
        bank.add(f"PY-BEG-{number:03}")
    page(client)  # The first request after a change counts the bank too.

    with django_assert_max_num_queries(10):
        html = page(client, "technology=python&q=what")

    assert "Showing the first <strong>200</strong> of 201 questions" in html
    assert len(nodes_on(html)) == 200


def test_empty_hub_has_an_empty_map(client: Client, db: None) -> None:
    assert "No question fits" in page(client)


def test_drawing_needs_no_inline_style_or_script(bank: Bank, client: Client) -> None:
    bank.add()

    html = page(client)

    assert "style=" not in html
    assert "<style" not in html
    assert re.findall(r"<script(?![^>]*src=)[^>]*>", html) == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_map_is_only_read(client: Client, db: None, method: str) -> None:
    assert getattr(client, method)("/map/").status_code == 405


def test_map_is_the_same_for_everyone(bank: Bank, client: Client, editor: Client) -> None:
    bank.add()

    stranger, logged_in = client.get("/map/"), editor.get("/map/")

    assert stranger.content == logged_in.content
    assert not stranger.cookies
    assert "Cookie" not in stranger.get("Vary", "")


def test_every_page_leads_to_the_map(client: Client, db: None) -> None:
    assert b'<a href="/map/" aria-keyshortcuts="m">Map</a>' in client.get("/").content
