"""The page cache in real processes: an edit shows in every one of them, and to its editor at once."""

import gzip
import time
from collections.abc import Iterator
from urllib.request import Request

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.running_hub import RestingHub, RunningHub, copy_of, open_url
from tests.hub.redis_server import redis_server

EDIT = """
import time
from questions.models import Question
Question.objects.filter(code="PY-BEG-001").update(title={title!r})
print(time.time())
"""
QUESTION = "/questions/PY-BEG-001/"
VISITS = 40  # Enough to meet every worker.


@pytest.fixture(scope="module", params=["own pages", "shared pages"])
def edited_hub(
    request: pytest.FixtureRequest, resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHub]:
    """A hub whose questions may be changed, with and without a Redis."""
    with redis_server() as redis:
        cache = {"CACHE_URL": redis.url} if request.param == "shared pages" else {}
        with copy_of(resting_hub, tmp_path_factory.mktemp("page_cache"), **cache) as hub:
            yield hub
            assert "Traceback" not in hub.log
            assert "fails" not in hub.log


def visit(hub: RunningHub, target: str, **headers: str) -> str:
    """The page, by a connection of its own."""
    with open_url(Request(hub.url + target, headers=headers), timeout=10) as response:
        body: bytes = response.read()
        return (gzip.decompress(body) if response.headers["Content-Encoding"] == "gzip" else body).decode()


def edit(hub: RunningHub, title: str) -> None:
    """Change the question's title in a process of its own, and wait until a second has passed since."""
    done = hub.manage("shell", "--no-imports", "-c", EDIT.format(title=title))
    assert done.returncode == 0, done.stderr
    time.sleep(max(0, float(done.stdout) + 1 - time.time()))


@pytest.mark.parametrize("target", [QUESTION, "/questions/?q=PY-BEG-001", "/questions/?technology=python"])
def test_an_edit_elsewhere_shows_within_a_second(edited_hub: RunningHub, target: str) -> None:
    title = f"What is new in {target}?"
    assert not any(title in visit(edited_hub, target) for _ in range(VISITS))

    edit(edited_hub, title)

    assert all(title in visit(edited_hub, target) for _ in range(VISITS))
    assert all(title in visit(edited_hub, target, **{"Accept-Encoding": "gzip"}) for _ in range(VISITS))


def test_pages_are_kept_by_the_server_as_it_runs(edited_hub: RunningHub) -> None:
    for _ in range(VISITS):
        visit(edited_hub, "/questions/?technology=python&utm_source=x")

    times = [float(line.split()[-2]) for line in edited_hub.log.splitlines() if "GET /questions/ 200" in line]
    assert sorted(times)[len(times) // 2] < 2  # milliseconds


def test_a_reader_who_comes_back_sees_the_edit(hub: RunningHub, page: Page) -> None:
    page.goto(QUESTION)
    heading = page.get_by_role("heading", level=1)
    old = heading.inner_text()
    try:
        edit(hub, "What does a reader see?")

        page.goto("/")
        page.goto(QUESTION)

        expect(heading).to_have_text("What does a reader see?")
    finally:
        edit(hub, old)


def test_the_editor_sees_the_page_fresh(hub: RunningHub, logged_in: StorageState) -> None:
    cookies = "; ".join(f"{it['name']}={it['value']}" for it in logged_in["cookies"])

    with open_url(Request(hub.url + QUESTION, headers={"Cookie": cookies}), timeout=10) as response:
        control = response.headers["Cache-Control"]

    assert set(control.split(", ")) == {"private", "no-cache"}


def test_an_edit_shows_to_its_editor_at_once(hub: RunningHub, desk: Page) -> None:
    desk.goto(QUESTION)
    old = desk.get_by_role("heading", level=1).inner_text()
    try:
        change_title(desk, "What does its editor see?")

        desk.goto(QUESTION)

        expect(desk.get_by_role("heading", level=1)).to_have_text("What does its editor see?")
    finally:
        change_title(desk, old)


def change_title(desk: Page, title: str) -> None:
    """Edit the question at the editors' desk."""
    desk.goto("/admin/questions/question/?q=PY-BEG-001")
    desk.get_by_role("link", name="PY-BEG-001").click()
    desk.get_by_label("Title").fill(title)
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_text("was changed successfully")).to_be_visible()
