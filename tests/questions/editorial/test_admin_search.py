"""How editors find questions."""

import pytest

from questions.editorial.admin_search import found
from questions.models import Question
from tests.conftest import Bank


@pytest.fixture
def some(bank: Bank) -> None:
    bank.add("PY-BEG-001", title="What is a decorator?", answer="A callable.")
    bank.add("PY-BEG-002", title="What is a list?", answer="Something mutable.")
    bank.add("PY-BEG-013", title="What decorates a draft?", status="draft")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("PY-BEG-00", ["PY-BEG-001", "PY-BEG-002"]),
        ("py-beg-013", ["PY-BEG-013"]),
        ("decorator", ["PY-BEG-001"]),
        ("decor", ["PY-BEG-001", "PY-BEG-013"]),
        ("mutable", ["PY-BEG-002"]),
        ("?!", []),
        ("nowhere", []),
    ],
)
def test_questions_are_found_by_code_text_and_title(some: None, text: str, codes: list[str]) -> None:
    assert list(found(Question.objects.order_by("code"), text).values_list("code", flat=True)) == codes
