"""Everybody can use every page: what axe-core finds, and what it cannot see."""

import os
from itertools import pairwise, product
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page, StorageState, ViewportSize, expect

from hub.environment import BASE_DIR
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.page_types import ADDRESSES, PAGES, open_page
from tests.browser.running_hub import RunningHub
from tests.browser.test_smoke import overflow
from tests.browser.watch import Watch

pytestmark = pytest.mark.audit

OF_DJANGO = {  # Rules of axe that its pages break.
    "/admin/": set(),
    "/admin/login/": {"page-has-heading-one"},
    "/admin/questions/image/": {"target-size"},  # As the next.
    "/admin/questions/image/add/": set(),
    "/admin/questions/question/": {"target-size"},  # The links of the filters beside the list.
    "/admin/questions/question/add/": {
        "aria-input-field-name",  # Fields that complete what is typed, which are select2's.
        "empty-table-header",  # Of the inline table, as
        "label",  # its fields, which only the table's head names.
    },
}
SCREENSHOTS = Path(os.environ.get("HUB_DATA_DIR") or BASE_DIR / "var").absolute() / "screenshots"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SMALLEST = ViewportSize(width=320, height=640)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (tags) => {
  await Promise.allSettled(document.getAnimations().map((it) => it.finished));
  const { violations } = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((it) => it.checkVisibility()).map((it) => Number(it.tagName[1]))"""
LANDMARKS = """() => ["header", "main", "footer"].map((it) => document.querySelectorAll(`body > ${it}`).length)"""
# The links, buttons and fields that Tab should reach: of radio buttons of one name, one; of the map's questions, one.
REACHABLE = """() => {
  const names = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((it) => {
    if (it.disabled || it.tabIndex < 0 || !it.checkVisibility({ visibilityProperty: true })) return false;
    if (it.type !== "radio") return true;
    const isFirst = !names.has(it.name);
    names.add(it.name);
    return isFirst;
  }).length;
}"""
# Who draws the focus: the element, its label, what follows it (of a radio button) or, on the map, its box.
FOCUS = """() => {
  const it = document.activeElement;
  globalThis.visited ??= new Set([document.body]);
  const isPart = it === globalThis.before && it.matches("[type=date]");  // It has a stop for day, month and year.
  const isNew = !visited.has(it);
  visited.add(globalThis.before = it);
  const isSeen = [it, it.closest("label"), it.nextElementSibling].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each ?? document.body);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  }) || [...it.querySelectorAll("rect")].some((box) => parseFloat(getComputedStyle(box).strokeWidth) >= 4);
  const counts = it.matches("a[href], button, input, select, textarea, summary");
  return { isPart, isNew, isSeen, counts, text: it.outerHTML.slice(0, 120) };
}"""


def findings(page: Page, name: str) -> dict[str, list[str]]:
    """What axe finds on the page as it stands, by colour scheme and width: the rule, and the element.

    Leaves a screenshot of each in the data folder.
    """
    page.evaluate(AXE_SCRIPT)  # Playwright runs it outside the Content-Security-Policy.
    found = {}
    for scheme, size in product(SCHEMES, (WIDE, NARROW)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        look = f"{scheme}, {size['width']} px"
        page.screenshot(path=SCREENSHOTS / f"{name}, {look}.png", full_page=True)
        if faults := page.evaluate(RUN_AXE, RULES):
            found[look] = faults
    return found


def tab_through(page: Page) -> list[dict[str, Any]]:
    """Press Tab until it comes back to where it has been; what it came past."""
    passed: list[dict[str, Any]] = []
    while True:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["isPart"]:
            continue
        if not focus["isNew"]:
            return passed
        passed.append(focus)


# What axe sees.


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, hub: RunningHub, watch: Watch, name: str) -> None:
    open_page(page, hub, watch, name)

    found = findings(page, name)

    assert found == {}


def test_axe_finds_nothing_where_everything_is_unfolded(page: Page) -> None:
    page.goto(ADDRESSES["question"])
    page.get_by_role("radio", name="Yes").check()
    page.locator("form.open-panel button").first.click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()

    found = findings(page, "question, unfolded")

    assert found == {}


@pytest.mark.parametrize("path", OF_DJANGO)
def test_axe_finds_at_the_desk_only_what_django_brings(new_page: NewPage, logged_in: StorageState, path: str) -> None:
    # axe measures Django's folded parts with inline styles, which the policy would report as a fault of the page.
    state = None if "login" in path else logged_in
    page = new_page(viewport=WIDE, storage_state=state, bypass_csp=True)
    page.goto(path)

    found = findings(page, path.strip("/").replace("/", " "))

    faults = [f"{look}: {fault}" for look, faults in found.items() for fault in faults]
    assert [fault for fault in faults if fault.split(": ")[1] not in OF_DJANGO[path]] == []


# What it does not.


@pytest.mark.parametrize("name", ADDRESSES)
def test_headings_landmarks_and_focus_are_in_order_and_nothing_sticks_out_at_320_pixels(
    page: Page, hub: RunningHub, watch: Watch, name: str
) -> None:
    open_page(page, hub, watch, name)

    levels = page.evaluate(HEADINGS)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert page.evaluate(LANDMARKS) == [1, 1, 1]

    passed = tab_through(page)
    assert [focus["text"] for focus in passed if not focus["isSeen"]] == []
    assert sum(focus["counts"] for focus in passed) == page.evaluate(REACHABLE)

    page.set_viewport_size(SMALLEST)
    assert overflow(page) == 0


@pytest.mark.parametrize("name", ["front page", "list", "question", "map"])
def test_the_skip_link_comes_first_and_leads_past_the_header(page: Page, name: str) -> None:
    page.goto(ADDRESSES[name])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main, footer') !== null")
