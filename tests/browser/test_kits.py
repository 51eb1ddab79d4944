"""A kit, from the list to paper, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import overflow

pytestmark = pytest.mark.one_database

KIT = "/kits/?title=Backend&questions=PY-BEG-008.5+PY-ADV-004.10"


def test_a_kit_from_the_list_to_paper(page: Page) -> None:
    page.goto("/questions/?technology=machine-learning")  # Other tests add questions without mistakes elsewhere.
    adding = page.get_by_role("link", name=re.compile("^Add to a kit"))

    adding.first.click()
    adding.first.click()
    page.get_by_role("link", name="In your kit of 2: open it").click()
    page.get_by_label("Role").fill("Backend")
    page.get_by_role("button", name=re.compile("^Move .* up$")).last.click()
    expect(page.get_by_role("heading", name="Backend", level=1)).to_be_visible()
    page.get_by_role("link", name="Interviewer’s sheet").click()
    expect(page.get_by_role("heading", name="Warning signs")).to_have_count(2)
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Sheets of this kit")).to_be_hidden()
    for paper in ("A4", "Letter"):
        assert page.pdf(format=paper).startswith(b"%PDF")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_scorecard_is_filled_and_downloaded(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts, viewport=NARROW)
    page.goto("/kits/")

    page.get_by_role("button", name="Pick questions").click()
    page.get_by_role("link", name="Scorecard").click()
    page.get_by_label("Evidence").first.fill("Named both sides.")
    page.get_by_role("radio", name="3").first.check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Markdown").click()

    text = download.value.path().read_text()
    assert "Named both sides." in text
    assert "- Correct: 3 of 4" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sheet", ["", "interviewer/", "candidate/", "scorecard/"])
def test_nothing_of_a_kit_sticks_out_of_a_narrow_screen(new_page: NewPage, sheet: str, scheme: str) -> None:
    page = new_page(viewport=NARROW, color_scheme=scheme)

    page.goto(KIT.replace("/kits/", f"/kits/{sheet}"))

    assert overflow(page) == 0
