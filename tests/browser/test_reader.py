"""What serves a reader beside the text: theme, copying, keys, contents that follow, pages fetched ahead, offline."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from questions.version import SECONDS
from tests.browser.conftest import NARROW, PATIENCE, WIDE, NewPage
from tests.browser.running_hub import RunningHub
from tests.browser.watch import Watch

pytestmark = pytest.mark.one_database

QUESTION = "/questions/PY-BEG-008/"
PAGES = ["/", "/questions/", QUESTION, f"{QUESTION}recall/", "/map/"]
FILES = "performance.getEntriesByType('resource').map(({ name }) => name)"
PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(19, 23, 26)"}


def expect_paper(page: Page, scheme: str) -> None:
    """Wait until the page is light or dark."""
    expect(page.locator("body")).to_have_css("background-color", PAPER[scheme])


def announced(page: Page) -> Locator:
    """What screen readers are told."""
    return page.locator("#announcement")


def until(page: Page, condition: str) -> None:
    """Wait for a condition that only a promise can tell."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(f"async () => Boolean({condition})"):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


def ready(page: Page) -> None:
    """Wait until the service worker looks after the page and has kept it with all that it is made of."""
    until(page, "navigator.serviceWorker.controller")
    until(page, "await caches.match(location.href, { ignoreVary: true })")
    until(page, "(await Promise.all(FILES.map((url) => caches.match(url)))).every(Boolean)".replace("FILES", FILES))


# Theme.


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", PAGES)
def test_the_theme_goes_round_and_is_remembered(new_page: NewPage, path: str, viewport: ViewportSize) -> None:
    page = new_page(viewport=viewport, color_scheme="dark")
    page.goto(path)
    switch = page.get_by_role("button", name="Theme:")

    for theme, scheme in (("light", "light"), ("dark", "dark"), ("system", "dark"), ("light", "light")):
        switch.click()
        expect(switch).to_have_accessible_name(re.compile(f"^Theme: {theme}$", re.IGNORECASE))
        expect(announced(page)).to_have_text(f"Theme: {theme}")
        expect_paper(page, scheme)
    page.reload()

    expect_paper(page, "light")


