"""An editor writes: editor, previews and what helps along the way."""

from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import overflow, save, write

ADD = "/admin/questions/question/add/"


def open_question(page: Page, code: str) -> None:
    """Open a question's form by way of the list."""
    page.goto(f"/admin/questions/question/?q={code}")
    page.get_by_role("link", name=code).click()
    expect(page.locator(".EasyMDEContainer")).to_have_count(6)


def html_of(page: Page, selector: str) -> str:
    """The HTML within, as the browser writes it."""
    return page.locator(selector).inner_html()


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
