"""Formulas become MathML, prices stay text, and what cannot be read is named."""

import time
from contextlib import suppress
from xml.etree import ElementTree

import pytest

from questions.finding.search.analysis import text_of
from questions.text.formulas import MAX_LENGTH, FormulaError, mathml
from questions.text.markdown import MarkdownError, render

pytestmark = pytest.mark.one_database


def html(source: str) -> str:
    return render((source,))[0]


@pytest.mark.parametrize(
    "source",
    [
        "$x$",
        "A $x$.",
        "($x$)",
        "**$x$**",
        "$x$-axis",
        "| a |\n|-|\n| $x$ |",
        "# $x$",
        "[$x$](https://example.org)",
        "$`x`$",
        r"costs \$5, where $x$ is",
        "A $$x$$ b",
        "$x$ costs $5",
        "公式$x$是",
        "価格は$5、$x$です",
        "$$x$$",
        "$$\nx\n$$",
        "> $$\n> x\n> $$",
        "- $$\n  x\n  $$",
        "```math\nx\n```",
    ],
)
def test_formula_becomes_mathml(source: str) -> None:
    assert ">x</mi></mrow></math>" in html(source)
    assert 'alttext="x"' in html(source)


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6",
        "from $5 to $10",
        "$5/$6, $5-$10, $1M–$2M",
        "US$5 and US$6",
        "$20 (was $30)",
        "5$ and 6$",
        "价格$5和$6",
        "$HOME and $PATH",
        "${a}-${b}",
        "$a+$b",
        "$ x $",
        "$$$",
        "a$b$c",
        "It is $5.",
    ],
)
def test_price_and_variable_stay_text(text: str) -> None:
    assert html(text) == f"<p>{text}</p>"


@pytest.mark.parametrize("source", ["`$x$`", "```\n$x$\n```", "    $x$"])
def test_code_has_no_formulas(source: str) -> None:
    assert "$x$" in html(source)


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{1}",
        r"\frac",
        r"\unknown x",
        r"\ce{H2O}",
        r"\text{a \foo}",
        "{a",
        "a}",
        r"\sqrt",
        "x^",
        "x_",
        "a^b^c",
        "a & b",
        "a # b",
        r"\left( x",
        r"\begin{matrix}a",
        r"\begin{tikzpicture}a\end{tikzpicture}",
        r"\def\a{x}\a",
        r"\newcommand{\a}{x}",
        "{" * 400 + "}" * 400,
        r"\sqrt{" * 300 + "}" * 300,
        "x" * (MAX_LENGTH + 1),
    ],
)
def test_formula_that_cannot_be_read_is_named(latex: str) -> None:
    with pytest.raises(MarkdownError) as refusal:
        html(f"It is ${latex}$ here.")

    assert refusal.value.sentence.startswith(f"The formula “{latex[:80]}")
    assert refusal.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{i=1}^n x_i^2",
        r"\text{precision} = \frac{TP}{TP + FP}",
        r"\begin{pmatrix}a & b\\c & d\end{pmatrix}",
        r"\begin{cases}1 & x > 0\\0 & \text{else}\end{cases}",
        r"\begin{aligned}a &= b\\c &= d\end{aligned}",
        r"\begin{gathered}a\\b\end{gathered}",
        r"\begin{align*}a &= b\end{align*}",
        r"\frac{a}{b} \\ c",
        r"\{a\} \& \% \# \$ \backslash",
        r"O(n \log n)",
        r"\hat y = \operatorname{softmax}(W x + b)",
        r"\left. f \right|_{x=0}",
        r"\mathbb{E}[X] = \int_0^\infty x\,dx",
        r"\sqrt[3]{x}",
        r"\lVert x \rVert_2",
    ],
)
def test_usual_formulas_are_read(latex: str) -> None:
    root = ElementTree.fromstring(mathml(latex, is_block=True))

    assert (root.tag, root.get("alttext")) == ("math", latex)
    assert "\\" not in "".join(root.itertext()).replace("\\", "", latex.count(r"\backslash"))
    assert "linebreak" not in mathml(latex)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\mathbf{x1}", "<mi>𝐱</mi><mn>𝟏</mn>"),
        (r"\boldsymbol{\theta}", "<mi>𝜽</mi>"),
        (r"\mathbb{1}", "<mn>𝟙</mn>"),
        (r"\mathscr{L} \mathfrak{C}", "<mi>ℒ</mi></mrow><mi>ℭ</mi>"),
        (r"\mathrm{softmax}", "<mi>softmax</mi>"),
        (r"\mathop{\mathrm{softmax}}", "<mrow><mrow><mi>softmax</mi>"),
        (r"\operatorname*{argmax}_x", '<munder><mo movablelimits="true">argmax</mo>'),
        (r"\operatorname*{arg\,max}_x", '<munder><mo movablelimits="true">arg'),
        (r"\arg\max_x", '<munder><mo movablelimits="true">arg'),
        (r"\lim_{n \to 0}", '<munder><mo movablelimits="true">lim</mo>'),
        (r"\not= \not<", "<mo>≠</mo><mrow></mrow><mo>≮</mo>"),
        (r"A \setminus B", "<mi>∖</mi>"),
        (r"x \tag{1}", '<mspace width="2em"></mspace><mtext>(1)</mtext>'),
        (r"a \label{x} \nonumber", "<mrow><mi>a</mi></mrow>"),
        (r"\begin{multline} a \\ b \end{multline}", "<mtr><mtd><mi>b</mi></mtd></mtr>"),
    ],
)
def test_formula_is_written_as_browsers_show_it(latex: str, shown: str) -> None:
    assert shown in mathml(latex, is_block=True)


def test_formula_on_lines_of_its_own_scrolls_within_itself() -> None:
    assert '<div class="formula" tabindex="0">' in html("$$\nx\n$$")
    assert '<span class="formula" tabindex="0">' in html("a $$x$$ b")


def test_words_in_formulas_are_found() -> None:
    found = text_of(html(r"$\text{precision} = \frac{TP}{TP + FP}, \mathrm{recall}$")).split()

    assert {"precision", "recall"} <= set(found)


def test_formula_brings_no_address_and_no_script() -> None:
    rendered = html(r"$\href{javascript:alert(1)}{x} \text{<script>alert(1)</script>}$")

    assert " href=" not in rendered
    assert "<mtext>&lt;script&gt;alert(1)&lt;/script&gt;</mtext>" in rendered


@pytest.mark.parametrize(
    "unit", ["x", "{", r"\frac", "x^", r"\left(", r"\begin{matrix}", "&", "_", r"\sqrt{", "'", "\\"]
)
def test_hostile_formula_is_read_or_refused_at_once(unit: str) -> None:
    start = time.thread_time()

    for number in range(20):
        with suppress(FormulaError):
            mathml((unit * MAX_LENGTH)[: MAX_LENGTH - number])

    assert time.thread_time() - start < 2
