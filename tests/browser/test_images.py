"""Images on their way from an editor's clipboard to readers, with a network and without."""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, StorageState, expect

from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.test_reader import ready
from tests.browser.test_smoke import overflow, save, write
from tests.browser.test_writing import ADD, open_question
from tests.browser.watch import Watch
from tests.questions.pictures import animation, picture

ANSWER = ".field-answer"
DRAWING = picture(1200, 500, mode="LA")
# What a browser does when somebody pastes or drops a file.
GIVE = """([field, kind, data, type]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(atob(data), (it) => it.charCodeAt(0))], "slope", { type }));
  const options = { bubbles: true, cancelable: true };
  const editor = document.querySelector(`${field} .CodeMirror`);
  if (kind === "paste") {
    const event = new ClipboardEvent("paste", { ...options, clipboardData: transfer });
    editor.querySelector(".CodeMirror-code").dispatchEvent(event);
  } else {
    const { left, top } = editor.querySelector(".CodeMirror-line").getBoundingClientRect();
    const event = new DragEvent("drop", { ...options, clientX: left + 1, clientY: top + 5, dataTransfer: transfer });
    editor.querySelector(".CodeMirror-scroll").dispatchEvent(event);
  }
}"""
ARRIVED = "it => it.complete && it.naturalWidth > 0"


def give(page: Page, kind: str, data: bytes = DRAWING, media_type: str = "image/png") -> None:
    """Paste a file into the answer, or drop it at its beginning."""
    page.evaluate(GIVE, [ANSWER, kind, b64encode(data).decode(), media_type])


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Insert an image")


def insert(page: Page, said: str) -> None:
    """Say what the image shows, and have it inserted."""
    dialog(page).get_by_label("What does it show?").fill(said)
    dialog(page).get_by_role("button", name="Insert").click()


def answer(page: Page) -> Locator:
    return page.locator("#id_answer")


def expect_image(image: Locator) -> None:
    """Wait until a browser shows the image."""
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    image.page.wait_for_function(ARRIVED, arg=image.element_handle())


def test_a_pasted_image_reaches_readers(desk: Page, new_page: NewPage) -> None:
    open_question(desk, "PY-INT-003")
    write(desk, "answer", "Look: ")
    desk.keyboard.press("Control+End")

    give(desk, "paste")
    expect(dialog(desk).get_by_label("What does it show?")).to_be_focused()
    expect(dialog(desk).locator("canvas")).to_be_visible()
    expect(dialog(desk).get_by_label("File")).to_be_hidden()
    insert(desk, "A [steep] slope")

    expect(answer(desk)).to_have_value(
        re.compile(r"^Look: !\[A \\\[steep\\\] slope\]\(/images/[0-9a-f]{32}-1200x500\.webp\)$")
    )
    expect(dialog(desk)).to_be_hidden()
    expect(desk.get_by_role("textbox", name="Answer:")).to_be_focused()
    desk.locator(ANSWER).get_by_role("button", name="Preview").click()
    expect_image(desk.locator(f"{ANSWER} .prose").get_by_role("img", name="A [steep] slope"))
    save(desk)

    for viewport, path in (
        (NARROW, "/questions/PY-INT-003/"),
        (WIDE, "/questions/PY-INT-003/"),
        (NARROW, "/questions/print/?q=PY-INT-003"),
    ):
        page = new_page(viewport=viewport, color_scheme="dark")
        page.goto(path)
        image = page.get_by_role("img", name="A [steep] slope")
        expect_image(image)
        expect(image).to_have_css("background-color", "rgb(255, 255, 255)")
        assert overflow(page) == 0
        box = image.bounding_box()
        assert box
        assert abs(box["width"] / box["height"] - 2.4) < 0.05


