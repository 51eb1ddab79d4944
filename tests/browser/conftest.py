"""The hub as its users have it: real processes, and a real browser that may not complain."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect, sync_playwright

from tests.browser.running_hub import RestingHub, RunningHub, copy_of
from tests.browser.watch import Watch

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000  # milliseconds
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=360, height=740)
PASSWORD = "a long password for the tests"

NewPage = Callable[..., Page]


def chromium() -> str | None:
    """The browser's path: rather without a window, which would take five sixths of each page's time."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


ON_BOTH_DATABASES = ("test_serve.py", "test_smoke.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser shows is asked of one database alone, but for the hub's start and a walk through all of it."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name not in ON_BOTH_DATABASES:
            item.add_marker(pytest.mark.one_database)


@pytest.fixture(scope="session")
def hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub with the question set; all browser tests share it."""
    with copy_of(resting_hub, tmp_path_factory.mktemp("browser")) as hub:
        yield hub
        assert hub.stop() == 0
        assert hub.survivors() == []
        assert "Traceback" not in hub.log
        assert "Warning:" not in hub.log


WITHOUT_ANSWERS = """
import json, pathlib
from questions.models import FollowUp
rows = list(FollowUp.objects.exclude(answer="").values("pk", "answer", "answer_html"))
pathlib.Path("{kept}").write_text(json.dumps(rows))
FollowUp.objects.update(answer="", answer_html="")
"""
WITH_ANSWERS = """
import json, pathlib
from questions.models import FollowUp
rows = json.loads(pathlib.Path("{kept}").read_text())
FollowUp.objects.bulk_update([FollowUp(**row) for row in rows], ["answer", "answer_html"])
"""


@pytest.fixture(scope="module")
def led_by_links(hub: RunningHub) -> Iterator[None]:
    """Follow-ups without answers of their own, so that each opens the question that answers it."""
    kept = hub.data_dir / "answers.json"
    assert hub.manage("shell", "-v0", "-c", WITHOUT_ANSWERS.format(kept=kept)).returncode == 0
    yield
    assert hub.manage("shell", "-v0", "-c", WITH_ANSWERS.format(kept=kept)).returncode == 0


@pytest.fixture(scope="session")
def editor(hub: RunningHub) -> str:
    """The name of an account that may do everything, with PASSWORD."""
    account = {"USERNAME": "editor", "EMAIL": "editor@hub.invalid", "PASSWORD": PASSWORD}
    variables = {f"DJANGO_SUPERUSER_{name}": value for name, value in account.items()}
    made = hub.manage("createsuperuser", "--noinput", **variables)
    assert made.returncode == 0, made.stderr
    return account["USERNAME"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()
        connections.close_all()  # While Playwright's loop runs, Django has a connection apart from the thread's own.


@pytest.fixture
def watch(hub: RunningHub) -> Iterator[Watch]:
    """What the test's pages complain of; after the test, there must be nothing that it did not announce."""
    watch = Watch()
    yield watch
    assert watch.surprises() == []
    assert [address for address in watch.addresses if not address.startswith(f"{hub.url}/")] == []


@pytest.fixture
def new_page(browser: Browser, hub: RunningHub, watch: Watch) -> Iterator[NewPage]:
    """Makes pages of visitors who know nothing of each other; options are those of `Browser.new_context`."""
    contexts = []

    def make(**options: Any) -> Page:
        # Whether a view transition comes to its end is a matter of the machine's load.
        context = browser.new_context(base_url=hub.url, **{"reduced_motion": "reduce", **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page on a wide screen."""
    return new_page(viewport=WIDE)


def log_in(page: Page, name: str) -> None:
    """Log in with PASSWORD and arrive at the editors' desk."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="The editors’ desk")).to_be_visible()


@pytest.fixture(scope="session")
def logged_in(browser: Browser, hub: RunningHub, editor: str) -> StorageState:
    """The cookies of an editor; hashing a password takes long, so one log-in serves many tests."""
    with browser.new_context(base_url=hub.url) as context:
        log_in(context.new_page(), editor)
        return context.storage_state()


@pytest.fixture
def desk(new_page: NewPage, logged_in: StorageState) -> Page:
    """A page of an editor who has logged in."""
    return new_page(viewport=WIDE, storage_state=logged_in)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test of the browser once more if it fails: a busy machine can be slower than anything waits."""
    if item.path.parent != Path(__file__).parent:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.failed for report in reports):
        item._initrequest()  # type: ignore[attr-defined]
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
