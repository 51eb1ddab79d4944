"""Practice in a real browser: by keyboard alone, without scripts, on another device."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import overflow

pytestmark = pytest.mark.one_database

CODE = re.compile(r"/practice/([A-Z]+-[A-Z]+-\d+)/")


def code_of(page: Page) -> str:
    match = CODE.search(page.url)
    assert match
    return match[1]


def test_questions_are_practised_by_keyboard_alone(page: Page) -> None:
    page.goto("/practice/")
    page.get_by_role("link", name="Begin").press("Enter")
    expect(page).to_have_url(CODE)
    first = code_of(page)
    page.keyboard.press("3")  # There is nothing to rate before the answer has been seen.
    page.keyboard.press("Space")
    expect(page.locator(".recall-step[open] .prose")).to_be_focused()

    page.keyboard.press("1")

    expect(page.locator(".practice-undo")).to_contain_text(f"{first} was rated Missed.")
    assert code_of(page) != first
    expect(page.locator(".due-number")).to_have_text(" 3")
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile(first))
    expect(page.locator(".practice-undo")).to_have_count(0)


def test_practice_needs_no_script(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROW)
    page.goto("/practice/")
    page.get_by_role("link", name="Begin").click()
    page.get_by_role("heading", name="Answer").click()

    page.get_by_role("button", name=re.compile("Solid")).click()

    expect(page.locator(".practice-undo")).to_contain_text("was rated Solid.")
    assert overflow(page) == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".practice-undo")).to_have_count(0)


def test_practice_link_opens_the_same_progress_on_another_device(new_page: NewPage) -> None:
    here, there = new_page(), new_page()
    here.goto("/practice/next/")
    here.keyboard.press("Space")
    here.keyboard.press("4")
    expect(here.locator(".practice-undo")).to_be_visible()
    here.goto("/practice/data/")
    here.get_by_text("Show link and QR code").click()
    link = here.locator(".practice-key").inner_text()

    there.goto("/practice/link/#" + link.partition("#")[2])
    assert there.evaluate("location.hash") == ""
    there.get_by_role("button", name="Open this progress here").click()

    expect(there.get_by_text("1 recalled today.")).to_be_visible()


def test_ratings_of_an_earlier_hub_are_taken_over_once_and_notes_stay(page: Page) -> None:
    page.goto("/questions/PY-BEG-008/recall/")
    page.evaluate(
        """() => localStorage.setItem("hub:recall:PY-BEG-008",
             JSON.stringify({ rating: 3, at: Date.now() - 864e5, notes: "Names are labels." }))"""
    )
    page.goto("/practice/")

    page.get_by_role("button", name="Take them over").click()

    expect(page.locator(".practice-take-over")).to_be_hidden()
    page.goto("/questions/PY-BEG-008/recall/")
    expect(page.locator(".rated").first).to_have_text("you: Shaky, yesterday")
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("Names are labels.")


def test_public_pages_ask_for_nothing_before_somebody_practises(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/questions/")

    assert not any("/practice" in url for url in asked)


def test_pages_of_practice_stay_in_no_cache_of_the_browser(page: Page) -> None:
    page.goto("/questions/")
    page.evaluate("navigator.serviceWorker.ready")
    for path in ("/practice/", "/practice/data/", "/questions/PY-BEG-008/"):
        page.goto(path)
    kept = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
      (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()"""

    page.wait_for_function(f"({kept})().then((paths) => paths.includes('/questions/PY-BEG-008/'))")

    assert not [path for path in page.evaluate(kept) if path.startswith("/practice/")]