def test_a_remembered_theme_is_there_before_anything_is_painted(new_page: NewPage) -> None:
    page = new_page(color_scheme="light")
    page.goto(QUESTION)
    page.keyboard.press("t")
    page.keyboard.press("t")
    page.add_init_script(
        """new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.first = document.documentElement.dataset.theme;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )

    page.reload()

    assert page.evaluate("window.first") == "dark"


def test_another_window_changes_its_theme_too(new_page: NewPage) -> None:
    page = new_page(color_scheme="light")
    page.goto(QUESTION)
    other = page.context.new_page()
    other.goto("/questions/")
    page.bring_to_front()

    page.keyboard.press("t")
    page.keyboard.press("t")

    expect(other.locator("html")).to_have_attribute("data-theme", "dark")


def test_paper_stays_white_in_print_whatever_the_theme(new_page: NewPage) -> None:
    page = new_page(color_scheme="dark")
    page.goto(QUESTION)
    page.keyboard.press("t")
    page.keyboard.press("t")

    page.emulate_media(media="print")

    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    for useless in (".theme-switch", ".question-tools", ".keys-open", ".contents"):
        expect(page.locator(useless)).to_be_hidden()


# Copying.


@pytest.fixture
def reader(new_page: NewPage) -> Page:
    """A reader at a question who lets the page use the clipboard."""
    page = new_page(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page.goto(QUESTION)
    return page


def test_the_link_is_copied_and_the_button_says_so(reader: Page, hub: RunningHub) -> None:
    button = reader.get_by_role("button", name="Copy link")

    button.click()

    expect(reader.locator(".copy").first).to_have_text("Copied ✓")
    expect(announced(reader)).to_have_text("Link copied")
    assert reader.evaluate("navigator.clipboard.readText()") == f"{hub.url}{QUESTION}"
    expect(button).to_be_visible()


def test_the_markdown_is_copied_and_the_button_says_so(reader: Page) -> None:
    reader.get_by_role("button", name="Copy as Markdown").press("Enter")

    expect(announced(reader)).to_have_text("Markdown copied")
    expected = reader.request.get(f"{QUESTION.removesuffix('/')}.md").text()
    assert reader.evaluate("navigator.clipboard.readText()") == expected


def test_a_copy_that_fails_says_so(reader: Page, watch: Watch) -> None:
    watch.expect("ERR_FAILED")
    reader.route("**/*.md", lambda route: route.abort())

    reader.get_by_role("button", name="Copy as Markdown").click()

    expect(announced(reader)).to_have_text("Markdown could not be copied")


def test_without_scripts_nothing_offers_to_copy(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)

    page.goto(QUESTION)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


# Keys.


def help_(page: Page) -> Locator:
    """The keyboard help."""
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def press_on(page: Page, path: str, key: str) -> None:
    """Press a key on a page that has arrived and listens."""
    expect(page).to_have_url(re.compile(f"{path}$"))
    expect(page.locator("html[data-keys]")).to_be_attached()
    page.keyboard.press(key)


@pytest.mark.parametrize("path", PAGES)
def test_a_question_mark_opens_the_help_and_escape_closes_it(page: Page, path: str) -> None:
    page.goto(path)

    page.keyboard.press("?")
    expect(help_(page)).to_be_visible()
    expect(help_(page).get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")

    expect(help_(page)).to_be_hidden()


def test_the_help_opens_by_its_button_and_gives_the_focus_back(new_page: NewPage) -> None:
    page = new_page(viewport=NARROW)
    page.goto(QUESTION)

    page.get_by_role("button", name="Keyboard shortcuts").click()
    help_(page).get_by_role("button", name="Close").click()

    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_focused()


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("m", "/questions/", "/map/"),
        ("r", QUESTION, f"{QUESTION}recall/"),
        ("r", f"{QUESTION}recall/", QUESTION),
        ("r", "/questions/?level=advanced", r"/questions/recall/\?level=advanced"),
    ],
)
def test_a_key_leads_to_another_page(page: Page, key: str, start: str, end: str) -> None:
    page.goto(start)

    page.keyboard.press(key)

    expect(page).to_have_url(re.compile(f"{end}$"))


@pytest.mark.parametrize("path", [QUESTION, f"{QUESTION}recall/"])
def test_j_and_k_lead_to_the_next_question_and_back(page: Page, path: str) -> None:
    page.goto(path)
    following = str(page.locator("[rel=next]").get_attribute("href"))

    page.keyboard.press("j")
    press_on(page, following, "k")

    expect(page).to_have_url(re.compile(f"{path}$"))


def test_a_reader_finds_reads_and_recalls_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    press_on(page, "/", "/")
    page.keyboard.type("PY-BEG-008")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    press_on(page, QUESTION, "r")
    press_on(page, f"{QUESTION}recall/", "Space")
    page.keyboard.press("3")

    expect(announced(page)).to_have_text("Rated 3 of 4")
    page.keyboard.press("r")
    expect(page.locator(".question-header .rated")).to_have_text("you: 3/4, today")


def test_j_and_k_go_from_card_to_card_and_o_opens_one(page: Page) -> None:
    page.goto("/questions/")
    titles = page.locator(".card h2 a")

    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(titles.nth(place)).to_be_focused()
        expect(titles.nth(place)).to_be_in_viewport()
    opened = str(titles.nth(1).get_attribute("href"))
    page.keyboard.press("o")

    expect(page).to_have_url(re.compile(f"{opened}$"))


def test_k_stays_at_the_first_card_and_j_at_the_last(page: Page) -> None:
    page.goto("/questions/")
    titles = page.locator(".card h2 a")

    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(titles.first).to_be_focused()
    for _ in range(20):
        page.keyboard.press("j")

    expect(titles.last).to_be_focused()


def test_keys_work_on_a_list_that_was_filtered_in_place(page: Page) -> None:
    page.goto("/questions/")
    page.locator(".option", has_text="Advanced").click()
    expect(page).to_have_url(re.compile("level=advanced$"))
    expect(page.get_by_role("list", name="Active filters")).to_be_visible()

    page.keyboard.press("j")

    expect(page.locator(".card h2 a").first).to_be_focused()


def test_keys_are_text_while_typing(page: Page) -> None:
    page.goto(QUESTION)
    field = page.get_by_role("combobox", name="Search the questions")
    page.keyboard.press("/")
    expect(field).to_be_focused()

    page.keyboard.type("?jkormt/ 1")

    expect(field).to_have_value("?jkormt/ 1")
    expect(page).to_have_url(re.compile(f"{QUESTION}$"))
    expect(help_(page)).to_be_hidden()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_with_a_modifier_are_the_browsers(page: Page, modifier: str) -> None:
    page.goto("/questions/")
    page.evaluate("addEventListener('keydown', (event) => (window.taken = event.defaultPrevented))")

    page.keyboard.press(f"{modifier}+m")

    assert page.evaluate("window.taken") is False
    expect(page).to_have_url(re.compile("/questions/$"))


def test_keys_wait_while_the_help_is_open(page: Page) -> None:
    page.goto("/questions/")
    page.keyboard.press("?")

    for key in "jrmt/":
        page.keyboard.press(key)
    expect(help_(page)).to_be_visible()
    page.keyboard.press("?")

    expect(help_(page)).to_be_hidden()
    expect(page).to_have_url(re.compile("/questions/$"))
    expect(announced(page)).to_be_empty()


def test_keys_can_be_turned_off_for_good(page: Page) -> None:
    page.goto("/questions/")
    page.keyboard.press("?")
    help_(page).get_by_role("checkbox").uncheck()
    help_(page).get_by_role("button", name="Close").click()
    page.reload()

    for key in "?jt/m":
        page.keyboard.press(key)

    expect(help_(page)).to_be_hidden()
    expect(announced(page)).to_be_empty()
    expect(page.get_by_role("combobox", name="Search the questions")).not_to_be_focused()
    expect(page).to_have_url(re.compile("/questions/$"))
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(help_(page).get_by_role("checkbox")).not_to_be_checked()


# Contents.


def test_the_contents_follow_the_reader(page: Page) -> None:
    page.goto(QUESTION)
    contents = page.get_by_role("navigation", name="On this page")

    for name in ("Deep Explanation", "Common Mistakes", "Answer"):
        page.get_by_role("heading", name=name).evaluate("heading => heading.scrollIntoView({ behavior: 'instant' })")
        expect(contents.locator("[aria-current=location]")).to_have_text(name)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_contents_lead_to_the_sections(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts, reduced_motion="reduce")
    page.goto(QUESTION)

    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Production Scenario").click()

    expect(page.get_by_role("heading", name="Production Scenario")).to_be_in_viewport()


# Icons, motion, colours.


@pytest.mark.parametrize("field", ["answer", "explanation", "example", "mistakes", "scenario"])
def test_each_section_has_an_icon_of_its_own(page: Page, hub: RunningHub, field: str) -> None:
    page.goto(QUESTION)

    mask = page.locator(f".section-{field} > h2").evaluate("h => getComputedStyle(h, '::before').maskImage")

    url = re.search(rf'"{hub.url}(/static/img/icons/{field}\.\w+\.svg)"', mask)
    assert url
    assert page.request.get(url[1]).ok


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "options",
    [{"forced_colors": "active"}, {"contrast": "more"}, {"reduced_motion": "reduce"}],
    ids=lambda it: next(iter(it)),
)
def test_pages_hold_together_as_the_reader_prefers(new_page: NewPage, path: str, options: dict[str, str]) -> None:
    page = new_page(viewport=NARROW, **options)

    page.goto(path)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_wants_more_contrast_gets_it(new_page: NewPage) -> None:
    page = new_page(contrast="more", color_scheme="light")

    page.goto(QUESTION)

    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


# Pages fetched ahead.


def test_a_link_that_is_pointed_at_is_fetched_ahead(page: Page) -> None:
    page.goto(QUESTION)

    with page.context.expect_event(
        "request", lambda it: it.headers.get("sec-purpose", "").startswith("prefetch")
    ) as it:
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Questions").hover()

    assert it.value.url.endswith("/questions/")


# Offline.


def test_pages_that_were_read_open_without_a_network(page: Page) -> None:
    page.goto(QUESTION)
    ready(page)
    # The browser's own cache may be gone by then: what the worker keeps has to do.
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.detach()
    page.goto("/questions/?level=advanced")
    ready(page)
    page.context.set_offline(True)

    page.goto(QUESTION)

    expect(page.get_by_role("heading", name="Deep Explanation")).to_be_visible()
    expect_paper(page, "light")
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.goto("/questions/?level=advanced")
    expect(page.locator(".card").first).to_be_visible()


def test_a_page_that_was_not_read_says_that_there_is_no_network(page: Page) -> None:
    page.goto(QUESTION)
    ready(page)
    page.context.set_offline(True)

    page.goto("/map/")

    expect(page.get_by_role("heading", name="You are offline.")).to_be_visible()
    expect_paper(page, "light")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_role("heading", name="Map of the questions")).to_be_visible()


def test_word_of_being_offline_goes_when_the_network_is_back(page: Page) -> None:
    page.goto(QUESTION)
    ready(page)  # A browser complains of a worker that it could not fetch.
    note = page.get_by_text("You are offline.")

    page.context.set_offline(True)
    expect(note).to_be_visible()
    page.context.set_offline(False)

    expect(note).to_be_hidden()


def test_a_page_is_never_old_while_there_is_a_network(page: Page, desk: Page) -> None:
    page.goto("/questions/PY-BEG-004/")
    ready(page)
    desk.goto("/admin/questions/question/?q=PY-BEG-004")
    desk.get_by_role("link", name="PY-BEG-004").click()
    desk.get_by_label("Title:").fill("Is this title the newest?")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    page.wait_for_timeout(2 * SECONDS * 1000)  # The hub's processes may take this long to see a change.

    page.goto("/questions/PY-BEG-004/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Is this title the newest?")


def test_nothing_of_the_editors_desk_is_kept(desk: Page) -> None:
    desk.goto(QUESTION)
    ready(desk)

    desk.goto("/admin/")
    desk.goto(QUESTION)

    kept = desk.evaluate(
        "(async () => (await (await caches.open((await caches.keys())[0])).keys()).map((it) => it.url))()"
    )
    assert any(QUESTION in url for url in kept)
    assert not any(urlsplit(url).path.startswith("/admin/") for url in kept)


def test_a_new_version_leaves_nothing_of_the_old_one(page: Page) -> None:
    page.goto(QUESTION)
    ready(page)
    (current,) = page.evaluate("caches.keys()")
    page.evaluate("caches.open('hub-old').then((cache) => cache.put('/questions/', new Response('old')))")

    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.unregister())")
    page.goto("/questions/")

    until(page, f"String(await caches.keys()) === '{current}'")
