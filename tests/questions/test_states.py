"""The statuses: each step leads from a status to another, and nothing else spells a status out."""

import re

import pytest

from hub.environment import BASE_DIR
from questions.models import Question, WorkflowStep
from questions.states import BY_VALUE, STATES, STEPS, TARGETS

SOURCES = [
    path
    for pattern in ("hub/**/*.py", "questions/**/*.py", "templates/**/*.html")
    for path in sorted(BASE_DIR.glob(pattern))
    if "migrations" not in path.parts and path.name != "states.py"
]
SPELLED_OUT = re.compile(rf"status.*[\"']({'|'.join(BY_VALUE)})[\"']")

pytestmark = pytest.mark.one_database


def test_steps_lead_from_statuses_to_others() -> None:
    for name, step in STEPS.items():
        assert set(step.sources) <= BY_VALUE.keys() - {TARGETS[name].value}


def test_every_status_but_the_first_is_reached_from_it() -> None:
    reached, steps = {STATES[0].value}, list(STEPS)
    for _ in steps:
        reached |= {TARGETS[name].value for name in steps if reached & set(STEPS[name].sources)}

    assert reached == BY_VALUE.keys()


def test_statuses_and_steps_fit_their_columns() -> None:
    assert max(map(len, BY_VALUE)) <= (Question._meta.get_field("status").max_length or 0)
    assert max(map(len, STEPS)) <= (WorkflowStep._meta.get_field("name").max_length or 0)


def test_no_status_is_spelled_out_elsewhere() -> None:
    found = {path.relative_to(BASE_DIR): SPELLED_OUT.findall(path.read_text(encoding="utf-8")) for path in SOURCES}

    assert len(SOURCES) > 100
    assert {path: names for path, names in found.items() if names} == {}
