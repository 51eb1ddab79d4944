"""A mock interview from start to report, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import overflow

pytestmark = pytest.mark.one_database


def answer(page: Page) -> None:
    """Answer the question that is asked, and score it."""
    page.get_by_label("Answer aloud, or in notes").fill("My answer.")
    page.get_by_role("button", name="Show the answer").click()
    assert overflow(page) == 0
    for criterion in ("Correct", "Deep", "Concrete", "Clear"):
        page.get_by_role("group", name=criterion, exact=True).get_by_role("radio").nth(1).check()
    page.get_by_role("button", name=re.compile("Next question|To the report")).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_mock_interview_from_start_to_report(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts, viewport=NARROW)
    page.goto("/practice/mock/?questions=PY-BEG-008.5+PY-ADV-004.10")

    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".mock-clock")).to_contain_text("left" if scripts else "until")
    answer(page)
    answer(page)

    expect(page.get_by_role("heading", name="Report", exact=True)).to_be_visible()
    assert overflow(page) == 0
    page.get_by_role("button", name="Revise 2 in my queue").click()
    expect(page).to_have_url(re.compile("/practice/$"))
