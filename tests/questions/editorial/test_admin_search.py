"""How editors find questions."""

import pytest
from django.test import Client

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
    fitting, _ = found(Question.objects.order_by("code"), text)

    assert list(fitting.values_list("code", flat=True)) == codes


def some_others(bank: Bank) -> None:
    """What makes a word that two questions have a rare one."""
    for number in range(20, 30):
        bank.add(f"PY-BEG-0{number}", title="What is a set?", answer="Something else.")


def test_best_match_comes_first_and_drafts_before_all(bank: Bank) -> None:
    bank.add(
        "PY-BEG-001",
        title="What is a list?",
        answer="Something ordered, which has nothing to do with what a decorator is good for.",
    )
    bank.add("PY-BEG-002", title="What is a decorator?")
    bank.add("PY-BEG-013", title="What decorates a draft?", status="draft")
    some_others(bank)

    fitting, order = found(Question.objects.all(), "decor")

    assert list(fitting.order_by(*order).values_list("code", flat=True)) == ["PY-BEG-013", "PY-BEG-002", "PY-BEG-001"]


def test_list_goes_by_relevance_until_a_column_is_chosen(bank: Bank, editor: Client) -> None:
    bank.add(
        "PY-BEG-001",
        title="What is a list?",
        answer="Something ordered, which has nothing to do with what a decorator is good for.",
    )
    bank.add("PY-BEG-002", title="What is a decorator?")
    some_others(bank)

    by_relevance = editor.get("/admin/questions/question/", {"q": "decorator"}).context["cl"]
    by_code = editor.get("/admin/questions/question/", {"q": "decorator", "o": "1"}).context["cl"]

    assert [question.code for question in by_relevance.result_list] == ["PY-BEG-002", "PY-BEG-001"]
    assert by_relevance.get_ordering_field_columns() == {}
    assert [question.code for question in by_code.result_list] == ["PY-BEG-001", "PY-BEG-002"]