@pytest.mark.one_database
def test_pages_that_were_read_keep_their_images_without_a_network(page: Page, desk: Page) -> None:
    open_question(desk, "PY-INT-005")
    write(desk, "answer", "")
    give(desk, "paste", picture(300, 200))
    insert(desk, "A hill")
    expect(answer(desk)).to_have_value(re.compile("images"))
    save(desk)
    page.goto("/questions/PY-INT-005/")
    expect_image(page.get_by_role("img", name="A hill"))
    ready(page)
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.detach()
    page.context.set_offline(True)

    page.reload()

    expect_image(page.get_by_role("img", name="A hill"))


@pytest.mark.one_database
def test_an_image_is_dropped_where_it_is_to_stand(desk: Page) -> None:
    desk.goto(ADD)
    write(desk, "answer", "the end")

    give(desk, "drop")
    insert(desk, "A slope")

    expect(answer(desk)).to_have_value(re.compile(r"^!\[A slope\]\(.*\)the end$"))


@pytest.mark.one_database
def test_an_image_is_chosen_and_an_animation_says_what_became_of_it(desk: Page, tmp_path: Path) -> None:
    desk.goto(ADD)
    write(desk, "answer", "Look: ")
    (tmp_path / "moving.gif").write_bytes(animation("GIF"))

    desk.get_by_role("toolbar", name="Format answer").get_by_role("button", name="Image").click()
    dialog(desk).get_by_label("File").set_input_files(tmp_path / "moving.gif")
    insert(desk, "A lamp")

    expect(answer(desk)).to_have_value(re.compile(r"^Look: !\[A lamp\]\(.*-30x20\.webp\)$"))
    expect(desk.locator(ANSWER).get_by_role("status")).to_have_text("Only the first picture of the animation is kept.")


@pytest.mark.one_database
def test_what_goes_wrong_is_said_and_nothing_is_lost(desk: Page, watch: Watch, tmp_path: Path) -> None:
    desk.goto(ADD)
    write(desk, "answer", "What I typed")
    alert = dialog(desk).get_by_role("alert")

    give(desk, "paste", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
    insert(desk, "A drawing")
    expect(alert).to_contain_text("SVG is not taken, because it can hold programs")
    expect(dialog(desk).get_by_label("What does it show?")).to_have_value("A drawing")
    dialog(desk).get_by_role("button", name="Cancel").click()

    give(desk, "paste", bytes(10_000_001))
    insert(desk, "Too much")
    expect(alert).to_have_text("The file has 10.0 MB; an image may have 10 MB.")
    desk.keyboard.press("Escape")

    watch.expect("ERR_INTERNET_DISCONNECTED")
    give(desk, "paste")
    desk.context.set_offline(True)
    insert(desk, "A slope")
    expect(alert).to_have_text("The image did not arrive. Are you still connected and logged in?")
    desk.context.set_offline(False)
    dialog(desk).get_by_role("button", name="Insert").click()
    expect(answer(desk)).to_have_value(re.compile(r"^What I typed!\[A slope\]"))


@pytest.mark.one_database
def test_text_from_an_office_program_stays_text(desk: Page) -> None:
    desk.goto(ADD)
    write(desk, "answer", "Look: ")

    desk.evaluate(
        """() => {
          const transfer = new DataTransfer();
          transfer.setData("text/plain", "a table");
          transfer.items.add(new File([new Uint8Array(9)], "table.png", { type: "image/png" }));
          const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: transfer });
          document.querySelector(".field-answer .CodeMirror-code").dispatchEvent(event);
        }"""
    )

    expect(dialog(desk)).to_be_hidden()


@pytest.mark.one_database
def test_without_scripts_a_form_takes_an_image(new_page: NewPage, logged_in: StorageState, tmp_path: Path) -> None:
    page = new_page(viewport=NARROW, storage_state=logged_in, java_script_enabled=False)
    (tmp_path / "slope.png").write_bytes(picture(400, 300))
    page.goto("/admin/questions/image/add/")

    page.get_by_label("File:").set_input_files(tmp_path / "slope.png")
    page.get_by_label("Alternative text:").fill("A gentle slope")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text(re.compile(r"^!\[A gentle slope\]\(/images/"))).to_be_visible()
    expect_image(page.get_by_role("img", name="A gentle slope"))
