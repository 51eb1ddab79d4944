"""An editor writes: editor, previews and what helps along the way."""

import re

import pytest
from playwright.sync_api import Page, StorageState, expect

from questions.sections import MARKDOWN_FIELDS
from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import choose, overflow, save, write
from tests.browser.watch import Watch

ADD = "/admin/questions/question/add/"


def open_question(page: Page, code: str) -> None:
    """Open a question's form by way of the list."""
    page.goto(f"/admin/questions/question/?q={code}")
    page.get_by_role("link", name=code).click()
    expect(page.locator(".EasyMDEContainer")).to_have_count(len(MARKDOWN_FIELDS))


def start(page: Page, title: str) -> None:
    """Fill in the form for a new question with all that it needs."""
    page.goto(ADD)
    page.get_by_label("Title:").fill(title)
    for field, text in {"technology": "Python", "category": "Testing", "level": "Intermediate"}.items():
        choose(page, field, text)
    page.get_by_label("Difficulty:").fill("4")
    write(page, "answer", "It depends.")


def html_of(page: Page, selector: str) -> str:
    """The HTML within, as the browser writes it, without the buttons that a script adds."""
    return re.sub(r"<button[^>]*copy-code.*?</button>", "", page.locator(selector).inner_html())


def test_the_preview_is_what_readers_get(desk: Page) -> None:
    open_question(desk, "PY-ADV-001")
    example = desk.locator(".field-example")

    example.get_by_role("button", name="Preview").click()

    expect(example.locator(".prose .highlight").first).to_be_visible()
    preview = html_of(desk, ".field-example .prose")
    desk.goto("/questions/PY-ADV-001/")
    assert preview == html_of(desk, ".section-example .prose")


def test_the_preview_looks_as_on_the_site(desk: Page) -> None:
    look = "it => ['fontFamily', 'fontSize', 'lineHeight', 'color'].map((name) => getComputedStyle(it)[name])"
    open_question(desk, "PY-ADV-001")
    desk.locator(".field-answer").get_by_role("button", name="Preview").click()

    preview = desk.locator(".field-answer .prose p").first.evaluate(look)

    desk.goto("/questions/PY-ADV-001/")
    assert preview == desk.locator(".section-answer .prose p").first.evaluate(look)


def test_what_is_written_in_the_editor_is_published(desk: Page) -> None:
    open_question(desk, "PY-ADV-002")
    write(desk, "mistakes", "Everything")
    desk.keyboard.press("Control+a")
    desk.get_by_role("toolbar", name="Format common mistakes").get_by_role("button", name="Bold").click()
    save(desk)

    desk.goto("/questions/PY-ADV-002/")

    expect(desk.locator(".section-mistakes strong")).to_have_text("Everything")


def test_the_keyboard_leaves_the_editor_with_tab(desk: Page) -> None:
    desk.goto(ADD)
    answer = desk.get_by_role("textbox", name="Answer:")
    answer.focus()

    desk.keyboard.press("Tab")
    expect(desk.get_by_role("toolbar", name="Format deep explanation").get_by_role("button").first).to_be_focused()
    desk.keyboard.press("Shift+Tab")

    expect(answer).to_be_focused()


def test_the_toolbar_is_one_stop_and_arrows_move_within_it(desk: Page) -> None:
    desk.goto(ADD)
    toolbar = desk.get_by_role("toolbar", name="Format answer")
    toolbar.get_by_role("button", name="Bold").focus()

    desk.keyboard.press("ArrowLeft")

    expect(toolbar.get_by_role("button", name="Preview")).to_be_focused()
    assert toolbar.locator("[tabindex='0']").count() == 1


def test_sections_are_plain_text_areas_without_scripts(new_page: NewPage, logged_in: StorageState) -> None:
    page = new_page(java_script_enabled=False, storage_state=logged_in)
    page.goto("/admin/questions/question/?q=PY-ADV-003")
    page.get_by_role("link", name="PY-ADV-003").click()

    page.get_by_label("Production scenario:").fill("It was *plain*.")
    save(page)

    page.goto("/questions/PY-ADV-003/")
    expect(page.locator(".section-scenario em")).to_have_text("plain")


def test_the_form_fits_a_narrow_screen(new_page: NewPage, logged_in: StorageState) -> None:
    page = new_page(viewport=NARROW, storage_state=logged_in)
    open_question(page, "PY-ADV-001")
    for button in page.get_by_role("button", name="Preview").all():
        button.click()

    expect(page.locator(".desk-preview .prose > *").last).to_be_visible()

    assert overflow(page) == 0


# Pages of what is not published.


def test_the_page_is_previewed_in_a_tab_of_its_own_before_it_is_saved(desk: Page) -> None:
    desk.goto(ADD)
    desk.get_by_label("Title:").fill("Is this a preview?")
    write(desk, "answer", "It is **one**.")

    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="Preview the page").click()

    preview = opened.value
    expect(preview.get_by_role("heading", name="Is this a preview?", level=1)).to_be_visible()
    expect(preview.locator(".section-answer strong")).to_have_text("one")
    expect(preview.get_by_text("Difficulty: This field is required.")).to_be_visible()


