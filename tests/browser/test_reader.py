"""What serves a reader beside the text: theme, copying, keys, contents that follow, pages fetched ahead, offline."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from questions.version import SECONDS
from tests.browser.conftest import NARROW, PATIENCE, WIDE, NewPage
from tests.browser.running_hub import RunningHub, open_url
from tests.browser.upgrade import upgrading
from tests.browser.watch import Watch

pytestmark = pytest.mark.one_database

QUESTION = "/questions/PY-BEG-008/"
PAGES = ["/", "/questions/", QUESTION, f"{QUESTION}recall/", "/map/"]
# The element that has the focus, if the banner covers some of it; of a long text some must be out of sight.
COVERED = """() => {
  const { top, bottom, height } = document.activeElement.getBoundingClientRect();
  const note = document.querySelector(".offline-note").getBoundingClientRect();
  const isCovered = bottom > note.top + 1 && (height < innerHeight / 2 || top > note.top);
  return isCovered ? [document.activeElement.outerHTML.slice(0, 100)] : [];
}"""
FILES = "performance.getEntriesByType('resource').map(({ name }) => name)"
PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(19, 23, 26)"}


def expect_paper(page: Page, scheme: str) -> None:
    """Wait until the page is light or dark."""
    expect(page.locator("body")).to_have_css("background-color", PAPER[scheme])


def announced(page: Page) -> Locator:
    """What screen readers are told."""
    return page.locator("#announcement")


def expect_soon(page: Page, condition: str) -> None:
    """Wait for a condition that only a promise can tell."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(f"async () => Boolean({condition})"):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


def ready(page: Page) -> None:
    """Wait until the service worker looks after the page and has kept it with all that it is made of."""
    expect_soon(page, "navigator.serviceWorker.controller")
    expect_soon(page, "await caches.match(location.href, { ignoreVary: true })")
    expect_soon(
        page, "(await Promise.all(FILES.map((url) => caches.match(url)))).every(Boolean)".replace("FILES", FILES)
    )


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


@pytest.mark.parametrize("scheme", PAPER)
def test_the_first_click_on_the_theme_is_seen_whatever_the_system_says(new_page: NewPage, scheme: Any) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(QUESTION)
    (other,) = PAPER.keys() - {scheme}

    page.get_by_role("button", name="Theme:").click()
    expect_paper(page, other)
    page.get_by_role("button", name=f"Theme: {other}").click()
    expect_paper(page, scheme)
    page.get_by_role("button", name=f"Theme: {scheme}").click()

    expect(announced(page)).to_have_text("Theme: system")


def test_a_remembered_theme_is_there_before_anything_is_painted(new_page: NewPage) -> None:
    page = new_page(color_scheme="light")
    page.goto(QUESTION)
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


def test_a_block_of_code_is_copied(reader: Page) -> None:
    block = reader.locator(".prose .highlight").first
    block.hover()

    block.get_by_role("button", name="Copy code").click()

    expect(announced(reader)).to_have_text("Code copied")
    assert reader.evaluate("navigator.clipboard.readText()") == block.locator("code").inner_text()


@pytest.mark.parametrize(
    ("path", "opener"),
    [
        ("/questions/?q=PY-BEG-008", ".card-more summary"),
        (f"{QUESTION}recall/", ".section-example summary"),
        ("/questions/recall/?q=PY-BEG-008", ".section-example summary"),
    ],
)
def test_code_that_is_unfolded_can_be_copied_too(page: Page, path: str, opener: str) -> None:
    page.goto(path)

    page.locator(opener).first.click()

    expect(page.locator(".prose .highlight:visible").first.get_by_role("button", name="Copy code")).to_be_visible()


@pytest.fixture
def over_http(browser: Browser, hub: RunningHub) -> Iterator[Page]:
    """A reader at a question of a hub on the local network, where there is neither clipboard nor service worker."""
    lan = "http://hub.lan"

    def answer(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(lan, hub.url)))

    with browser.new_context(base_url=lan, viewport=WIDE, reduced_motion="reduce") as context:
        context.route(f"{lan}/**", answer)
        page = context.new_page()
        page.goto(QUESTION)
        assert not page.evaluate("isSecureContext || 'clipboard' in navigator || 'serviceWorker' in navigator")
        yield page


@pytest.mark.parametrize("what", ["Copy link", "Copy as Markdown", "Copy code"])
def test_copying_works_over_plain_http_and_keeps_the_focus(over_http: Page, hub: RunningHub, what: str) -> None:
    button = over_http.get_by_role("button", name=what).first
    expected = {
        "Copy link": f"{hub.url}{QUESTION}",
        "Copy as Markdown": open_url(f"{hub.url}{QUESTION.removesuffix('/')}.md").read().decode(),
        "Copy code": over_http.locator(".highlight code").first.inner_text(),
    }

    button.press("Enter")

    expect(announced(over_http)).to_have_text(re.compile("copied$"))
    assert over_http.evaluate("document.activeElement.matches('.copy')")
    pasted = over_http.locator(".vote textarea").evaluate_handle("it => document.body.appendChild(it)").as_element()
    assert pasted
    pasted.focus()
    over_http.keyboard.press("Control+v")
    assert pasted.input_value().strip() == expected[what][:500].strip()


def test_without_a_service_worker_nothing_is_promised_offline(over_http: Page) -> None:
    over_http.context.set_offline(True)

    expect(over_http.get_by_text("You are offline.")).to_be_visible()
    expect(over_http.get_by_text("still open")).to_be_hidden()


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

    expect(announced(page)).to_contain_text("Rated Solid")
    page.keyboard.press("r")
    expect(page.locator(".question-header .rated")).to_have_text("you: Solid, today")


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


