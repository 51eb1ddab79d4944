"""The samples that the guide shows are those that the page gives."""

import re
from pathlib import Path

import pytest
from django.core.management.base import BaseCommand

from questions.exchange import samples
from questions.exchange.rows import COLUMNS
from questions.management.commands.import_questions import Command

GUIDE = (Path(__file__).parents[3] / "docs/importing.md").read_text(encoding="utf-8")
SHOWN = {
    match[1]: match[3]
    for match in re.finditer(r"<!-- (\S+) -->\n(`{3,})\w+\n(.*?)^\2$", GUIDE, re.DOTALL | re.MULTILINE)
}


@pytest.mark.parametrize("path", sorted(samples.FOLDER.iterdir()), ids=lambda it: it.name)
def test_guide_shows_each_sample(path: Path) -> None:
    assert SHOWN[path.name] == path.read_text(encoding="utf-8")


def test_guide_names_the_files_that_are_made_of_others() -> None:
    assert all(f"`{name}`" in GUIDE for name in (samples.WORKBOOK, samples.ARCHIVE))


def test_guide_knows_every_column_and_option() -> None:
    own = set(Command().create_parser("manage.py", "import_questions")._option_string_actions)
    options = own - set(BaseCommand().create_parser("manage.py", "import_questions")._option_string_actions)

    assert [name for name in COLUMNS if name not in GUIDE] == []
    assert [option for option in options if f"`{option}" not in GUIDE] == []
