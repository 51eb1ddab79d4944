"""The sections: their anchors, and which of them a question may do without."""

import pytest

from questions.sections import SECTIONS, Section


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Interviewer's Notes", "interviewers-notes"),
        ("Trade-offs & Costs (2026)", "trade-offs-costs-2026"),
        ("Beispiele für Einsteiger", "beispiele-für-einsteiger"),
        ("Разбор", "разбор"),
        ("回答", "回答"),
    ],
)
def test_anchor_of_any_title_can_stand_in_an_address(title: str, anchor: str) -> None:
    assert Section("notes", title).anchor == anchor


def test_sections_have_anchors_of_their_own() -> None:
    assert len({section.anchor for section in SECTIONS} - {""}) == len(SECTIONS)
