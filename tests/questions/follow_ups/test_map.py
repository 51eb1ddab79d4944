"""The maps: their layout, drawn without a database, and their pages."""

import re
from html import unescape
from itertools import combinations, pairwise
from random import Random

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.follow_ups.drawing import NODE_HEIGHT, NODE_WIDTH, Node, curve
from questions.follow_ups.map import Drawing, draw
from questions.follow_ups.topics import Topic, draw_topics
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


def nodes(drawing: Drawing) -> dict[str, Node[Question]]:
    return {node.item.code: node for column in drawing.columns for node in column.nodes}


# Layout.


def test_nothing_is_drawn_of_nothing() -> None:
    drawing = draw([], {("PY-BEG-001", "PY-BEG-002"): 1})

    assert drawing.number == 0
    assert (drawing.columns, drawing.bands, drawing.arrows) == ([], [], [])


def test_columns_are_technologies_in_their_order() -> None:
    drawing = draw([question(1, number=1), question(0, number=2)], {})

    assert [column.technology.name for column in drawing.columns] == ["T0", "T1"]
    assert nodes(drawing)["PY-BEG-002"].x < nodes(drawing)["AI-BEG-001"].x


def test_rows_are_levels_and_then_difficulties() -> None:
    drawing = draw([question(level=1, difficulty=1), question(difficulty=9, number=2), question(difficulty=2)], {})

    assert [(band.level.name, [row.difficulty for row in band.rows]) for band in drawing.bands] == [
        ("L0", [2, 9]),
        ("L1", [1]),
    ]
    assert sorted(nodes(drawing), key=lambda code: nodes(drawing)[code].y) == ["PY-BEG-001", "PY-BEG-002", "PY-ADV-001"]


def test_questions_of_one_row_stand_side_by_side_across_columns() -> None:
    drawing = draw([question(0), question(1)], {})

    assert nodes(drawing)["PY-BEG-001"].y == nodes(drawing)["AI-BEG-001"].y


def test_full_line_goes_on_in_the_next() -> None:
    drawing = draw([question(number=number) for number in range(7)], {})

    assert len({node.y for node in nodes(drawing).values()}) == 2
    assert nodes(drawing)["PY-BEG-006"].x == nodes(drawing)["PY-BEG-000"].x


@pytest.mark.parametrize("number", [1, 2, 10, 60, 200])
def test_no_node_covers_another_or_leaves_the_drawing(number: int) -> None:
    drawing = draw(some_questions(number), {})

    placed = list(nodes(drawing).values())
    assert drawing.number == len(placed) == number
    for one, other in combinations(placed, 2):
        assert abs(one.x - other.x) > NODE_WIDTH or abs(one.y - other.y) > NODE_HEIGHT
    for node in placed:
        assert 0 <= node.x <= drawing.width - NODE_WIDTH
        assert 0 <= node.y <= drawing.height - NODE_HEIGHT


@pytest.mark.parametrize("number", [10, 60, 200])
def test_nodes_are_in_reading_order_within_their_column(number: int) -> None:
    drawing = draw(some_questions(number), {})

    for column in drawing.columns:
        assert column.nodes == sorted(column.nodes, key=lambda node: (node.y, node.x))


def test_arrow_belongs_to_both_its_ends() -> None:
    drawing = draw([question(0), question(1)], {("PY-BEG-001", "AI-BEG-001"): 1})

    [arrow] = drawing.arrows
    assert nodes(drawing)["PY-BEG-001"].leaving == [arrow] == nodes(drawing)["AI-BEG-001"].arriving
    assert nodes(drawing)["PY-BEG-001"].arriving == [] == nodes(drawing)["AI-BEG-001"].leaving


def test_link_out_of_the_drawing_is_left_out() -> None:
    links = {("PY-BEG-001", "XX-BEG-001"): 1, ("XX-BEG-001", "PY-BEG-001"): 1, ("PY-BEG-001", "AI-BEG-001"): 2}

    drawing = draw([question(0), question(1)], links)

    assert [(arrow.source.item.code, arrow.target.item.code) for arrow in drawing.arrows] == [
        ("PY-BEG-001", "AI-BEG-001")
    ]


@pytest.mark.parametrize("number", [10, 60])
def test_arrows_have_numbers_of_their_own_and_touch_both_nodes(number: int) -> None:
    questions = some_questions(number)
    links = {(one.code, other.code): 1 for one, other in combinations(questions, 2)}

    drawing = draw(questions, links)

    assert len({arrow.number for arrow in drawing.arrows}) == len(drawing.arrows) == len(links)
    for arrow in drawing.arrows:
        beginning, end = ends(arrow.path)
        assert touches(beginning, arrow.source)
        assert touches(end, arrow.target)


