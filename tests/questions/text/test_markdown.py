"""The one door through which an editor's text reaches a page."""

import re
import time
from contextlib import suppress
from hashlib import sha256

import pytest

from hub.environment import BASE_DIR
from questions.text import markdown
from questions.text.highlighting import COLOURED
from questions.text.markdown import MAX_LENGTH, RENDERER, MarkdownError, render

pytestmark = pytest.mark.one_database


TOO_DEEP = "> " * 200 + "x"


def html(source: str) -> str:
    return render((source,))[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Use `a < b`, *always*.", "<p>Use <code>a &lt; b</code>, <em>always</em>.</p>"),
        ("", ""),
        ("  \n\n", ""),
        ("[docs](https://example.org/a?b=1&c=2)", 'href="https://example.org/a?b=1&amp;c=2"'),
        ("[mail](mailto:a@example.org)", 'href="mailto:a@example.org"'),
        ("|a|b|\n|-|-:|\n|1|2|", '<div class="scroll" tabindex="0"><table>'),
        ("||b|\n|-|-|\n|1|2|", "<td></td>"),
        ("    x = 1", '<pre tabindex="0">'),
        ("|a|b|\n|-|-:|\n|1|2|", '<td align="right">2</td>'),
        ("```python\nreturn 1\n```", '<span class="k">return</span>'),
        ("```python\nx = y\n```", "<code>x = y\n</code>"),
        ("```nosuchlanguage\nx < y\n```", "x &lt; y"),
        ("1. one\n\n- other", "<ul>"),
        ('<p id="top">x</p>', 'id="text-top"'),
        ("> [!NOTE]\n> ملاحظة", '<blockquote class="alert note" dir="auto">\n<p><strong dir="ltr">Note</strong>'),
    ],
)
def test_markdown_becomes_html(source: str, expected: str) -> None:
    assert expected in html(source)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src='https://example.org'></iframe>",
        "<style>body{display:none}</style>",
        "<p style='color:red' onclick='alert(1)'>x</p>",
        "<form action='/admin/'><input name=x></form>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "```{.python onclick=alert(1)}\nx\n```",
        "<div class='site-header'>x</div>",
    ],
)
def test_hostile_html_is_taken_out(source: str) -> None:
    rendered = html(source)

    for part in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", "javascript:", "data:"):
        assert part not in rendered
    for attribute in (" on", " style=", "site-header"):
        assert attribute not in rendered


def test_code_is_marked_with_what_the_style_sheet_colours() -> None:
    style = (BASE_DIR / "static/css/prose.css").read_text()

    selectors = re.findall(r"^\.highlight :is\((.*?)\)", style, re.MULTILINE)

    assert {name for selector in selectors for name in re.findall(r"\w+", selector)} == COLOURED


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("The `x` of *y*, [z](w)!", "the-x-of-y-z"),
        ("🚀 Start", "-start"),
        ("किताबें और ภาษาไทย", "किताबें-और-ภาษาไทย"),
        ("$O(n)$ or x²", "on-or-x"),
        ("snake_case & C++", "snake_case--c"),
    ],
)
def test_heading_gets_the_id_that_github_gives_it(heading: str, name: str) -> None:
    assert f'<h3 id="text-{name}"' in html(f"## {heading}")


def test_links_give_nothing_to_the_page_they_open() -> None:
    assert 'rel="noopener noreferrer"' in html("[x](https://example.org)")


@pytest.mark.parametrize(
    "source",
    ["[" * MAX_LENGTH, "![" * (MAX_LENGTH // 2), "x" * (MAX_LENGTH + 1), TOO_DEEP],
    ids=["open brackets", "open images", "too long", "deep quotes"],
)
def test_text_that_stalls_or_fails_is_refused_with_a_sentence_within_two_seconds(source: str) -> None:
    start = time.process_time()

    with pytest.raises(MarkdownError, match=r"^This text .*\.$"):
        html(source)

    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "source",
    [
        "\n".join("  " * depth + "- x" for depth in range(300))[:MAX_LENGTH],
        ">" * 20_000 + "x",
        "*a **b " * 5_000,
        "`" * 20_000,
        "<" * 40_000,
        "&" * 40_000,
        "|a" * 10_000 + "\n" + "|-" * 10_000,
        "<div>" * 8_000,
        "[a]: " * 8_000,
    ],
    ids=["nested list", "quotes", "emphasis", "ticks", "less than", "ampersands", "table", "divs", "references"],
)
def test_hostile_text_is_rendered_or_refused_within_two_seconds(source: str) -> None:
    start = time.process_time()

    with suppress(MarkdownError):
        html(source)

    assert time.process_time() - start < 2


MEGABYTE = {
    "tags within each other": "<div>",
    "sections within each other": "<nav>",
    "columns": "|-",
    "lines": "a\\\n",
    "addresses": "a@b.de ",
    "formulas": "```math\nx\n```\n",
    "blocks of code": "```py\nx=1\n```\n",
    "images": "<img src=x>",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MEGABYTE)
def test_a_megabyte_of_what_is_slowest_is_refused_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The length alone would refuse it, so that is out of the way."""
    monkeypatch.setattr(markdown, "MAX_LENGTH", 2_000_000)
    text = MEGABYTE[name] * (1_000_000 // len(MEGABYTE[name]))
    start = time.thread_time()

    with pytest.raises(MarkdownError):
        html(text)

    assert time.thread_time() - start < 2


def test_texts_of_a_question_share_their_time() -> None:
    slow = "[" * 45_000

    with pytest.raises(MarkdownError, match="takes too long"):
        render(tuple(f"{slow}{number}" for number in range(40)))


def test_error_names_which_of_several_texts_is_at_fault() -> None:
    with pytest.raises(MarkdownError) as raised:
        render(("fine", "fine too", TOO_DEEP, "fine"))

    assert raised.value.position == 2


def test_rendering_works_again_after_a_text_was_refused() -> None:
    with pytest.raises(MarkdownError):
        html(TOO_DEEP)

    assert html("still *here*") == "<p>still <em>here</em></p>"


def test_a_renderer_that_makes_something_else_has_another_number() -> None:
    """Raise RENDERER and note the new digest: texts of the older version are then noticed and rendered again."""
    texts = (BASE_DIR / "tests/questions/text/structure.txt").read_text().split("%%%")
    texts += ["$\\frac{a}{\\mathbf{b}}$", "```python\ndef f(): return 'a'\n```", "> [!NOTE]\n> a"]

    digest = sha256("".join(html(text) for text in texts).encode()).hexdigest()[:16]

    assert (RENDERER, digest) == (1, "6ad5b756fadbbe1c")