# Outside of the pages.


@pytest.mark.parametrize(("path", "kind"), [("/favicon.ico", "image/"), ("/apple-touch-icon.png", "image/png")])
def test_icons_are_where_browsers_look_for_them(hub: RunningHub, path: str, kind: str) -> None:
    response = open_url(hub.url + path)

    assert response.status == 200
    assert response.headers["Content-Type"].startswith(kind)


def test_the_hub_can_be_put_on_a_home_screen(page: Page) -> None:
    page.goto("/")
    session = page.context.new_cdp_session(page)

    manifest = session.send("Page.getAppManifest")

    assert manifest["errors"] == []
    icons = {(it["sizes"], it["purpose"]) for it in json.loads(manifest["data"])["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= icons
    for icon in json.loads(manifest["data"])["icons"]:
        size = page.evaluate(
            "async (src) => { const it = new Image(); it.src = src; await it.decode(); return it.naturalWidth; }",
            icon["src"],
        )
        assert icon["sizes"] == f"{size}x{size}"


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


def test_a_page_that_was_fetched_ahead_is_kept_once_it_is_read(page: Page) -> None:
    page.goto(QUESTION)
    ready(page)
    link = page.locator(".neighbours [rel=next]")
    path = link.get_attribute("href")
    link.hover()
    page.wait_for_timeout(1000)  # As long as it takes to fetch ahead.
    link.click()
    expect(page).to_have_url(re.compile(f"{path}$"))
    expect_soon(page, "await caches.match(location.href, { ignoreVary: true })")
    page.context.set_offline(True)

    page.reload()

    expect(page.get_by_role("heading", name="Deep Explanation")).to_be_visible()


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


def test_an_address_that_tells_where_it_was_found_is_the_same_page_offline(page: Page) -> None:
    page.goto(f"{QUESTION}?utm_source=letter")
    expect_soon(page, "navigator.serviceWorker.controller")
    expect_soon(page, f"await caches.match('{QUESTION}', {{ ignoreVary: true }})")
    page.goto("/questions/?utm_source=letter&level=advanced")
    expect_soon(page, "await caches.match('/questions/?level=advanced', { ignoreVary: true })")
    page.context.set_offline(True)

    page.goto(QUESTION)
    expect(page.get_by_role("heading", name="Deep Explanation")).to_be_visible()
    page.goto(f"{QUESTION}?utm_source=friend")
    expect(page.get_by_role("heading", name="Deep Explanation")).to_be_visible()
    page.goto("/questions/?level=advanced")

    expect(page.locator(".result-count")).to_have_text(re.compile("Advanced"))


def test_a_follow_up_without_a_network_stays_on_its_page_and_says_so(page: Page, watch: Watch) -> None:
    watch.expect("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    page.goto(QUESTION)
    ready(page)
    kept, other = page.locator("form.open-panel button").all()[:2]
    kept.click()
    expect(page.locator(".panel")).to_be_visible()
    expect_soon(
        page,
        "(await Promise.all((await caches.keys()).map(async (it) => (await (await caches.open(it)).keys())"
        ".some(({ url }) => url.includes('/push/'))))).some(Boolean)",
    )
    page.keyboard.press("Escape")
    page.context.set_offline(True)

    other.click()
    expect(page.get_by_role("alert")).to_contain_text("The hub cannot be reached")
    expect(other).to_be_focused()
    kept.click()

    expect(page.locator(".panel")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{QUESTION}$"))


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_word_of_being_offline_covers_nothing_that_has_the_focus(new_page: NewPage, viewport: ViewportSize) -> None:
    page = new_page(viewport=viewport)
    page.goto(QUESTION)
    ready(page)
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()

    covered = []
    for _ in page.locator("a[href]:visible, button:visible, summary:visible, input:visible").all():
        page.keyboard.press("Tab")
        covered += page.evaluate(COVERED)

    assert covered == []
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    footer, note = (page.locator(it).bounding_box() for it in (".site-footer", ".offline-note"))
    assert footer
    assert note
    assert footer["y"] + footer["height"] <= note["y"] + 1


def test_pages_stay_readable_through_an_upgrade_that_changes_a_style(browser: Browser, hub: RunningHub) -> None:
    with upgrading(hub) as server, browser.new_context(base_url=server.url, reduced_motion="reduce") as context:
        page = context.new_page()
        for path in (QUESTION, "/questions/PY-BEG-001/"):
            page.goto(path)
            ready(page)
        (before,) = page.evaluate("caches.keys()")
        server.upgrade()
        page.goto("/questions/PY-BEG-001/")
        expect_soon(page, f"(await caches.keys()).some((it) => it !== '{before}')")
        page.evaluate("navigator.serviceWorker.ready")
        ready(page)
        page.context.set_offline(True)

        page.goto(QUESTION)
        expect(page.get_by_role("heading", name="Deep Explanation")).to_be_visible()
        expect_paper(page, "light")
        page.goto("/questions/PY-BEG-001/")
        expect_paper(page, "light")
        page.context.set_offline(False)
        page.goto(QUESTION)

        expect_soon(page, f"!(await caches.keys()).includes('{before}')")


def test_a_new_version_leaves_nothing_of_the_old_one(page: Page) -> None:
    page.goto(QUESTION)
    ready(page)
    (current,) = page.evaluate("caches.keys()")
    page.evaluate("caches.open('hub-old').then((cache) => cache.put('/questions/', new Response('old')))")

    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.unregister())")
    page.goto("/questions/")

    expect_soon(page, f"String(await caches.keys()) === '{current}'")
