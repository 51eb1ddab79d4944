"""A question's way from its writer past its reviewer to its readers, and out again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, WIDE, NewPage, log_in
from tests.browser.running_hub import RunningHub
from tests.browser.test_smoke import save, write
from tests.browser.watch import Watch

CODE = "PY-BEG-990"
SET_UP = f"""
from django.contrib.auth.models import Group, User
from questions.models import Category, FollowUp, Level, Question, Technology
for name, group in (("wanda", "Editors"), ("rita", "Reviewers")):
    user = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
texts = dict.fromkeys(["answer", "explanation", "example", "mistakes", "scenario"], "Text.")
taxa = dict(technology=Technology.objects.get(code_prefix="PY"), level=Level.objects.get(code_part="BEG"))
question = Question.objects.create(
    code="{CODE}", title="What travels?", difficulty=1, category=Category.objects.first(), **taxa, **texts
)
for position in (1, 2, 3):
    FollowUp.objects.create(question=question, position=position, text="And then?")
"""
CLEAR_UP = f"""
from django.contrib.auth.models import User
from questions.models import Question
Question.objects.get(code="{CODE}").delete()
User.objects.filter(username__in=["wanda", "rita"]).delete()
"""


def run(hub: RunningHub, program: str) -> None:
    done = hub.manage("shell", "--no-imports", "-c", program)
    assert done.returncode == 0, done.stderr


def open_question(page: Page) -> None:
    page.goto(f"/admin/questions/question/?q={CODE}")
    page.get_by_role("link", name=CODE).click()
    expect(page.get_by_role("region", name="Draft").or_(page.get_by_role("region", name="In review"))).to_be_visible()


@pytest.fixture
def draft(hub: RunningHub) -> Iterator[None]:
    """A draft without references, Wanda, who writes, and Rita, who reviews."""
    run(hub, SET_UP)
    yield
    run(hub, CLEAR_UP)


@pytest.mark.usefixtures("draft")
def test_question_goes_from_draft_to_published_and_is_archived(new_page: NewPage, page: Page, watch: Watch) -> None:
    watch.expect("404")
    watch.expect("410")
    watch.expect("409")
    wanda, rita = new_page(viewport=WIDE), new_page(viewport=WIDE)
    log_in(wanda, "wanda")
    log_in(rita, "rita")

    open_question(wanda)
    expect(wanda.get_by_text("It names no references.")).to_be_visible()
    expect(wanda.get_by_role("button", name="Publish")).to_have_count(0)
    wanda.get_by_role("button", name="Submit for review").click()
    expect(wanda.get_by_role("region", name="In review")).to_be_visible()

    open_question(rita)
    rita.get_by_label("Comment").fill("Name your sources.")
    rita.get_by_role("button", name="Send back").click()
    expect(rita.get_by_text("1 question was sent back.")).to_be_visible()

    open_question(wanda)
    expect(wanda.get_by_text("Name your sources.")).to_be_visible()
    write(wanda, "references", "- [Docs](https://docs.python.org)")
    save(wanda)
    open_question(wanda)
    expect(wanda.get_by_text("It has everything that it needs to be published.")).to_be_visible()
    wanda.get_by_role("button", name="Submit for review").click()
    page.goto(f"/questions/{CODE}/")
    expect(page.get_by_role("heading", name=f"There is no question {CODE}.")).to_be_visible()

    open_question(rita)
    write(rita, "answer", "Everything.")
    rita.get_by_role("button", name="Publish").click()
    expect(rita.get_by_text("“Publish” was not done")).to_be_visible()
    rita.get_by_role("button", name="Save what I typed").click()
    expect(rita.get_by_role("textbox", name="Answer:")).to_have_text("Everything.")
    rita.get_by_label("Title:").press("Enter")
    expect(rita.get_by_text("was changed successfully")).to_be_visible()

    open_question(rita)
    rita.get_by_role("button", name="Publish").click()
    expect(rita.get_by_role("region", name="Published")).to_be_visible()
    rita.goto(f"/questions/{CODE}/")
    expect(rita.get_by_role("heading", name="What travels?")).to_be_visible()

    rita.go_back()
    rita.get_by_role("button", name="Archive").click()
    expect(rita.get_by_role("region", name="Archived")).to_be_visible()
    rita.goto(f"/questions/{CODE}/")
    expect(rita.get_by_role("heading", name=f"{CODE} has been archived.")).to_be_visible()
    expect(rita.get_by_role("heading", name="Related questions")).to_be_visible()
