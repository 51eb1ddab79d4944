"""A small file of each form that can be imported, to try and to begin with; `docs/importing.md` shows the same."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

FOLDER = Path(__file__).with_name("sample_files")
TABLE, QUESTION = "questions.csv", "question.md"
WORKBOOK, ARCHIVE = "questions.xlsx", "questions.zip"  # made of the two above
NAMES = (*sorted(path.name for path in FOLDER.iterdir()), WORKBOOK, ARCHIVE)


def content(name: str) -> bytes:
    """The content of one of the files."""
    if name == WORKBOOK:
        return _workbook()
    if name == ARCHIVE:
        return _archive()
    return (FOLDER / name).read_bytes()


def _workbook() -> bytes:
    from openpyxl import Workbook  # Takes long to load.

    workbook, file = Workbook(write_only=True), BytesIO()
    sheet = workbook.create_sheet("Questions")
    for row in csv.reader(StringIO((FOLDER / TABLE).read_text(encoding="utf-8"))):
        sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
    workbook.save(file)
    return file.getvalue()


def _archive() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(f"core-python/{QUESTION}", (FOLDER / QUESTION).read_bytes())
    return file.getvalue()
