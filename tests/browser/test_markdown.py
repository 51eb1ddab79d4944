"""What people write, on a phone: nothing widens the page, and each script reads from its own side."""

import pytest

from questions.text.markdown import render
from tests.browser.conftest import NARROW, NewPage
from tests.browser.test_smoke import overflow

pytestmark = pytest.mark.one_database

WIDE = "+".join(f"x_{{{number}}}" for number in range(60))
TEXT = f"""
{"a" * 300} `{"b" * 300}` https://example.org/{"c" * 300}

$${WIDE}$$

Inline ${"x + " * 40}x$ goes on.

- [x] done[^1]

> [!NOTE]
> {"d" * 200}

## מהי רשימה {"e" * 100}

- רשימה היא `list`

[^1]: Note.
"""


def test_hostile_prose_fits_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport=NARROW)
    page.goto("/questions/PY-BEG-008/")

    page.locator(".prose").first.evaluate("(prose, html) => { prose.innerHTML = html }", render((TEXT,))[0])

    formula = page.locator(".formula").first
    assert overflow(page) == 0
    assert formula.evaluate("it => it.scrollWidth > it.clientWidth")
    assert page.get_by_text("רשימה היא").evaluate("it => getComputedStyle(it).direction") == "rtl"
    assert page.get_by_text("list", exact=True).first.evaluate("it => getComputedStyle(it).direction") == "ltr"
