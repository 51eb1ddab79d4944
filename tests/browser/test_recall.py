"""Testing oneself on a question or on a list: reveal, tick, rate; with and without scripts, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.test_search import COMPOSE
from tests.browser.test_smoke import expect_shown, number_beside, option, overflow

pytestmark = pytest.mark.one_database

CODE = "PY-BEG-008"
QUESTION = f"/questions/{CODE}/"
RECALL = f"{QUESTION}recall/"
LIST = "/questions/recall/?technology=python&level=advanced"


def part(page: Page, heading: str) -> Locator:
    """The text of a part, hidden or not."""
    return page.locator(".recall-step", has=page.get_by_role("heading", name=heading)).locator(".prose")


def rating(page: Page, number: int) -> Locator:
    """A choice of the self-rating."""
    return page.get_by_role("radio", name=re.compile(f"^{number} "))


def rate(page: Page, number: int) -> None:
    """Answer and rate with the keyboard."""
    page.keyboard.press("Space")
    page.keyboard.press(str(number))
    expect(page.locator(".recall-kept:visible").first).to_contain_text("Rated")


def reload(page: Page) -> None:
    """Load the page again, once what was typed is kept: a slow disk takes its time."""
    expect(page.locator(".recall[data-kept]")).to_have_count(1)
    page.reload()


def rated(page: Page, code: str = CODE) -> Locator:
    """What stands beside a question's code."""
    return page.locator(f".rated[data-code={code}]").first


# The switch.


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_is_recalled_and_read_again(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto(QUESTION)

    page.get_by_role("link", name="Recall", exact=True).click()
    expect(page).to_have_url(re.compile(f"{RECALL}$"))
    expect(part(page, "Answer")).to_be_hidden()
    page.get_by_role("link", name="Read", exact=True).click()

    expect(page).to_have_url(re.compile(f"{QUESTION}$"))
    expect(page.locator(".section-answer .prose")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_list_is_recalled_with_its_filters(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/questions/?technology=python&level=advanced")
    shown = page.locator(".card-header .code").all_inner_texts()

    page.get_by_role("link", name="Recall", exact=True).click()

    expect(page).to_have_url(re.compile(re.escape(LIST) + "$"))
    expect(page.locator(".card-header .code")).to_have_text(shown)
    expect(page.locator(".recall-step .prose:visible")).to_have_count(0)


# Revealing.


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_part_is_revealed_and_hidden_by_a_click(new_page: NewPage, scripts: bool, viewport: ViewportSize) -> None:
    page = new_page(java_script_enabled=scripts, viewport=viewport)
    page.goto(RECALL)

    page.get_by_role("heading", name="Answer").click()
    expect(part(page, "Answer")).to_be_visible()
    expect(part(page, "Deep Explanation")).to_be_hidden()
    page.get_by_role("heading", name="Answer").click()

    expect(part(page, "Answer")).to_be_hidden()


def test_space_reveals_part_by_part_and_moves_the_focus_there(page: Page) -> None:
    page.goto(RECALL)

    for heading in ("Answer", "Deep Explanation", "Real-World Example", "Common Mistakes", "Production Scenario"):
        expect(part(page, heading)).to_be_hidden()
        page.keyboard.press("Space")
        expect(part(page, heading)).to_be_focused()

    expect(page.locator(".recall-step[open]")).to_have_count(5)


def test_space_opens_and_closes_the_part_whose_heading_has_the_focus(page: Page) -> None:
    page.goto(RECALL)
    summary = page.locator(".recall-step summary").nth(1)

    summary.press("Space")
    expect(part(page, "Deep Explanation")).to_be_visible()
    summary.press("Space")

    expect(page.locator(".recall-step[open]")).to_have_count(0)


def test_space_and_numbers_are_text_while_typing_notes(page: Page) -> None:
    page.goto(RECALL)

    page.get_by_role("textbox", name="Your answer").press_sequentially("a 1 r")

    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("a 1 r")
    expect(page.locator(".recall-step[open]")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"{RECALL}$"))


def test_escape_leaves_the_notes_for_the_answer(page: Page) -> None:
    page.goto(RECALL)
    page.get_by_role("textbox", name="Your answer").press_sequentially("a 1 r")

    page.keyboard.press("Escape")
    page.keyboard.press("Space")

    expect(part(page, "Answer")).to_be_focused()


def test_without_scripts_there_is_nothing_that_would_not_work(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(RECALL)

    page.get_by_role("heading", name="Answer").click()

    for useless in (".recall-notes", ".recall-rating", ".theme-switch", ".keys-open"):
        expect(page.locator(useless)).to_be_hidden()


# What is kept.


def test_notes_stay_on_the_machine(page: Page) -> None:
    page.goto(RECALL)

    page.get_by_role("textbox", name="Your answer").fill("Names are labels.")
    reload(page)

    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("Names are labels.")


def test_notes_are_nobody_elses(new_page: NewPage) -> None:
    mine, theirs = new_page(), new_page()
    mine.goto(RECALL)
    mine.get_by_role("textbox", name="Your answer").fill("Names are labels.")

    theirs.goto(RECALL)

    expect(theirs.get_by_role("textbox", name="Your answer")).to_have_value("")


def test_mistakes_become_check_boxes_that_stay_ticked(page: Page) -> None:
    page.goto(RECALL)
    boxes = page.get_by_role("checkbox", name="I made this mistake")

    page.get_by_role("heading", name="Common Mistakes").click()
    boxes.nth(1).check()
    reload(page)
    page.get_by_role("heading", name="Common Mistakes").click()

    expect(boxes).to_have_count(page.locator(".section-mistakes .prose > ul > li").count())
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(1)).to_be_checked()


def test_rating_comes_after_the_answer(page: Page) -> None:
    page.goto(RECALL)

    expect(page.get_by_role("group", name="Would your answer have passed?")).to_be_hidden()
    page.keyboard.press("3")
    expect(rated(page)).to_be_empty()
    page.keyboard.press("Space")

    expect(page.get_by_role("group", name="Would your answer have passed?")).to_be_visible()


@pytest.mark.parametrize(("number", "word"), [(1, "Missed"), (4, "Effortless")])
def test_a_number_rates_and_is_announced(page: Page, number: int, word: str) -> None:
    page.goto(RECALL)

    rate(page, number)

    expect(rated(page)).to_have_text(f"you: {word}, today")
    expect(page.locator("#announcement")).to_contain_text(f"Rated {word}; it comes again")


def test_a_click_rates_too(new_page: NewPage) -> None:
    page = new_page(viewport=NARROW, has_touch=True)
    page.goto(RECALL)
    page.get_by_role("heading", name="Answer").tap()

    rating(page, 2).tap()

    expect(rated(page)).to_have_text("you: Shaky, today")


def test_a_rating_is_shown_beside_the_question_wherever_it_is_listed(page: Page) -> None:
    page.goto(RECALL)
    rate(page, 3)

    for path in (QUESTION, f"/questions/?q={CODE}", f"/questions/recall/?q={CODE}"):
        page.goto(path)
        expect(rated(page)).to_have_text("you: Solid, today")


@pytest.mark.parametrize(("days", "words"), [(1, "yesterday"), (9, "9 days ago"), (90, "3 months ago")])
def test_a_rating_of_an_earlier_hub_says_how_old_it_is(page: Page, days: int, words: str) -> None:
    page.goto(RECALL)
    page.evaluate(
        """([key, days]) => {
          localStorage.setItem(key, JSON.stringify({ rating: 4, at: new Date().setHours(12) - days * 864e5 }));
        }""",
        [f"hub:recall:{CODE}", days],
    )

    page.reload()

    expect(rated(page)).to_have_text(f"you: Solid, {words}")


def test_notes_can_be_forgotten(page: Page) -> None:
    page.goto(RECALL)
    page.get_by_role("textbox", name="Your answer").fill("Names are labels.")
    page.keyboard.press("Space")

    page.get_by_role("button", name="Forget notes and ticks").click()

    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("")
    expect(page.get_by_role("button", name="Forget notes and ticks")).to_be_hidden()
    reload(page)
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("")


@pytest.mark.parametrize("nonsense", ["{", "null", "[]", '"x"', '{"rating": "x", "notes": 1}'])
def test_what_another_hand_wrote_does_no_harm(page: Page, nonsense: str) -> None:
    page.goto(RECALL)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"hub:recall:{CODE}", nonsense])

    page.reload()
    rate(page, 2)

    expect(rated(page)).to_have_text("you: Shaky, today")