def test_a_shared_link_shows_a_draft_to_a_stranger(desk: Page, page: Page) -> None:
    start(desk, "How is a draft shared?")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    desk.get_by_text("Share a preview").click()

    page.goto(desk.get_by_label("Anyone with this link").input_value())

    expect(page.get_by_role("heading", name="How is a draft shared?", level=1)).to_be_visible()
    expect(page.get_by_text("It is not published, and may change.")).to_be_visible()


# Help while writing.


def test_a_new_question_begins_with_its_title_and_has_no_dates(desk: Page) -> None:
    desk.goto(ADD)

    expect(desk.get_by_label("Title:")).to_be_focused()
    expect(desk.get_by_role("heading", name="Dates")).to_have_count(0)


@pytest.mark.parametrize("key", [*(f"Control+{key}" for key in "lkehdu"), "Control+Alt+c"])
def test_the_browser_has_its_keys(desk: Page, key: str) -> None:
    desk.goto(ADD)
    write(desk, "answer", "One line")
    desk.evaluate("addEventListener('keydown', (it) => { window.isTaken = it.defaultPrevented; it.preventDefault(); })")

    desk.keyboard.press(key)

    assert desk.evaluate("window.isTaken") is False
    expect(desk.get_by_role("textbox", name="Answer:")).to_have_text("One line")


def test_a_code_is_proposed_and_a_typed_one_stays(desk: Page) -> None:
    desk.goto(ADD)
    code = desk.get_by_label("Code:")
    choose(desk, "technology", "Python")
    choose(desk, "level", "Advanced")
    expect(code).to_have_value("PY-ADV-006")
    choose(desk, "level", "Beginner")
    expect(code).to_have_value(re.compile("PY-BEG-"))

    code.fill("PY-XYZ-001")
    with desk.expect_request("**/admin/autocomplete/**"):
        choose(desk, "level", "Advanced")

    expect(code).to_have_value("PY-XYZ-001")


def test_similar_questions_appear_while_a_title_is_typed(desk: Page) -> None:
    desk.goto(ADD)

    desk.get_by_label("Title:").fill("How do generators let you process files larger than memory?")

    status = desk.get_by_role("status", name="Similar questions")
    expect(status).to_contain_text(re.compile(r"PY-INT-004 is 9\d % alike: How do generators"))
    expect(status.get_by_role("link").first).to_have_attribute("href", "/questions/PY-INT-004/")


def test_follow_ups_are_ordered_by_buttons_and_by_dragging(desk: Page) -> None:
    desk.goto(ADD)
    rows = desk.locator("#follow_ups-group tr.form-row:not(.empty-form)")
    texts = rows.locator("input[name$='-text']")
    positions = rows.locator("input[name$='-position']")
    for number, text in enumerate(["First?", "Second?", "Third?"]):
        texts.nth(number).fill(text)
        texts.nth(number).blur()
    assert [it.input_value() for it in positions.all()] == ["1", "2", "3"]

    rows.nth(1).get_by_role("button", name="Move up").press("Enter")
    assert [it.input_value() for it in texts.all()] == ["Second?", "First?", "Third?"]
    rows.nth(2).locator(".desk-handle").drag_to(rows.nth(0).locator(".desk-handle"))

    assert [it.input_value() for it in texts.all()] == ["Third?", "Second?", "First?"]
    assert [it.input_value() for it in positions.all()] == ["1", "2", "3"]


def test_a_category_is_added_in_place(desk: Page) -> None:
    desk.goto(ADD)

    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="Add another category").click()
    opened.value.get_by_label("Name:").fill("Garbage collection")
    opened.value.get_by_label("Slug:").fill("garbage-collection")
    opened.value.get_by_role("button", name="Save", exact=True).click()

    expect(desk.locator("#id_category + .select2")).to_contain_text("Garbage collection")


# Unsaved text.


def test_unsaved_text_is_offered_back_and_restored(desk: Page) -> None:
    desk.goto(ADD)
    desk.get_by_label("Title:").fill("Will this survive?")
    choose(desk, "technology", "Python")
    write(desk, "answer", "It **will**.")
    desk.get_by_text("Add another Follow-up question").click()
    desk.locator("#id_follow_ups-3-text").fill("And a fourth row?")
    desk.reload()

    desk.get_by_role("button", name="Restore").click()

    expect(desk.get_by_label("Title:")).to_have_value("Will this survive?")
    expect(desk.locator("#id_technology + .select2")).to_contain_text("Python")
    expect(desk.get_by_role("textbox", name="Answer:")).to_have_text("It **will**.")
    expect(desk.locator("#id_follow_ups-3-text")).to_have_value("And a fourth row?")


def test_discarded_text_is_not_offered_again(desk: Page) -> None:
    desk.goto(ADD)
    desk.get_by_label("Title:").fill("Will this go?")
    desk.reload()

    desk.get_by_role("button", name="Discard").click()
    desk.reload()

    expect(desk.locator(".EasyMDEContainer")).to_have_count(len(MARKDOWN_FIELDS))
    expect(desk.get_by_role("button", name="Restore")).to_have_count(0)


