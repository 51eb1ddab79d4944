"""Follow-ups: opened in place, drilled in a chain, seen on the map."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.running_hub import RunningHub
from tests.browser.watch import Watch
from tests.question_set.question_set import answers, questions

pytestmark = pytest.mark.usefixtures("led_by_links")

NARROW = {"width": 360, "height": 740}


def chains() -> Iterator[tuple[str, str, str]]:
    """Every question, one that answers a follow-up of it, and one that answers a follow-up of that."""
    for first in questions():
        for second in sorted(answers(first)):
            for third in sorted(answers(second)):
                yield first, second, third


FIRST, SECOND, THIRD = next(chain for chain in chains() if len(set(chain)) == 3)
ROUND, BESIDE = next((first, second) for first, second, third in chains() if first == third)


def open_button(scope: Page | Locator, code: str) -> Locator:
    """The button that shows or hides the answer of a question, of the outermost list of follow-ups in sight."""
    return scope.get_by_role("button", name=re.compile(rf"^(Show answer|Hide) \({code}\)$")).first


def deep(number: int) -> str:
    """How deep a trail of so many questions says it is."""
    return f"{number} question{'s' if number > 1 else ''} deep"


def panel(page: Page, *codes: str) -> Locator:
    """The panel at the end of these codes."""
    return page.get_by_role("region", name=f"{deep(len(codes))}: {' › '.join(codes)}", exact=True)


def trail(page: Page) -> Locator:
    """The codes of the trail that a drill shows."""
    return page.get_by_role("navigation", name="The trail so far").locator(".code")


# In place.


def test_a_follow_up_opens_the_answer_in_place_and_leads_on(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/")

    open_button(page, SECOND).click()
    open_button(panel(page, SECOND), THIRD).click()

    expect(panel(page, SECOND, THIRD)).to_be_visible()
    expect(panel(page, SECOND, THIRD).locator(".panel-trail")).to_have_text(f"2 questions deep: {SECOND} › {THIRD}")
    expect(panel(page, SECOND, THIRD).get_by_role("heading").first).to_have_text(questions()[THIRD]["title"])
    expect(page).to_have_url(re.compile(f"/questions/{FIRST}/$"))


def test_an_answer_of_its_own_opens_in_place_without_a_question_behind_it(page: Page, hub: RunningHub) -> None:
    code = "PY-ADV-005"
    statement = (
        "from questions.models import FollowUp; it = FollowUp.objects.get(question__code='PY-ADV-005', position=3); "
        "it.answer, it.answered_by = '*Mine.*', None; it.save()"
    )
    assert hub.manage("shell", "-c", statement).returncode == 0
    page.goto(f"/questions/{code}/")

    button = page.get_by_role("button", name=f"Show answer ({code}, 3)")
    button.click()

    opened = page.locator(".panel")
    expect(opened.locator(".prose em")).to_have_text("Mine.")
    expect(opened).to_be_focused()
    expect(opened.get_by_text("This chain ends here.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_panel_is_read_out_and_undone_with_the_keyboard_alone(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/")

    open_button(page, SECOND).press("Enter")
    expect(panel(page, SECOND)).to_be_focused()
    open_button(panel(page, SECOND), THIRD).press("Space")
    expect(panel(page, SECOND, THIRD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(open_button(panel(page, SECOND), THIRD)).to_be_focused()
    page.keyboard.press("Escape")

    expect(open_button(page, SECOND)).to_be_focused()
    expect(page.locator(".panel")).to_have_count(0)


def test_back_closes_what_was_opened_last(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/")
    open_button(page, SECOND).click()
    open_button(panel(page, SECOND), THIRD).click()

    panel(page, SECOND, THIRD).get_by_role("button", name="Back").click()

    expect(panel(page, SECOND, THIRD)).to_have_count(0)
    expect(open_button(panel(page, SECOND), THIRD)).to_be_focused()


def test_the_same_button_opens_and_closes(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/")
    button = open_button(page, SECOND)
    expect(button).to_have_attribute("aria-expanded", "false")

    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()

    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".panel")).to_have_count(0)


def test_two_quick_clicks_open_it_once(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/")

    open_button(page, SECOND).evaluate("button => { button.click(); button.click(); }")

    expect(panel(page, SECOND)).to_have_count(1)


def test_a_question_asked_already_is_not_opened_again(page: Page) -> None:
    page.goto(f"/questions/{ROUND}/")

    open_button(page, BESIDE).click()

    expect(panel(page, BESIDE)).to_contain_text("(asked already)")
    expect(open_button(panel(page, BESIDE), ROUND)).to_have_count(0)


def test_a_link_in_what_opened_leads_to_its_page(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/")
    open_button(page, SECOND).click()

    panel(page, SECOND).get_by_role("heading").get_by_role("link").click()

    expect(page).to_have_url(re.compile(f"/questions/{SECOND}/$"))


def test_a_panel_that_the_hub_refuses_leads_to_the_drill_with_its_trail(new_page: NewPage, watch: Watch) -> None:
    watch.expect("status of 503|answered 503")
    watch.expect("registration blocked")  # What a worker fetches does not come past the route.
    page = new_page(service_workers="block")
    page.goto(f"/questions/{FIRST}/")
    open_button(page, SECOND).click()
    page.route("**/push/", lambda route: route.fulfill(status=503))

    open_button(panel(page, SECOND), THIRD).click()

    expect(page).to_have_url(re.compile(rf"/questions/{THIRD}/drill/\?trail={FIRST}(,|%2C){SECOND}$"))
    expect(trail(page)).to_have_text([FIRST, SECOND, THIRD])


def test_a_panel_without_scripts_leads_to_the_drill(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/questions/{FIRST}/")

    open_button(page, SECOND).click()

    expect(trail(page)).to_have_text([FIRST, SECOND])


# The drill.


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_chain_is_drilled_on_and_back(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto(f"/questions/{FIRST}/")
    page.get_by_role("link", name="Drill this chain").click()

    page.locator(".ways-on a", has_text=SECOND).click()
    page.locator(".ways-on a", has_text=THIRD).click()
    expect(trail(page)).to_have_text([FIRST, SECOND, THIRD])
    expect(page.get_by_text("2 questions deep")).to_be_visible()
    page.get_by_role("link", name=f"Back to {SECOND}").click()

    expect(trail(page)).to_have_text([FIRST, SECOND])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_answer_of_a_drill_shows_when_it_is_asked_for(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto(f"/questions/{FIRST}/drill/")
    answer = page.locator(".drill-answer .prose")
    expect(answer).to_be_hidden()

    page.locator(".drill-answer summary").press("Enter")

    expect(answer).to_be_visible()


def test_every_chain_comes_to_an_end_that_leads_elsewhere(page: Page) -> None:
    page.goto(f"/questions/{FIRST}/drill/")

    depth = 1
    while page.get_by_role("heading", name="The interviewer asks next").count():
        page.locator(".ways-on a").first.click()
        depth += 1
        expect(trail(page)).to_have_count(depth)

    expect(page.get_by_role("heading", name="This chain ends here")).to_be_visible()
    assert len(set(trail(page).all_inner_texts())) == depth
    page.locator(".ways-on a").first.click()
    expect(page.get_by_text("Here the chain begins")).to_be_visible()


# The map.


def node(page: Page, code: str) -> Locator:
    """A question on the drawing, known by its code and full title."""
    link = page.get_by_role("link", name=f"{code} {questions()[code]['title']}", exact=True)
    return page.locator(".map-node").filter(has=link)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_node_of_the_map_leads_to_its_question(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Map").click()

    node(page, FIRST).get_by_role("link").first.click()

    expect(page).to_have_url(re.compile(f"/questions/{FIRST}/$"))


def test_the_map_is_walked_with_the_keyboard_technology_by_technology(page: Page) -> None:
    page.goto("/map/")
    page.get_by_role("link", name="Read the map as a list").focus()

    codes = []
    for _ in page.locator(".map-node").all():
        page.keyboard.press("Tab")
        codes.append(page.evaluate("document.activeElement.querySelector('.map-code').textContent"))
        page.keyboard.press("Tab")  # The way to its neighbours.

    prefixes = [code.partition("-")[0] for code in codes]
    assert len(set(codes)) == len(codes)
    assert sorted(prefixes, key=prefixes.index) == prefixes


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_chain_is_walked_from_map_to_map_around_one_question(new_page: NewPage, scripts: bool) -> None:
    page = new_page(viewport=NARROW, java_script_enabled=scripts)
    page.goto(f"/questions/{FIRST}/")
    page.get_by_role("link", name="See on a map").click()

    page.locator("svg").get_by_role("link", name=f"Neighbours of {SECOND}").press("Enter")

    expect(page).to_have_url(re.compile(f"/questions/{SECOND}/map/$"))
    expect(page.get_by_role("group", name="Leads to it").locator(".map-code", has_text=FIRST)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_arrows_of_the_node_in_view_stand_out(page: Page, way: str) -> None:
    page.goto("/map/")
    arrows = node(page, FIRST).locator(".map-leaving")
    expect(arrows).to_have_css("visibility", "hidden")

    getattr(node(page, FIRST).get_by_role("link").first, way)()

    expect(arrows).to_have_css("visibility", "visible")
    frames = [frame.bounding_box() for frame in arrows.locator(".map-end").all()]
    target = node(page, SECOND).locator("a > rect").first.bounding_box()
    assert target
    assert any(box and abs(box["x"] - target["x"]) < 8 and abs(box["y"] - target["y"]) < 8 for box in frames)


# What filters.js has made of the event when the listeners that come after it are called.
BUSY_AFTER_POPSTATE = """() => {
  window.busy = new Promise((tell) => {
    addEventListener("popstate", () => tell(document.querySelector(".list-layout").ariaBusy));
  });
}"""


def test_the_way_to_the_list_stays_on_the_page(page: Page) -> None:
    page.goto("/map/")
    page.evaluate(BUSY_AFTER_POPSTATE)

    page.get_by_role("link", name="Read the map as a list").click()

    expect(page).to_have_url(re.compile("/map/#as-a-list$"))
    assert page.evaluate("window.busy") is None


def test_the_map_as_a_list_leads_to_every_question_drawn(page: Page) -> None:
    page.goto("/map/")

    page.locator("#as-a-list").press("Enter")

    expect(page.locator(".map-list a").first).to_be_visible()
    addresses = "links => links.map(link => link.getAttribute('href'))"
    listed = page.locator(".map-list li > a").evaluate_all(addresses)
    drawn = page.locator(".map-node > a:not(.map-around)").evaluate_all(addresses)
    assert listed == drawn


def test_a_filter_leaves_its_part_of_the_map(page: Page) -> None:
    page.goto("/map/")

    page.locator(".option").filter(has=page.get_by_text("Advanced", exact=True)).click()

    expect(page).to_have_url(re.compile(r"/map/\?level=advanced$"))
    number = int(page.locator(".result-line strong").inner_text())
    expect(page.locator(".map-node")).to_have_count(number)


@pytest.mark.parametrize("path", ["/map/", f"/questions/{THIRD}/drill/?trail={FIRST},{SECOND}"])
def test_nothing_sticks_out_of_a_narrow_screen(new_page: NewPage, path: str) -> None:
    page = new_page(viewport=NARROW)

    page.goto(path)

    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_panels_do_not_stick_out_of_a_narrow_screen(new_page: NewPage) -> None:
    page = new_page(viewport=NARROW)
    page.goto(f"/questions/{FIRST}/")

    open_button(page, SECOND).click()
    open_button(panel(page, SECOND), THIRD).click()

    expect(panel(page, SECOND, THIRD)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