def touches(point: tuple[int, int], node: Node[Question]) -> bool:
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
    drawing = draw([question(number=number, title=title) for number, title in enumerate(titles)], {})

    shown = [" ".join(node.label.lines) for node in nodes(drawing).values()]

    assert shown == ["… list and a tuple?", "… set and a dict?"]


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


# Topics.


@pytest.fixture
def small_maps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three questions are too many for one drawing."""
    monkeypatch.setattr("questions.follow_ups.map_filter.MOST_NODES", 2)


def topics_on(html: str) -> dict[str, str]:
    """The addresses of the topics drawn on a page, by name and number of questions."""
    boxes = html.partition("<svg")[2].partition("</svg>")[0]
    return {
        title: url for url, title in re.findall(r'<a href="(/map/[^"]*)" transform[^>]*> <title>(.*?)</title>', boxes)
    }


@pytest.mark.usefixtures("questions", "small_maps")
def test_more_questions_than_fit_are_shown_by_topic_and_each_topic_is_a_map_of_its_own(client: Client) -> None:
    html = page(client)

    assert "Showing <strong>3</strong> questions by technology" in html
    assert topics_on(html) == {
        "Python, 2 questions": "/map/?technology=python",
        "SQL, 1 question": "/map/?technology=sql",
    }
    assert nodes_on(page(client, "technology=python")) == ["PY-BEG-001", "PY-ADV-001"]


@pytest.mark.usefixtures("questions", "small_maps")
def test_topics_say_how_many_follow_ups_between_published_questions_connect_them(client: Client) -> None:
    html = page(client)

    assert html.count('<path id="arrow-') == 1
    assert (
        '<a href="/map/?technology=python">Python</a>, 2 questions <span class="map-facts">Leads to SQL (1)</span>'
        in html
    )


@pytest.mark.usefixtures("small_maps")
@pytest.mark.parametrize(
    ("differing", "topics"),
    [
        ("category", ["Core, 2 questions", "Joins, 1 question"]),
        ("level", ["Beginner, 2 questions", "Advanced, 1 question"]),
        ("difficulty", ["Difficulty 3, 2 questions", "Difficulty 9, 1 question"]),
    ],
)
def test_topics_are_what_the_questions_differ_in(
    bank: Bank, client: Client, advanced: Level, differing: str, topics: list[str]
) -> None:
    joins = Category.objects.create(name="Joins", slug="joins", position=2)
    other = {"category": joins, "level": advanced, "difficulty": 9}[differing]
    for number in range(2):
        bank.add(f"PY-BEG-{number:03}")
    bank.add("PY-BEG-009", **{differing: other})

    drawn = topics_on(page(client, "q=what"))

    assert list(drawn) == topics
    assert nodes_on(page(client, drawn[topics[1]].partition("?")[2])) == ["PY-BEG-009"]


@pytest.mark.usefixtures("small_maps")
def test_questions_that_differ_in_nothing_are_drawn_page_by_page(bank: Bank, client: Client) -> None:
    for number in range(5):
        bank.add(f"PY-BEG-{number:03}")

    html = page(client, "page=2")

    assert nodes_on(html) == ["PY-BEG-002", "PY-BEG-003"]
    assert "Showing <strong>3–4</strong> of 5 questions" in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/map/?page=2">' in html
    assert '<a href="/map/?page=3" rel="next">' in html
    assert nodes_on(page(client, "page=99")) == ["PY-BEG-004"]


@pytest.mark.usefixtures("questions")
def test_map_of_one_topic_leads_to_the_others(client: Client) -> None:
    others = page(client, "technology=python&difficulty_max=5").partition('aria-label="Maps of one technology"')[2]

    assert '<a href="/map/?difficulty_max=5">All of them</a>' in others
    assert '<a aria-current="page">Python</a>' in others
    assert '<a href="/map/?technology=sql&difficulty_max=5">SQL</a>' in others


@pytest.mark.usefixtures("questions", "small_maps")
@pytest.mark.parametrize(("query", "most"), [("", 3), ("technology=python", 4), ("q=what", 10)])
def test_map_takes_few_queries_at_any_size(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, query: str, most: int
) -> None:
    page(client)  # The first request after a change counts the bank too.

    with django_assert_max_num_queries(most):
        page(client, query)


def test_topic_has_arrows_to_the_five_that_it_leads_to_most() -> None:
    topics = [Topic(str(number), f"T{number}", 10, "/map/") for number in range(9)]

    overview = draw_topics(topics, {("0", str(number)): number for number in range(1, 9)})

    assert [(arrow.target.item.key, arrow.follow_ups) for arrow in overview.arrows] == [
        ("8", 8),
        ("7", 7),
        ("6", 6),
        ("5", 5),
        ("4", 4),
    ]
    assert sorted({arrow.width for arrow in overview.arrows}) == [2, 3]


# Around one question.


@pytest.fixture
def chain(bank: Bank) -> list[Question]:
    """Five questions, each asked after the one before, and between the last two a draft."""
    made = [bank.add(f"PY-BEG-{number:03}") for number in range(1, 6)]
    draft = bank.add("PY-BEG-099", status="draft")
    for asking, answer in [*pairwise(made), (made[2], draft), (draft, made[2])]:
        FollowUp.objects.create(question=asking, position=int(answer.code[-3:]), text="And?", answered_by=answer)
    return made


def columns_on(html: str) -> dict[str, list[str]]:
    """The codes in each column of the map around a question."""
    drawn = html.partition("<svg")[2].partition("</svg>")[0]
    return {part.partition('"')[0]: nodes_on(part) for part in drawn.split('<g role="group" aria-label="')[1:]}


def around(client: Client, code: str, query: str = "") -> str:
    response = client.get(f"/questions/{code}/map/?{query}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.mark.usefixtures("chain")
def test_neighbours_are_what_leads_to_a_question_and_what_it_leads_to(client: Client) -> None:
    html = around(client, "PY-BEG-003")

    assert columns_on(html) == {
        "Leads to it": ["PY-BEG-002"],
        "The question": ["PY-BEG-003"],
        "It leads to": ["PY-BEG-004"],
    }
    assert html.count('<path id="arrow-') == 2
    assert '<a href="/questions/PY-BEG-003/map/?steps=2" rel="nofollow">Two steps</a>' in html


@pytest.mark.usefixtures("chain")
def test_neighbours_are_shown_two_steps_away(client: Client) -> None:
    html = around(client, "PY-BEG-003", "steps=2")

    assert list(columns_on(html).values()) == [[f"PY-BEG-00{number}"] for number in range(1, 6)]
    assert '<link rel="canonical" href="http://127.0.0.1:8000/questions/PY-BEG-003/map/?steps=2">' in html


def test_question_stands_where_it_is_nearest_and_a_circle_ends(client: Client, chain: list[Question]) -> None:
    FollowUp.objects.create(question=chain[3], position=1, text="And?", answered_by=chain[2])
    FollowUp.objects.create(question=chain[2], position=1, text="Again?", answered_by=chain[2])

    columns = columns_on(around(client, "PY-BEG-003", "steps=2"))

    assert columns["It leads to"] == ["PY-BEG-004"]
    assert sum(map(len, columns.values())) == len(chain)


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize("steps", ["3", "0", "x", "%00", "1e9"])
def test_other_steps_are_named_in_a_sentence(client: Client, steps: str) -> None:
    html = around(client, "PY-BEG-003", f"steps={steps}")

    assert "Neighbours are one or two steps away, not “" in html
    assert len(columns_on(html)) == 3


@pytest.mark.parametrize(("code", "status"), [("PY-BEG-098", 404), ("PY-BEG-099", 404), ("py-beg-003", 301)])
@pytest.mark.usefixtures("chain")
def test_map_around_a_question_has_one_address(client: Client, code: str, status: int) -> None:
    assert client.get(f"/questions/{code}/map/").status_code == status


@pytest.mark.usefixtures("chain")
def test_map_around_a_question_is_only_read(client: Client) -> None:
    assert client.post("/questions/PY-BEG-003/map/").status_code == 405


def test_question_without_neighbours_leads_to_related_ones(bank: Bank, client: Client) -> None:
    bank.add()
    bank.add("PY-BEG-002")

    html = around(client, "PY-BEG-001")

    assert "No follow-up of another question leads here" in html
    assert '<a href="/questions/PY-BEG-002/">' in html
    assert "<svg" not in html


def test_of_many_neighbours_the_easiest_are_drawn_and_the_page_says_so(
    bank: Bank, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    answer = bank.add()
    asking = [bank.add(f"PY-BEG-{number}", difficulty=1 + number % 2) for number in range(100, 125)]
    FollowUp.objects.bulk_create(FollowUp(question=it, position=1, text="And?", answered_by=answer) for it in asking)

    with django_assert_max_num_queries(10):
        html = around(client, "PY-BEG-001", "steps=2")

    drawn = columns_on(html)["Leads to it"]
    assert len(drawn) == 20
    assert drawn[:13] == [f"PY-BEG-{number}" for number in range(100, 125, 2)]
    assert "5 more are left out" in html


@pytest.mark.usefixtures("chain")
def test_question_and_its_boxes_lead_to_the_map_around_it(client: Client) -> None:
    link = 'href="/questions/PY-BEG-003/map/"'

    assert link in client.get("/questions/PY-BEG-003/").content.decode()
    assert link in page(client).partition("<svg")[2].partition("</svg>")[0]
    assert link in around(client, "PY-BEG-002").partition("<svg")[2].partition("</svg>")[0]


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