def test_saved_text_is_not_kept_and_refused_text_is(desk: Page) -> None:
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('desk:')).length"
    start(desk, "Is this kept?")
    desk.get_by_label("Difficulty:").fill("99")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".field-difficulty .errorlist")).to_be_visible()
    assert desk.evaluate(kept) == 1

    desk.get_by_label("Difficulty:").fill("9")
    save(desk)

    assert desk.evaluate(kept) == 0


def test_it_says_quietly_when_text_was_kept(desk: Page) -> None:
    desk.goto(ADD)

    desk.get_by_label("Title:").fill("Is this kept?")

    expect(desk.get_by_text(re.compile(r"Kept in this browser, \d\d:\d\d"))).to_be_in_viewport()


def test_each_tab_keeps_its_own_text(desk: Page) -> None:
    other = desk.context.new_page()
    other.goto(ADD)
    other.get_by_label("Title:").fill("What is kept?")
    expect(other.get_by_text("Kept in this browser")).to_be_visible()
    start(desk, "Is the other left alone?")
    expect(desk.get_by_role("button", name="Restore")).to_have_count(0)
    save(desk)

    other.reload()

    expect(other.locator(".desk-draft")).to_contain_text("What is kept?")


def test_what_is_typed_before_a_decision_is_kept_beside_what_was_found(desk: Page) -> None:
    desk.goto(ADD)
    desk.get_by_label("Title:").fill("What was found?")
    desk.reload()
    expect(desk.locator(".desk-draft")).to_contain_text("What was found?")
    desk.get_by_label("Title:").fill("What is new?")
    desk.reload()
    bars = desk.locator(".desk-draft")
    expect(bars).to_have_count(2)

    bars.filter(has_text="What was found?").get_by_role("button", name="Restore").click()

    expect(desk.get_by_label("Title:")).to_have_value("What was found?")
    expect(bars).to_contain_text("What is new?")


FULL = """
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("desk:")) throw new DOMException("", "QuotaExceededError");
  setItem.call(this, key, value);
};
"""


def test_a_full_browser_says_where_the_text_is_that_it_is_not_kept(desk: Page) -> None:
    desk.add_init_script(FULL)
    desk.goto(ADD)

    write(desk, "scenario", "Will this last?")

    expect(desk.get_by_role("alert")).to_contain_text("Not kept")
    expect(desk.get_by_role("alert")).to_be_in_viewport()


def test_what_one_account_wrote_is_not_offered_to_another(desk: Page) -> None:
    desk.goto(ADD)
    draft = "JSON.stringify({ at: Date.now(), values: { title: ['Mine', ''] } })"
    desk.evaluate(f"localStorage.setItem('desk:999999:new', {draft})")

    desk.reload()

    expect(desk.locator(".EasyMDEContainer")).to_have_count(len(MARKDOWN_FIELDS))
    expect(desk.get_by_role("button", name="Restore")).to_have_count(0)


def test_a_form_that_has_expired_leads_back_to_its_text(desk: Page, watch: Watch) -> None:
    watch.expect("403")
    desk.goto(ADD)
    desk.get_by_label("Title:").fill("Where is my text?")
    desk.locator("#question_form [name=csrfmiddlewaretoken]").evaluate("it => (it.value = 'x')")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_role("heading", name="This form has expired.")).to_be_visible()
    expect(desk.get_by_role("link", name="Log in")).to_be_visible()

    desk.wait_for_load_state()
    desk.get_by_role("link", name="Open the form again").click()

    expect(desk.locator(".desk-draft")).to_contain_text("Where is my text?")


def test_a_form_with_too_many_fields_is_told_so_and_its_text_is_kept(desk: Page, watch: Watch) -> None:
    watch.expect("400")
    desk.goto(ADD)
    desk.get_by_label("Title:").fill("How many follow-ups?")
    more = (
        "for (let i = 0; i < 1100; i += 1) it.append(Object.assign(document.createElement('input'), { name: `x${i}` }))"
    )
    desk.locator("#question_form").evaluate(f"it => {{ {more} }}")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_text("more than the 1,000 fields")).to_be_visible()

    desk.wait_for_load_state()
    desk.get_by_role("link", name="Open the form again").click()

    expect(desk.locator(".desk-draft")).to_contain_text("How many follow-ups?")


def test_an_answer_to_a_follow_up_becomes_an_editor_when_it_is_written(desk: Page) -> None:
    open_question(desk, "PY-ADV-001")
    row = desk.locator("#follow_ups-0")

    row.get_by_role("textbox", name="Answer", exact=True).click()
    desk.keyboard.type("*Half* a minute.")
    row.get_by_role("button", name="Preview").click()

    expect(row.locator(".prose em")).to_have_text("Half")
    expect(row.locator("textarea[name$=-answer]")).to_have_value(re.compile(r"\*Half\* a minute\."))
    assert overflow(desk) == 0
