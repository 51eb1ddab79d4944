"""A reader says whether a question helped, and an editor reads it."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.test_smoke import overflow
from tests.browser.watch import Watch

THANKS = "Thank you, your vote counts."


def say(page: Page, choice: str, reason: str) -> None:
    """Fill in the form below a question and send it."""
    page.get_by_role("group", name="Was this helpful?").get_by_label(choice).check()
    page.get_by_label("Why?").fill(reason)
    page.get_by_role("button", name="Send").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_votes_and_an_editor_reads_why(new_page: NewPage, desk: Page, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/questions/PY-BEG-004/")

    say(page, "No", f"Read <b>by</b> the test, {scripts}.")

    expect(page).to_have_url(re.compile("/questions/PY-BEG-004/#thanks$"))
    expect(page.get_by_text(THANKS)).to_be_visible()
    expect(page.get_by_role("group", name="Was this helpful?")).to_be_hidden()
    desk.goto("/admin/questions/question/?q=PY-BEG-004")
    desk.get_by_role("link", name="PY-BEG-004").click()
    expect(desk.locator("#votes")).to_contain_text(f"Read <b>by</b> the test, {scripts}.")


def test_a_vote_is_sent_in_place_and_can_be_changed(page: Page) -> None:
    page.goto("/questions/PY-BEG-005/")
    page.evaluate("unloaded = false")

    say(page, "Yes", "")
    expect(page.locator("#thanks")).to_be_focused()
    page.get_by_role("link", name="Change it").click()
    say(page, "No", "On second thoughts.")

    expect(page.get_by_text(THANKS)).to_be_visible()
    assert page.evaluate("unloaded") is False


def test_a_refused_vote_says_why_in_place_and_loses_nothing(page: Page, watch: Watch) -> None:
    watch.expect("status of 429 .*votes")
    page.goto("/questions/PY-BEG-005/")
    page.route("**/votes/**", lambda route: route.fulfill(status=429, body='<p class="vote-error">Too many.</p>'))

    say(page, "No", "Kept.")

    expect(page.get_by_role("alert")).to_have_text("Too many.")
    expect(page.get_by_label("Why?")).to_have_value("Kept.")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_why_is_asked_once_there_is_an_answer(new_page: NewPage, viewport: ViewportSize) -> None:
    page = new_page(viewport=viewport)
    page.goto("/questions/PY-BEG-005/")
    expect(page.get_by_label("Why?")).to_be_hidden()

    page.get_by_role("group", name="Was this helpful?").get_by_label("Yes").check()

    expect(page.get_by_label("Why?")).to_be_visible()
    assert overflow(page) == 0


def test_an_editor_follows_a_reader_from_the_dashboard_to_the_words(page: Page, desk: Page) -> None:
    page.goto("/questions/PY-BEG-006/")
    say(page, "No", "It is wrong about names.")
    expect(page.locator("#thanks")).to_be_focused()
    desk.goto("/admin/")

    desk.get_by_role("listitem").filter(has_text="PY-BEG-006").get_by_role("link", name="not helpful").click()

    expect(desk.get_by_role("region", name="What readers say")).to_be_focused()
    expect(desk.get_by_role("region", name="What readers say")).to_contain_text("It is wrong about names.")


def test_a_field_of_a_form_can_be_linked_to(desk: Page) -> None:
    desk.goto("/admin/questions/question/?q=PY-BEG-007")
    desk.get_by_role("link", name="PY-BEG-007").click()
    expect(desk).to_have_url(re.compile("/change/"))
    change = desk.url

    desk.goto(f"{change}#id_scenario")

    expect(desk.get_by_role("textbox", name="Production scenario")).to_be_focused()
    expect(desk.get_by_role("textbox", name="Production scenario")).to_be_in_viewport()
