"""What a self-hosted product may ship."""

import re
from importlib.metadata import Distribution
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hub import licences
from hub.environment import BASE_DIR
from hub.licences import MISSING, Dependency, dependencies, stated

pytestmark = pytest.mark.one_database


class Written(Distribution):
    """A distribution whose metadata is what a test writes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read_text(self, filename: str) -> str:
        return self.text

    def locate_file(self, path: object) -> Path:
        raise NotImplementedError


def licence(*lines: str) -> str:
    return stated(Written("\n".join(("Name: a", *lines, "", "Its description."))).metadata)


def test_every_dependency_has_a_licence_that_may_be_shipped() -> None:
    assert [it for it in dependencies() if not it.is_accepted] == []


def test_all_that_the_hub_runs_with_is_judged() -> None:
    run = (BASE_DIR / "requirements" / "run.txt").read_text()
    pins = re.findall(r"^([a-z0-9-]+)==\S+( ;)?", run, re.MULTILINE)
    everywhere = {name for name, marker in pins if not marker}

    judged = {it.name for it in dependencies() if it.licence != MISSING}

    assert {"django", "psycopg", "easymde"} <= judged
    assert everywhere <= judged


@pytest.mark.parametrize("name", licences.VENDORED)
def test_vendored_files_have_their_licence_beside_them(name: str) -> None:
    (text,) = (path.read_text() for path in (BASE_DIR / "static" / "vendor" / name).glob("LICENSE"))

    assert "Permission is hereby granted, free of charge" in text


@pytest.mark.parametrize(
    "expression",
    ["MIT", "LGPL-3.0-only", "Apache-2.0 OR BSD-2-Clause", "MIT AND PSF-2.0", "GPL-3.0-only OR MIT"],
)
def test_a_licence_that_may_be_shipped_is_accepted(expression: str) -> None:
    assert Dependency("a", "1", expression).is_accepted


@pytest.mark.parametrize(
    "expression",
    ["", "GPL-3.0-only", "AGPL-3.0-or-later", "SSPL-1.0", "BUSL-1.1", "MIT AND GPL-2.0-only", "Proprietary", "Free"],
)
def test_any_other_licence_is_refused(expression: str) -> None:
    assert not Dependency("a", "1", expression).is_accepted


def test_an_expression_counts_before_a_classifier_and_that_before_a_text() -> None:
    mit = "Classifier: License :: OSI Approved :: MIT License"
    gpl = "Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)"

    assert licence("License-Expression: ISC", gpl, "License: BSD") == "ISC"
    assert licence(mit, "License: BSD") == "MIT"
    assert licence(gpl, "License: MIT") == "GNU General Public License v3 (GPLv3)"
    assert licence("License: MIT", "        Permission is hereby granted, free of charge …") == "MIT"
    assert licence() == ""


def test_the_command_lists_them() -> None:
    out = StringIO()

    call_command("licences", stdout=out)

    assert re.search(r"^psycopg +\S+ +LGPL-3.0-only$", out.getvalue(), re.MULTILINE)
    assert re.search(r"^easymde +\S+ +MIT AND BSD-3-Clause$", out.getvalue(), re.MULTILINE)


def test_the_command_fails_for_one_that_may_not_be_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(licences.VENDORED, "easymde-2.21.0", "GPL-3.0-only")

    with pytest.raises(CommandError, match=r"Not under a licence .*: easymde\."):
        call_command("licences", stdout=StringIO())
