"""What a visit costs on the wire: the page and all that it brings, headers and the service worker’s requests too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.running_hub import RunningHub
from tests.browser.test_reader import ready
from tests.browser.wire import Wire, wire_to

pytestmark = pytest.mark.one_database

MOST = {  # bytes
    "/": 40_000,
    "/questions/": 75_000,
    "/questions/?page=3": 80_000,
    "/questions/?level=advanced": 80_000,
    "/questions/PY-INT-008/": 51_000,
}


@pytest.fixture
def wire(hub: RunningHub) -> Iterator[Wire]:
    with wire_to(hub.port) as wire:
        yield wire


@pytest.fixture
def newcomer(browser: Browser, wire: Wire) -> Iterator[Page]:
    """A page of somebody who was never here."""
    with browser.new_context(base_url=wire.url, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.mark.parametrize("path", MOST)
def test_a_first_visit_is_light(newcomer: Page, wire: Wire, path: str) -> None:
    newcomer.goto(path)
    ready(newcomer)

    print(f"{path} took {wire.received:,} bytes in {len(wire.asked)} requests.")
    assert wire.received <= MOST[path]


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/PY-INT-008/"])
def test_a_visit_that_is_repeated_asks_for_the_document_alone(newcomer: Page, wire: Wire, path: str) -> None:
    newcomer.goto(path)
    ready(newcomer)
    newcomer.goto("about:blank")
    wire.forget()

    newcomer.goto(path, wait_until="networkidle")

    # At times of its own choosing, a browser asks whether there is a new service worker.
    assert [line for line in wire.asked if line != "GET /sw.js HTTP/1.1"] == [f"GET {path} HTTP/1.1"]
    assert wire.received < 1_000
