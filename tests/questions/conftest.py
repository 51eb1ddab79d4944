"""What the tests of the questions app share."""

from typing import Any

import pytest

from questions.models import Category, Level, Technology


@pytest.fixture
def form(python: Technology, beginner: Level, core: Category) -> dict[str, Any]:
    """What the form for a new question sends."""
    return {
        "code": "PY-BEG-001",
        "title": "What is a list?",
        "technology": python.pk,
        "category": core.pk,
        "level": beginner.pk,
        "difficulty": 3,
        "answer": "*Mutable.*",
        "follow_ups-TOTAL_FORMS": 1,
        "follow_ups-INITIAL_FORMS": 0,
        "follow_ups-0-position": 1,
        "follow_ups-0-text": "And a tuple?",
    }
