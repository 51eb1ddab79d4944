"""An editor's way from a foreign file to questions in the hub."""

from pathlib import Path

from playwright.sync_api import Page, expect

BANK = """Question,Answer,Topic,Score
What is imported?,Whatever is *good*.,Imported things,2
What is not?,Nothing else.,Imported things,3
"""


def choose(page: Page, path: Path, content: str) -> None:
    """Give the page this file, and say what its columns do not."""
    path.write_text(content)
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Show how it is understood").click()
    page.get_by_label("Technology", exact=True).fill("python")
    page.get_by_label("Level", exact=True).fill("Beginner")


def test_a_file_with_a_mistake_is_mended_and_imported(desk: Page, tmp_path: Path) -> None:
    desk.goto("/admin/questions/question/")
    desk.get_by_role("link", name="Import", exact=True).click()

    choose(desk, tmp_path / "bank.csv", BANK.replace(",3\n", ",30\n"))
    expect(desk.get_by_label("Topic")).to_have_value("category")
    desk.get_by_role("button", name="Show what it would change").click()

    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name="row 3"))
    expect(row).to_contain_text("What is not?")
    expect(row).to_contain_text("30 is above 10.")
    expect(desk.get_by_role("button", name="Confirm import")).to_have_count(0)

    choose(desk, tmp_path / "bank.csv", BANK)
    desk.get_by_role("button", name="Show what it would change").click()

    expect(desk.get_by_role("heading", name="Not written yet: 2 new, 0 changed, 0 unchanged")).to_be_visible()
    expect(desk.get_by_text("New category Imported things")).to_be_visible()
    expect(desk.get_by_role("heading", name="What is not?")).to_be_visible()
    assert desk.request.get("/admin/questions/question/?q=imported").text().count("What is imported?") == 0

    desk.get_by_role("button", name="Confirm import").click()

    expect(desk.get_by_role("heading", name="Imported: 2 new, 0 changed, 0 unchanged.")).to_be_visible()
    desk.get_by_role("link", name="See the questions").click()
    expect(desk.get_by_role("link", name="What is imported?")).to_be_visible()