def test_recall_works_where_the_browser_keeps_nothing(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } })"
    )
    page.goto(RECALL)

    rate(page, 2)

    expect(page.locator("#announcement")).to_have_text("Rated Shaky; it comes again tomorrow.")
    expect(part(page, "Answer")).to_be_visible()


def test_a_note_that_a_full_browser_cannot_keep_says_so(page: Page) -> None:
    page.add_init_script("IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }")
    page.goto(RECALL)

    page.get_by_role("textbox", name="Your answer").fill("Names are labels.")

    expect(page.get_by_role("alert")).to_contain_text("Not kept")
    expect(page.get_by_role("alert")).to_be_in_viewport()


# Lists.


def test_each_question_of_a_list_is_recalled_by_keyboard(page: Page) -> None:
    page.goto(LIST)
    codes = page.locator(".card-header .code").all_inner_texts()

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("4")

    expect(rated(page, codes[1])).to_have_text("you: Effortless, today")
    expect(rated(page, codes[0])).to_be_empty()
    expect(page.locator(".recall-step[open]")).to_have_count(1)


def test_a_filtered_list_can_be_recalled_without_loading_the_page(page: Page) -> None:
    page.goto("/questions/recall/")
    page.evaluate("window.same = true")
    number = number_beside(option(page, "Advanced"))

    option(page, "Advanced").click()
    expect(page).to_have_url(re.compile(r"/questions/recall/\?level=advanced$"))
    expect_shown(page, number)
    page.locator(".card h2 a").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("2")

    code = page.locator(".card-header .code").first.inner_text()
    expect(rated(page, code)).to_have_text("you: Shaky, today")
    assert page.evaluate("window.same")


# Everywhere.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [RECALL, LIST])
def test_nothing_sticks_out_of_a_narrow_screen(new_page: NewPage, path: str, scheme: str) -> None:
    page = new_page(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce")

    page.goto(path)

    assert overflow(page) == 0


def test_escape_that_an_input_method_uses_does_not_leave_the_notes(page: Page) -> None:
    page.goto(RECALL)
    notes = page.locator(".recall-notes textarea")
    notes.focus()

    notes.evaluate(COMPOSE, "Escape")
    expect(notes).to_be_focused()
    notes.press("Escape")

    expect(notes).not_to_be_focused()
