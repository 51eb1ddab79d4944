"""The editors' pages on a phone and on a laptop: everything is to be seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW

pytestmark = pytest.mark.one_database

LIST = "/admin/questions/question/"


def open_form(desk: Page) -> None:
    """Open the form of a question."""
    desk.goto(f"{LIST}?q=PY-BEG-008")
    desk.get_by_role("link", name="PY-BEG-008").click()
    expect(desk.get_by_role("link", name="History")).to_be_visible()


def test_what_answers_a_follow_up_is_within_a_phones_screen(desk: Page) -> None:
    desk.set_viewport_size(NARROW)
    open_form(desk)

    for name in ("position", "text", "answer", "answered_by", "delete"):
        for cell in desk.locator(f"#follow_ups-group tr.has_original td[class*={name}]").all():
            box = cell.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= NARROW["width"]


def test_the_tools_of_a_form_do_not_cover_its_title(desk: Page) -> None:
    open_form(desk)
    title = desk.locator("#content > h2")
    title.evaluate("it => (it.textContent = 'DATA_UPLOAD_MAX_NUMBER_FIELDS '.repeat(8))")
    box = title.bounding_box()
    assert box

    for name in ("History", "View on site"):
        tool = desk.get_by_role("link", name=name).bounding_box()
        assert tool
        assert tool["y"] >= box["y"] + box["height"]
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_list_of_questions_shows_its_last_columns_on_a_laptop(desk: Page) -> None:
    desk.goto(LIST)

    last = desk.locator("#result_list .field-updated_at").first
    box, results = last.bounding_box(), desk.locator("#changelist-form").bounding_box()

    assert box
    assert results
    assert box["x"] + box["width"] <= results["x"] + results["width"]
    expect(desk.get_by_role("link", name="Archived")).to_be_in_viewport()
    expect(desk).to_have_url(re.compile(f"{LIST}$"))
