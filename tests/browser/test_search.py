"""Finding a question: suggestions while typing, filters without loading the page, and all of it without scripts."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, NewPage
from tests.browser.running_hub import RunningHub
from tests.browser.test_reader import ready
from tests.browser.test_smoke import expect_shown, option
from tests.browser.watch import Watch

# A key pressed while an input method composes.
COMPOSE = """(field, key) => field.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, isComposing: true }))"""


def results_line(page: Page) -> Locator:
    """What tells how many questions are shown."""
    return page.locator(".result-count")


def shown(page: Page) -> int:
    """The number of questions that the result line tells; other tests may have added some."""
    return int(page.locator(".result-line strong").inner_text())


def test_arrow_down_and_enter_open_a_suggested_question(page: Page) -> None:
    page.goto("/questions/")
    field = page.get_by_role("combobox", name="Search the questions")

    field.press_sequentially("metac")
    expect(page.get_by_role("option").first).to_contain_text("PY-ADV-001")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Enter")

    expect(page).to_have_url(re.compile("/questions/PY-ADV-001/$"))


def test_suggestions_are_announced_and_tied_to_the_field(page: Page) -> None:
    page.goto("/questions/")
    field = page.get_by_role("combobox", name="Search the questions")
    expect(field).to_have_attribute("aria-expanded", "false")

    field.press_sequentially("gener")

    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Suggested questions")).to_be_visible()
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("suggested questions")
    field.press("ArrowUp")
    last = page.get_by_role("listbox").get_by_role("option").last
    expect(field).to_have_attribute("aria-activedescendant", str(last.get_attribute("id")))


def test_escape_closes_the_suggestions_and_keeps_the_text(page: Page) -> None:
    page.goto("/questions/")
    field = page.get_by_role("combobox", name="Search the questions")
    field.press_sequentially("gener")
    expect(page.get_by_role("listbox")).to_be_visible()

    field.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("gener")


def test_clicking_a_suggestion_opens_it(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("py-int-00")

    page.get_by_role("option").filter(has_text="PY-INT-002").click()

    expect(page).to_have_url(re.compile("/questions/PY-INT-002/$"))


def test_enter_searches_for_what_is_typed(page: Page) -> None:
    page.goto("/questions/")
    field = page.get_by_role("combobox", name="Search the questions")

    field.fill("gradiant boosting")
    field.press("Enter")

    expect(page.get_by_text("Showing results for gradient boosting")).to_be_visible()
    expect(page.locator(".card mark").first).to_be_visible()
    expect(page.locator(".card-header .code").first).to_have_text("ML-INT-004")


def test_slash_goes_to_the_search_field_but_not_from_a_field(page: Page) -> None:
    page.goto("/questions/")

    page.keyboard.press("/")

    field = page.get_by_role("combobox", name="Search the questions")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.press("/")
    expect(field).to_have_value("/")


def test_filtering_does_not_load_the_page_and_back_undoes_it(page: Page) -> None:
    page.goto("/questions/")
    page.evaluate("window.sameDocument = true")
    everything = shown(page)

    option(page, "Advanced").click()
    expect_shown(page, 15)
    option(page, "Python").click()
    expect_shown(page, 5)
    expect(page).to_have_url(re.compile(r"/questions/\?technology=python&level=advanced$"))

    page.go_back()
    expect_shown(page, 15)
    page.go_back()
    expect_shown(page, everything)
    assert page.evaluate("window.sameDocument") is True


def test_focus_stays_on_the_filter_that_was_changed(page: Page) -> None:
    page.goto("/questions/")
    page.locator("#filters input[value=advanced]").focus()

    page.keyboard.press("Space")

    expect_shown(page, 15)
    expect(page.locator("#filters input[value=advanced]")).to_be_focused()


@pytest.mark.parametrize("path", ["/questions/", "/map/"])
def test_focus_goes_to_the_results_after_a_filter_is_taken_away(page: Page, path: str) -> None:
    page.goto(f"{path}?level=advanced&technology=python")

    page.get_by_role("list", name="Active filters").get_by_role("link", name="Python").press("Enter")

    expect(results_line(page)).to_be_focused()
    expect(results_line(page)).to_be_in_viewport()
    expect(page.locator("#announcement")).to_have_text("Showing 15 questions · Advanced")


def test_focus_goes_to_the_results_of_another_page(page: Page) -> None:
    page.goto("/questions/")

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 2").press("Enter")

    expect(page).to_have_url(re.compile(r"page=2$"))
    expect(results_line(page)).to_be_focused()
    expect(results_line(page)).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/questions/", "/map/"])
def test_focus_goes_to_the_results_after_filters_are_applied(new_page: NewPage, path: str) -> None:
    page = new_page(viewport=NARROW)
    page.goto(path)
    page.get_by_text("Filters", exact=True).click()
    option(page, "Advanced").click()

    page.get_by_role("button", name="Apply filters").press("Enter")

    expect_shown(page, 15)
    expect(results_line(page)).to_be_focused()
    expect(results_line(page)).to_be_in_viewport()


def test_focus_is_not_lost_on_the_way_back(page: Page) -> None:
    page.goto("/questions/?level=advanced")
    page.get_by_role("list", name="Active filters").get_by_role("link", name="Advanced").press("Enter")
    expect(results_line(page)).to_be_focused()

    page.go_back()

    expect_shown(page, 15)
    expect(results_line(page)).to_be_focused()


@pytest.mark.parametrize("path", ["/questions/", "/map/"])
def test_what_tells_of_changes_is_not_swapped_itself(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator(".list-layout [role=status], .list-layout [aria-live]")).to_have_count(0)
    page.evaluate("document.getElementById('announcement').isTheSame = true")

    page.locator("#filters input[value=advanced]").press("Space")

    expect(page.locator("#announcement")).to_have_text("Showing 15 questions · Advanced")
    assert page.evaluate("document.getElementById('announcement').isTheSame")


def test_a_filter_without_a_network_leaves_the_list_as_it_was(page: Page, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    page.goto("/questions/?level=advanced")
    ready(page)
    page.context.set_offline(True)

    page.locator("#filters input[value=python]").press("Space")

    expect(page.get_by_role("alert")).to_contain_text("The hub cannot be reached")
    expect(page.locator("#filters input[value=python]")).not_to_be_checked()
    expect(page.locator("#filters input[value=python]")).to_be_focused()
    expect(page.locator(".card")).to_have_count(15)
    expect(page).to_have_url(re.compile("level=advanced$"))


def test_keys_that_an_input_method_uses_open_no_suggestion(page: Page) -> None:
    page.goto("/questions/")
    field = page.get_by_role("combobox", name="Search the questions")
    field.press_sequentially("gener")
    expect(page.get_by_role("listbox")).to_be_visible()

    for key in ("ArrowDown", "Enter", "Escape"):
        field.evaluate(COMPOSE, key)

    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    expect(page).to_have_url(re.compile("/questions/$"))


def test_pages_follow_without_loading(page: Page) -> None:
    page.goto("/questions/?sort=code")
    page.evaluate("window.sameDocument = true")

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 2").click()

    expect(page).to_have_url(re.compile(r"sort=code&page=2$"))
    assert page.evaluate("window.sameDocument") is True


def test_on_a_narrow_screen_filters_wait_for_the_button(new_page: NewPage) -> None:
    page = new_page(viewport=NARROW)
    page.goto("/questions/")
    page.get_by_text("Filters", exact=True).click()
    everything = shown(page)

    option(page, "Advanced").click()
    option(page, "Python").click()
    expect_shown(page, everything)
    page.get_by_role("button", name="Apply filters").click()

    expect_shown(page, 5)


def test_without_scripts_search_and_filters_work_as_forms(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/questions/")

    page.get_by_role("searchbox", name="Search the questions").fill("overfiting")
    page.get_by_role("button", name="Search").click()
    option(page, "Beginner").click()
    page.get_by_role("button", name="Apply filters").click()

    expect(page).to_have_url(re.compile(r"q=overfiting"))
    expect(page.locator(".card-header .code").first).to_have_text("ML-BEG-004")


ADD_MARKED = """
from questions.models import Question
first = Question.objects.public().first()
fields = {name: getattr(first, name) for name in ("technology", "category", "level", "difficulty", "status")}
fields |= {"title": "什么是闭包 in C++?", "answer": "Eine Größe, a café, 闭包 and `a ??= b`."}
Question.objects.create(code="PY-ADV-990", **fields)
"""
REMOVE_MARKED = "from questions.models import Question; Question.objects.filter(code='PY-ADV-990').delete()"


@pytest.fixture
def marked_question(hub: RunningHub) -> Iterator[str]:
    assert hub.manage("shell", "-v0", "-c", ADD_MARKED).returncode == 0
    yield "PY-ADV-990"
    assert hub.manage("shell", "-v0", "-c", REMOVE_MARKED).returncode == 0


def test_words_are_marked_in_the_title_and_the_answer_in_any_script(page: Page, marked_question: str) -> None:
    card = page.locator("article", has=page.locator(f"#{marked_question}"))
    for text, marked in {
        "闭包": ["闭包", "闭包"],
        "C++": ["C++"],
        "cafe groesse": ["Größe", "café"],
        "??=": ["??="],
    }.items():
        page.goto(f"/questions/?q={quote(text)}")

        expect(card.locator("h2 mark, .prose mark")).to_have_text(marked)
