"""Titles with what is longer than a phone is wide, identifiers, formulas and Chinese: no page grows with them."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import overflow
from tests.browser.watch import Watch
from tests.question_set.question_set import questions

pytestmark = pytest.mark.one_database

LONG = "Why DATA_UPLOAD_MAX_NUMBER_FIELDS_AND_FILES and torch.nn.utils.clip_grad_norm_.total_norm.foreach?"
CHINESE = "为什么归并排序的时间复杂度比快速排序在最坏情况下更好并且什么时候应该使用它们"
FORMULA = f"<span class='formula long'><math>{'<mi>x</mi><mo>+</mo>' * 40}</math></span>"
PATHS = [
    "/",
    "/questions/",
    "/questions/?q=PY-BEG-008",
    "/questions/PY-BEG-008/",
    "/questions/PY-BEG-008/recall/",
    "/questions/recall/?technology=python",
    "/questions/PY-BEG-008/drill/?trail=PY-BEG-001",
    "/questions/print/?technology=python",
    "/votes/PY-BEG-008/",
    "/map/",
    "/questions/PY-BEG-008/map/?steps=2",
    "/kits/?questions=PY-BEG-008+PY-ADV-004&q=generator",
    "/kits/interviewer/?questions=PY-BEG-008",
    "/kits/candidate/?questions=PY-BEG-008",
    "/kits/scorecard/?questions=PY-BEG-008",
]


def with_long_titles(route: Route) -> None:
    """The page as it would be if all titles were long."""
    response = route.fetch()
    html = response.text()
    for it in questions().values():
        html = html.replace(it["title"].replace("'", "&#x27;"), f"{LONG} {CHINESE} {FORMULA}")
    route.fulfill(response=response, body=html)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_a_phone(new_page: NewPage, path: str) -> None:
    page = new_page(viewport=NARROW)
    page.route(lambda url: url.endswith("/") or "/?" in url, with_long_titles)

    page.goto(path)

    expect(page.get_by_text(LONG).first).to_be_attached()
    assert overflow(page) == 0


@pytest.mark.usefixtures("led_by_links")
def test_an_answer_in_place_is_no_wider_than_a_phone(new_page: NewPage, watch: Watch) -> None:
    watch.expect("registration blocked")  # What a worker fetches does not come past the route.
    page = new_page(viewport=NARROW, service_workers="block")
    page.route("**/", with_long_titles)
    page.goto("/questions/PY-BEG-008/")

    page.locator("form.open-panel button").first.click()

    expect(page.locator(".panel h3")).to_contain_text(LONG)
    assert overflow(page) == 0


def test_no_title_leaves_its_box_on_the_map(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/map/")

    outside = page.locator(".map-node").evaluate_all(
        """nodes => nodes.filter((it) => {
          const box = it.querySelector("a > rect").getBBox();
          return [...it.querySelectorAll("text")].some((text) => {
            const { x, y, width, height } = text.getBBox();
            return x < 0 || x + width > box.width || y + height > box.height;
          });
        }).map((it) => it.textContent)"""
    )

    assert outside == []
