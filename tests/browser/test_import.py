"""An editor's way from a file with mistakes to questions in the hub."""

from pathlib import Path

from playwright.sync_api import Page, expect

GOOD = """code,title,technology,category,level,difficulty,answer
PY-BEG-911,What is imported?,python,core-python,beginner,2,Whatever is *good*.
PY-BEG-912,What is not?,python,core-python,beginner,3,Nothing else.
"""


def choose(page: Page, path: Path, content: str) -> None:
    """Give the page this file to show."""
    path.write_text(content)
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Show what it would change").click()


def test_a_file_with_a_mistake_is_mended_and_imported(desk: Page, tmp_path: Path) -> None:
    desk.goto("/admin/questions/question/")
    desk.get_by_role("link", name="Import", exact=True).click()

    choose(desk, tmp_path / "bank.csv", GOOD.replace(",3,", ",30,"))

    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name="row 3"))
    expect(row).to_contain_text("difficulty")
    expect(row).to_contain_text("Ensure this value is less than or equal to 10.")
    expect(desk.get_by_role("button", name="Confirm import")).to_have_count(0)

    choose(desk, tmp_path / "bank.csv", GOOD)

    expect(desk.get_by_role("heading", name="Not written yet: 2 new, 0 changed, 0 unchanged")).to_be_visible()
    expect(desk.get_by_role("heading", name="New: PY-BEG-912 What is not?")).to_be_visible()
    assert desk.request.get("/admin/questions/question/?q=PY-BEG-911").text().count("What is imported?") == 0

    desk.get_by_role("button", name="Confirm import").click()

    expect(desk.get_by_text("Imported: 2 new, 0 changed, 0 unchanged.")).to_be_visible()
    expect(desk.get_by_role("link", name="What is imported?")).to_be_visible()
