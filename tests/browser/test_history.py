"""Nothing is lost: two editors of one question, and going back, in a real browser."""

import re

from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import NARROW, NewPage

BOTH_AT_ONCE = """async () => {
    const save = async (title) => {
        const data = new FormData(document.querySelector("#question_form"));
        data.set("title", title);
        const response = await fetch(location.href, { method: "POST", body: data, redirect: "manual" });
        return response.type === "opaqueredirect" ? "saved" : "held back";
    };
    return (await Promise.all([save("The first of two?"), save("The second of two?")])).sort();
}"""


def open_question(page: Page, code: str) -> None:
    page.goto(f"/admin/questions/question/?q={code}")
    page.get_by_role("link", name=code).click()
    expect(page.get_by_label("Title:")).to_be_visible()


def retitle(page: Page, title: str) -> None:
    page.get_by_label("Title:").fill(title)
    page.get_by_role("button", name="Save and continue editing").first.click()


def test_two_people_in_conflict_lose_nothing(desk: Page, new_page: NewPage, logged_in: StorageState) -> None:
    other = new_page(viewport=NARROW, storage_state=logged_in)
    open_question(desk, "PY-BEG-005")
    open_question(other, "PY-BEG-005")
    desk.get_by_label("Verified for:").fill("Everything that I have tried")
    desk.locator("#id_follow_ups-0-text").fill("What did I ask first?")
    retitle(other, "What did the other one ask?")
    expect(other.locator(".messagelist .success")).to_be_visible()

    retitle(desk, "What did I ask?")

    conflict = desk.get_by_role("region", name="Somebody else has saved this question")
    expect(conflict.locator("del")).to_contain_text("the other one")
    expect(desk.get_by_label("Title:")).to_have_value("What did I ask?")
    conflict.get_by_label("Keep theirs").check()
    desk.get_by_role("button", name="Save and continue editing").first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    expect(desk.get_by_label("Title:")).to_have_value("What did the other one ask?")
    expect(desk.get_by_label("Verified for:")).to_have_value("Everything that I have tried")
    expect(desk.locator("#id_follow_ups-0-text")).to_have_value("What did I ask first?")


def test_of_two_saves_at_the_same_moment_one_is_held_back(desk: Page) -> None:
    open_question(desk, "PY-BEG-006")

    outcomes = desk.evaluate(BOTH_AT_ONCE)

    assert outcomes == ["held back", "saved"]


def test_an_earlier_version_is_restored_from_the_history(desk: Page) -> None:
    open_question(desk, "PY-BEG-007")
    before = desk.get_by_label("Title:").input_value()
    retitle(desk, "Has this gone wrong?")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.get_by_role("link", name="History").click()
    expect(desk.locator(".revision ins").first).to_contain_text("gone wrong")

    desk.locator(".revision").nth(1).get_by_role("button", name="Restore").click()

    expect(desk.locator(".messagelist .success")).to_contain_text("has been restored")
    expect(desk.get_by_label("Title:")).to_have_value(before)


def test_a_deleted_question_comes_back(desk: Page) -> None:
    open_question(desk, "PY-BEG-008")
    desk.get_by_role("link", name="Delete", exact=True).first.click()
    expect(desk.get_by_text("It can be brought back")).to_be_visible()
    desk.get_by_role("button", name="Yes, I’m sure").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.get_by_role("link", name="Deleted questions").click()

    desk.get_by_role("button", name="Restore PY-BEG-008").click()

    expect(desk.locator(".messagelist .success")).to_contain_text("has been restored")
    desk.goto("/questions/PY-BEG-008/")
    expect(desk).to_have_title(re.compile("."))
    expect(desk.locator(".follow-ups li").first).to_be_visible()
