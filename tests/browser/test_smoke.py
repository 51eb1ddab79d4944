"""A reader's and an editor's ways through the hub, in a real browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import NARROW, WIDE, NewPage, log_in
from tests.browser.running_hub import RunningHub
from tests.browser.watch import Watch

MISSING = "/questions/PY-ADV-999/"
NOT_FOUND = r"status of 404 .*PY-ADV-999"


def option(page: Page, name: str) -> Locator:
    """A filter's checkbox with its name and number."""
    return page.locator(".option").filter(has=page.get_by_text(name, exact=True)).first


def number_beside(option: Locator) -> int:
    """The number of questions that an option promises."""
    return int(option.locator(".option-count").inner_text().split()[0])


def expect_shown(page: Page, number: int) -> None:
    """Wait until the result line tells this number of questions."""
    expect(page.locator(".result-line strong")).to_have_text(str(number))


def codes(page: Page) -> list[str]:
    """The codes of the cards on the page, from the top."""
    return page.locator(".card-header .code").all_inner_texts()


def overflow(page: Page) -> int:
    """How many pixels stick out to the right, with everything unfolded."""
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    return int(page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"))


# Reading.


def test_the_front_page_leads_to_the_list(page: Page) -> None:
    page.goto("/")

    page.get_by_role("navigation", name="Site").get_by_role("link", name="Questions").click()

    expect(page).to_have_url(re.compile(r"/questions/$"))
    expect(page.get_by_role("heading", name="Interview Questions", level=1)).to_be_visible()


def test_a_number_on_the_front_page_leads_to_that_many_questions(page: Page) -> None:
    page.goto("/")
    link = page.locator(".coverage tbody a").first
    number = int(link.inner_text().split()[0])

    link.click()

    expect_shown(page, number)


def test_the_search_on_the_front_page_finds_a_question_by_its_code(page: Page) -> None:
    page.goto("/")

    page.get_by_label("What do you want to be ready for?").fill("PY-ADV-004")
    page.get_by_role("button", name="Find questions").click()

    expect(page).to_have_url(re.compile(r"\?q=PY-ADV-004$"))
    expect(page.locator("#PY-ADV-004")).to_be_visible()


def test_a_ticked_filter_applies_at_once_and_keeps_its_promise(page: Page) -> None:
    page.goto("/questions/")
    advanced = option(page, "Advanced")
    number = number_beside(advanced)

    advanced.click()

    expect(page).to_have_url(re.compile(r"/questions/\?level=advanced$"))
    expect_shown(page, number)
    expect(option(page, "Advanced").get_by_role("checkbox")).to_be_checked()


def test_a_chosen_order_applies_at_once(page: Page) -> None:
    page.goto("/questions/")

    page.get_by_label("Sort by").select_option("Code")

    expect(page).to_have_url(re.compile(r"/questions/\?sort=code$"))
    expect(page.locator(".card")).to_have_count(15)
    shown = codes(page)
    assert shown == sorted(shown)


def test_a_chip_removes_its_filter_alone(page: Page) -> None:
    page.goto("/questions/?technology=python&level=advanced")

    page.get_by_role("list", name="Active filters").get_by_role("link", name="Python").click()

    expect(page).to_have_url(re.compile(r"/questions/\?level=advanced$"))
    expect_shown(page, number_beside(option(page, "Advanced")))


def test_the_pages_show_every_question_once(page: Page) -> None:
    page.goto("/questions/")
    total = int(page.locator(".result-line strong").inner_text())
    seen = codes(page)

    while (following := page.locator(".pages [aria-current] + a")).count():
        following.click()
        expect(page.locator(".pages [aria-current]")).to_have_text(str(len(seen) // 15 + 1))
        page.wait_for_load_state()
        seen += codes(page)

    assert len(seen) == len(set(seen)) == total


def test_a_card_opens_in_place_and_leads_to_its_page(page: Page) -> None:
    page.goto("/questions/")
    card = page.locator(".card").first
    code = codes(page)[0]

    card.get_by_text("Read it all here").click()
    expect(card.get_by_role("heading", name="Deep Explanation")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/questions/$"))
    card.get_by_role("link", name="Permanent link").click()

    expect(page).to_have_url(re.compile(f"/questions/{code}/$"))
    expect(page.locator(".question-header .code")).to_have_text(code)


def test_the_next_question_leads_back_as_the_previous_one(page: Page) -> None:
    page.goto("/questions/PY-BEG-001/")
    title = page.get_by_role("heading", level=1).inner_text()

    page.locator("[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    page.locator("[rel=prev]").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_follow_up_leads_to_the_question_that_answers_it(page: Page) -> None:
    page.goto("/questions/PY-INT-001/")
    follow_up = page.locator(".follow-ups li").filter(has=page.get_by_role("link")).first
    code = follow_up.locator(".code").inner_text()

    follow_up.get_by_role("link").click()

    expect(page.locator(".question-header .code")).to_have_text(code)


def test_a_missing_question_suggests_the_nearest_codes(page: Page, watch: Watch) -> None:
    watch.expect(NOT_FOUND)

    response = page.goto(MISSING)

    assert response
    assert response.status == 404
    suggested = page.locator(".lines .code").all_inner_texts()
    assert any(code.startswith("PY-ADV-") for code in suggested)


# On other screens and in other browsers.


@pytest.mark.one_database
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_filters_work_by_their_button_without_scripts(new_page: NewPage, viewport: ViewportSize) -> None:
    page = new_page(viewport=viewport, java_script_enabled=False)
    page.goto("/questions/")
    if viewport == NARROW:
        page.get_by_text("Filters", exact=True).click()
    number = number_beside(option(page, "Advanced"))

    option(page, "Advanced").click()
    page.get_by_role("button", name="Apply filters").click()

    expect(page).to_have_url(re.compile("[?&]level=advanced&"))
    expect_shown(page, number)


@pytest.mark.one_database
def test_filters_wait_for_their_button_on_a_narrow_screen(new_page: NewPage) -> None:
    page = new_page(viewport=NARROW)
    page.goto("/questions/")
    page.get_by_text("Filters", exact=True).click()

    option(page, "Advanced").click()
    option(page, "Python").click()
    expect(page).to_have_url(re.compile("/questions/$"))
    page.get_by_role("button", name="Apply filters").click()

    expect(page).to_have_url(re.compile(r"/questions/\?technology=python&level=advanced$"))


@pytest.mark.one_database
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/questions/?technology=python&level=advanced", "/questions/PY-ADV-004/"])
def test_nothing_sticks_out_of_a_narrow_screen(new_page: NewPage, path: str, scheme: str) -> None:
    page = new_page(viewport=NARROW, color_scheme=scheme, reduced_motion="reduce")

    page.goto(path)

    assert overflow(page) == 0


@pytest.mark.one_database
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_of_a_missing_question(new_page: NewPage, watch: Watch, scheme: str) -> None:
    watch.expect(NOT_FOUND)
    page = new_page(viewport=NARROW, color_scheme=scheme)

    page.goto(MISSING)

    assert overflow(page) == 0


@pytest.mark.one_database
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_card_sticks_out_of_a_narrow_screen(new_page: NewPage, number: int) -> None:
    page = new_page(viewport=NARROW)

    page.goto(f"/questions/?page={number}")

    assert overflow(page) == 0


@pytest.mark.one_database
def test_dark_pages_are_darker_than_light_ones(new_page: NewPage) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        page.goto("/")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness[scheme] = sum(map(float, re.findall(r"[\d.]+", colour)[:3]))

    assert brightness["dark"] < brightness["light"] / 3


@pytest.mark.one_database
def test_no_request_leaves_the_hub(desk: Page, hub: RunningHub, watch: Watch) -> None:
    for path in ("/", "/questions/", "/questions/PY-BEG-001/", "/admin/questions/question/add/"):
        desk.goto(path)

    assert {address.removeprefix(hub.url)[0] for address in watch.addresses} == {"/"}


# Editing.


def choose(page: Page, field: str, text: str) -> None:
    """Pick from one of the admin's searching selects."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def write(page: Page, field: str, text: str) -> None:
    """Type over what a section's editor holds, and wait until the form has it."""
    page.locator(f".field-{field} .CodeMirror-code").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)
    expect(page.locator(f"#id_{field}")).to_have_value(text)


def save(page: Page) -> None:
    """Save a form and wait for the admin to say so."""
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def publish(hub: RunningHub, code: str) -> None:
    """Publish what lacks too much to be published at the desk."""
    program = (
        f"from questions.models import *; it = Question.objects.get(code={code!r}); it.status = 'published'; it.save()"
    )
    done = hub.manage("shell", "--no-imports", "-c", program)
    assert done.returncode == 0, done.stderr


def test_a_new_question_that_is_published_is_on_the_site_and_its_script_is_inert(hub: RunningHub, desk: Page) -> None:
    desk.goto("/admin/questions/question/add/")
    desk.get_by_label("Code:").fill("PY-BEG-901")
    desk.get_by_label("Title:").fill("Is this question new?")
    choose(desk, "technology", "Python")
    choose(desk, "category", "Testing")
    choose(desk, "level", "Beginner")
    desk.get_by_label("Difficulty:").fill("1")
    write(desk, "answer", "It is **new**. <script>ran = 1</script><img src=x onerror='ran = 1'>")
    desk.locator("#id_follow_ups-0-position").fill("1")
    desk.locator("#id_follow_ups-0-text").fill("And what comes next?")
    save(desk)
    publish(hub, "PY-BEG-901")

    desk.goto("/questions/PY-BEG-901/")

    expect(desk.locator(".section-answer strong")).to_have_text("new")
    expect(desk.locator(".follow-ups li")).to_have_text(["And what comes next?"])
    assert desk.evaluate("typeof ran") == "undefined"


def test_view_on_site_shows_a_change_at_once(desk: Page) -> None:
    desk.goto("/admin/questions/question/?q=PY-BEG-002")
    desk.get_by_role("link", name="PY-BEG-002").click()
    desk.get_by_label("Title:").fill("Has this title changed?")
    desk.get_by_role("button", name="Save and continue editing").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()

    desk.get_by_role("link", name="View on site").click()

    expect(desk).to_have_url(re.compile("/questions/PY-BEG-002/$"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Has this title changed?")


@pytest.mark.usefixtures("led_by_links")
def test_two_follow_ups_swap_their_positions(desk: Page) -> None:
    desk.goto("/questions/PY-BEG-003/")
    first, second, *others = desk.locator(".follow-ups li").all_inner_texts()
    desk.goto("/admin/questions/question/?q=PY-BEG-003")
    desk.get_by_role("link", name="PY-BEG-003").click()
    desk.locator("#id_follow_ups-0-position").fill("2")
    desk.locator("#id_follow_ups-1-position").fill("1")
    save(desk)

    desk.goto("/questions/PY-BEG-003/")

    expect(desk.locator(".follow-ups li")).to_have_text([second, first, *others])


@pytest.mark.one_database
def test_a_refused_question_says_why_and_loses_no_text(desk: Page) -> None:
    desk.goto("/admin/questions/question/add/")
    desk.get_by_label("Code:").fill("nonsense")
    write(desk, "answer", "A long answer.")

    desk.get_by_role("button", name="Save", exact=True).first.click()

    expect(desk.locator(".field-code .errorlist")).to_have_text("A code looks like PY-ADV-004.")
    expect(desk.get_by_label("Answer:")).to_have_text("A long answer.")
    expect(desk.locator("#id_answer")).to_have_value("A long answer.")


def test_who_logs_out_has_to_log_in_again(page: Page, editor: str) -> None:
    log_in(page, editor)

    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()
    page.goto("/admin/")

    expect(page.get_by_role("button", name="Log in")).to_be_visible()
