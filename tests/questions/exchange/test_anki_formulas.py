"""Formulas in the notes that Anki exports as text."""

from pathlib import Path
from typing import Any

import pytest

from questions.exchange import files
from questions.exchange.anki_formulas import with_formulas
from tests.growth import assert_linear

pytestmark = pytest.mark.one_database


def fields(folder: Path, note: str, is_html: bool = True) -> Any:
    """What is read of a note."""
    path = folder / "notes.txt"
    path.write_text(f"#separator:tab\n#html:{is_html}\n{note}\n")
    (row,) = files.read(path).rows
    return row.fields


@pytest.mark.parametrize(
    ("field", "markdown"),
    [
        (r"\(a_1 * b_2\)", "$a_1 * b_2$"),
        (r"so \[ x &lt; y \] and", "so $$x < y$$ and"),
        ("[$]a^2[/$], [$$]b<br>+ c[/$$]", "$a^2$, $$b + c$$"),
        (r"[latex]\frac{1}{2}[/latex]", r"$\frac{1}{2}$"),
        ("[latex]$a$[/latex] [LaTeX]$$b$$[/LaTeX]", "$a$ $$b$$"),
        (r"[latex]\begin{equation}a\end{equation}[/latex]", r"$$\begin{equation}a\end{equation}$$"),
        (r"[latex]\begin{displaymath}a\end{displaymath}[/latex]", "$$a$$"),
        ("[latex]Let $a_1$ be $b_1$[/latex]", "Let $a_1$ be $b_1$"),
        (r"the \(n\)th of \(a\)\(b\)", "the $n$\u2060th of $a$\u2060$b$"),
        (r"{{c1::\(\frac{a}{b}\)}}", r"$\frac{a}{b}$"),
        (r"<code>\(a\)</code> \(b", r"`\(a\)` \(b"),
        (r"\(\text{$a$}\)", r"\(\text{$a$}\)"),
    ],
)
def test_formula_of_a_note_is_one_here(tmp_path: Path, field: str, markdown: str) -> None:
    assert fields(tmp_path, f"front\t{field} <b>*</b>")["back"] == rf"{markdown} **\***"


def test_formula_of_a_note_without_html_stands_as_it_is(tmp_path: Path) -> None:
    assert fields(tmp_path, r"front	\(a<b\) <i>", is_html=False)["back"] == "$a<b$ <i>"


def test_title_of_a_note_sets_no_formula_apart(tmp_path: Path) -> None:
    found = fields(tmp_path, r"What is <b>\[x_1\]</b> in a_b_c?	back")

    assert found["front"] == "What is $x_1$ in a_b_c?"


@pytest.mark.parametrize("unit", [r"\(", r"\[", "[$]", "[$$]", "[latex]", "<code>", r"\(\[", r"\(a\)"])
def test_time_to_find_formulas_grows_with_the_text_alone(unit: str) -> None:
    assert_linear(lambda text: with_formulas(text, str, True, False), lambda size: unit * (size // len(unit)))
