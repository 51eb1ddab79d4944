"""Code and formulas in titles: shown on pages, plain where there is no HTML."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from questions.templatetags.titles import breakable
from questions.text import titles
from tests.conftest import Bank

TITLE = "What is `a < b` when $x_1$ is <big> & $5 or $6?"
PLAIN = "What is a < b when x_1 is <big> & $5 or $6?"


@pytest.mark.one_database
def test_title_shows_code_and_formulas_and_nothing_else() -> None:
    shown = breakable(TITLE)

    assert "<code>a &lt; b</code>" in shown
    assert '<math alttext="x_1">' in shown
    assert "&lt;big&gt; &amp; $5 or $6?" in shown
    assert titles.plain(TITLE) == PLAIN


@pytest.mark.one_database
def test_long_formula_scrolls_within_itself() -> None:
    long, short = (breakable(f"Is ${'x + ' * number}x$ odd?") for number in (30, 1))

    assert '<span class="formula long"><math' in long
    assert "Is <math" in short


@pytest.mark.one_database
@pytest.mark.parametrize("title", ["a ` b", "``", "$", "$$", r"\$a$", "Why __init__ and *args?", r"$\frac{1}$"])
def test_what_is_no_code_and_no_formula_stays(title: str) -> None:
    assert breakable(title) == title


@pytest.mark.parametrize(
    "path",
    [
        "/questions/",
        "/questions/{}/",
        "/questions/{}/recall/",
        "/questions/{}/drill/",
        "/questions/print/",
        "/",
        "/map/",
    ],
)
def test_title_is_shown_wherever_it_stands(client: Client, bank: Bank, path: str) -> None:
    question = bank.add(title="What does `len` do?")

    page = b"".join(client.get(path.format(question.code))).decode()

    assert "`len`" not in page
    assert "<code>len</code>" in page or "What does len" in page


def test_title_is_plain_where_there_is_no_html(client: Client, bank: Bank) -> None:
    question = bank.add(title="What does `len` do?")

    feed = client.get("/feed.atom").content.decode()
    page = client.get(question.get_absolute_url()).content.decode()

    assert "<title>What does len do?</title>" in feed
    assert 'property="og:title" content="What does len do?"' in page
    assert "<title>What does len do?" in page
    assert client.get("/suggest", {"q": "len"}).json()["questions"][0]["title"] == "What does len do?"
    assert str(question) == f"{question.code} What does len do?"


def test_admin_lists_titles_as_text(editor: Client, bank: Bank) -> None:
    bank.add(title="What does `len` do?")

    assert "What does len do?" in editor.get("/admin/questions/question/").content.decode()


def test_title_has_at_most_200_characters_and_formulas_that_can_be_read(bank: Bank) -> None:
    question = bank.add(title="x" * 200)
    question.full_clean()

    question.title = r"What is $\frac{1}$?"
    with pytest.raises(ValidationError, match=r"The formula .* cannot be read"):
        question.full_clean()

    question.title = "x" * 201
    with pytest.raises(ValidationError, match="at most 200"):
        question.full_clean()
