"""What editors wait for: the pages of the admin on a large bank, and an import."""

import csv
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from tests.bench import queries
from tests.bench.banks import Bank, Child, child
from tests.bench.generate import FULL, Generator, Language, Taxa
from tests.bench.rows import Row

ADMIN = "/admin/questions/question/"
IMPORTED = 2_000  # questions
TECHNOLOGY, CATEGORY, LEVEL = "python", "core-python", "beginner"  # of the real set


def pages(large: Child, language: Language, bound: float | None) -> Iterator[Row]:
    """The admin's list, search and change page: the slowest of several, each once more after a first time."""
    texts = [texts[0] for texts in queries.searches(language, 0).values()]
    kinds = {
        "list": [ADMIN, f"{ADMIN}?status__exact=draft", f"{ADMIN}?o=8", f"{ADMIN}?p=2"],
        "search": [f"{ADMIN}?{urlencode({'q': text})}" for text in texts],
        "change page": [f"{ADMIN}{pk}/change/" for pk in large.ask("question_ids", 5)],
    }
    for kind, addresses in kinds.items():
        large.ask("admin_pages", addresses[:1])
        times = large.ask("admin_pages", addresses)
        detail = f"p50 {median(times):.0f} ms; the slowest is {addresses[times.index(max(times))]}"
        yield Row(f"admin {kind}, slowest of {len(times)}", max(times), at_most=bound, detail=detail)


def importing(bank: Bank, language: Language, number: int = IMPORTED) -> Iterator[Row]:
    """New questions from CSV into the small bank, Markdown rendered and history written, then taken back."""
    path = bank.folder / f"import-{number}.csv"
    write(path, language, number)
    with child(bank, "inside") as process:
        done = process.ask("import_file", str(path))
    detail = f"{number:,} questions, {path.stat().st_size / 1e6:.0f} MB of CSV"
    yield Row("import, questions a second", done["rate"], "/s", at_least=200, detail=detail)
    yield Row("import, most memory", done["memory"], "MB", at_most=400)


def write(path: Path, language: Language, number: int) -> None:
    """Write that many generated questions as CSV."""
    taxa = Taxa([(0, "Python", "PY")], [(0, "Core Python")], [(0, "Beginner")])
    rows, _ = Generator(language, taxa, number, 0).rows(0, number)
    with path.open("w", encoding="utf-8", newline="") as file:
        fixed = {"technology": TECHNOLOGY, "category": CATEGORY, "level": LEVEL}
        columns = ["code", "title", "difficulty", "status", "references", *FULL, "follow_ups", *fixed]
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        codes: list[Any] = [row.question["code"] for row in rows]
        for row in rows:
            lines = [
                it["text"] + (f" → {codes[it['answered_by_id']]}" if it["answered_by_id"] is not None else "")
                for it in row.follow_ups
            ]
            writer.writerow(row.question | fixed | {"follow_ups": "\n".join(lines)})
