"""Reading on in the list that one came from, and reaching what stands in it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.test_smoke import codes, expect_shown

LISTED = "/questions/?technology=machine-learning&sort=difficulty"


@pytest.mark.parametrize("mode", ["questions/", "questions/recall/"])
def test_previous_and_next_follow_the_list(page: Page, mode: str) -> None:
    page.goto(LISTED.replace("questions/", mode))
    listed = codes(page)
    page.locator(".card h2 a").nth(1).click()

    for code in listed[2:4]:
        page.get_by_role("link", name="Next").click()
        expect(page.locator(".question-header .code")).to_contain_text(code)
    page.get_by_role("link", name="Previous").click()

    expect(page.locator(".question-header .code")).to_contain_text(listed[2])
    assert page.url.endswith("/recall/") == ("recall" in mode)


def test_the_list_goes_on_beyond_its_page_and_ends_where_it_ends(page: Page) -> None:
    page.goto(LISTED)
    everything = codes(page)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 2").click()
    expect(page.locator(".pages [aria-current]")).to_have_text("2")
    everything += codes(page)
    page.locator(".card h2 a").first.click()
    expect(page.locator(".neighbours [rel=prev]")).to_have_attribute("href", f"/questions/{everything[-2]}/")

    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".neighbours [rel=next]")).to_have_attribute("href", f"/questions/{everything[-1]}/")
    page.get_by_role("link", name="Next").click()

    expect(page.locator(".neighbours [rel=next]")).to_have_count(0)


def test_the_breadcrumb_leads_back_to_the_list_with_its_filters(page: Page) -> None:
    page.goto("/questions/?technology=python&level=advanced")
    page.locator(".card h2 a").first.click()

    page.get_by_role("link", name="Interview Questions · Python · Advanced").click()

    expect(page).to_have_url(re.compile(r"/questions/\?technology=python&level=advanced$"))


def test_a_question_that_the_list_does_not_have_keeps_its_own_neighbours(page: Page) -> None:
    page.goto("/questions/PY-BEG-001/")
    neighbours = page.locator(".neighbours").inner_html()
    page.goto("/questions/?technology=python&level=advanced")

    page.goto("/questions/PY-BEG-001/")

    assert page.locator(".neighbours").inner_html() == neighbours
    expect(page.locator(".breadcrumb")).not_to_contain_text("Python")


def test_the_second_skip_link_reaches_the_results(page: Page) -> None:
    page.goto("/questions/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Sort by")).to_be_focused()
    first, stops = page.locator(".card h2 a").first, 0
    while not first.evaluate("it => it === document.activeElement") and stops < 6:
        page.keyboard.press("Tab")
        stops += 1
    expect(first).to_be_focused()


def test_the_bar_sorts_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/questions/?technology=python")

    page.get_by_label("Sort by").select_option("Code")
    page.get_by_role("button", name="Sort").click()

    expect(page).to_have_url(re.compile("technology=python.*sort=code"))
    assert codes(page) == sorted(codes(page))


def test_the_bar_sorts_at_once_on_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 360, "height": 740})
    page.goto("/questions/")
    page.get_by_label("Sort by").focus()

    page.get_by_label("Sort by").select_option("Code")

    expect(page).to_have_url(re.compile("sort=code$"))
    expect(page.get_by_label("Sort by")).to_be_focused()
    box = page.locator(".list-bar").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 740


def test_searching_from_a_filtered_list_keeps_its_filters_until_everything_is_asked(page: Page) -> None:
    page.goto("/questions/")
    page.get_by_role("checkbox", name=re.compile("Advanced")).check()
    expect_shown(page, 15)
    expect(page.locator(".search-scope")).to_contain_text("in Advanced")

    page.get_by_role("combobox", name="Search the questions").fill("model")
    page.get_by_role("button", name="Search").click()

    expect(page).to_have_url(re.compile(r"\?q=model&level=advanced$"))
    page.get_by_role("combobox", name="Search the questions").fill("list")
    page.get_by_role("link", name="Search everything").click()
    expect(page).to_have_url(re.compile(r"/questions/\?q=list$"))
