"""A text has the structure that GitHub's own parser gives it; what is otherwise on purpose is named here."""

import re
from pathlib import Path

import pytest

from questions.text.notices import notices
from tests.questions.text.structure import githubs, ours

pytestmark = pytest.mark.one_database

CASES = re.split(r"^%%% (.+)\n", Path(__file__).with_name("structure.txt").read_text(), flags=re.MULTILINE)[1:]
IMAGE = "/images/0123456789abcdef0123456789abcdef-1x1.webp"
# Each is otherwise on purpose, for the reason that stands with it.
OTHERWISE = {
    "> [!NOTE]\n> a": "An alert, which github.com shows and its parser does not know.",
    "$x$": "A formula, which github.com shows and its parser does not know.",
    "![a](https://example.org/b.png)[c](d)": "An image from elsewhere is a link: a page fetches nothing.",
    "> - [ ] a": "A task in a quote is a task.",
    "- [ ] a\n\n  b": "The mark of a task stands in its first paragraph, not on a line of its own.",
    '<a href="b">https://example.org</a>': "A link of HTML is one link, not an empty one and another.",
    "[a[^1]](b)\n\n[^1]: c": "A link has no link in it, so the reference stays and the link around it is text.",
    "a[^Ü]\n\n[^Ü]: b": "A footnote's address is in lower case, as those of headings are.",
    "- a\n  ```\n  b\n\n- c": "A blank line in a block of code that nothing closes makes a list loose.",
    "- [a]\n\n  [a]: b": "A blank line before a definition makes a list loose.",
}


def test_structure_is_githubs() -> None:
    different = [name for name, source in zip(CASES[::2], CASES[1::2], strict=True) if ours(source) != githubs(source)]

    assert len(CASES) > 600
    assert different == []


@pytest.mark.parametrize("source", OTHERWISE)
def test_what_is_otherwise_is_so_on_purpose(source: str) -> None:
    assert ours(source) != githubs(source.replace("https://example.org/b.png", IMAGE))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("![a](b.png)", "The image “a” is not here: these words stand in place of b.png."),
        ("![a](https://b.c/d)", "The image “a” is not here: a link to https://b.c/d stands in its place."),
        ('<img src="b.png">', "The image “b.png” is not here and is left out."),
        (f'![a]({IMAGE} "b")', "The title “b” of an image is left out."),
        ("a <!-- b --> c", "Comments are left out."),
        ("<?php a ?>", "“<?php a ?>” is left out."),
        ("a[^b]", "[^b] stays as it is: there is no such footnote."),
        ("[^a]: b", "The footnote [^a] is left out: nothing refers to it."),
        ("a[^b]\n\n[^b]: c\n[^B]: d", "The footnote [^b] stands twice: the first counts."),
        ('<span class="a">b</span>', "The attribute class of <span> is left out."),
        (
            '<a href="&#106;avascript:b">c</a>',
            "The address javascript:b is left out: links lead to http, https, mailto.",
        ),
        ("<script>a</script>", "<script> is shown as text."),
        ("List<String>", "<String> is shown as text."),
        ("<font>a</font>", "The tag <font> is left out; what stands in it stays."),
        ('<p onclick="a">b</p>', "The attribute onclick of <p> is left out."),
        ('<p dir="up">b</p>', 'dir="up" is left out: it may be auto, ltr, rtl.'),
        ("a <td>b</td>", "The tag <td> is left out, since it stands in no table; what stands in it stays."),
        ("<tr>\n\na", "The tag <tr> is left out, since it stands in no table; what stands in it stays."),
        (
            "<table>\n\n</table>\n\n<th>a</th>",
            "The tag <th> is left out, since it stands in no table; what stands in it stays.",
        ),
        (r"$\href{https://a.b}{c}$", r"“\href” has no effect in a formula."),
        ("$$\n\\large d\n$$", r"“\large” has no effect in a formula."),
        ('<a href="https://a b">c</a>', "The address https://a b is left out: it cannot be read."),
        ("[a](javascript:b)", "The address javascript:b is left out: links lead to http, https, mailto."),
    ],
)
def test_what_is_changed_is_named(source: str, sentence: str) -> None:
    assert notices(source) == (sentence,)


@pytest.mark.parametrize(
    "source",
    [
        "a *b* [c](d)",
        f"![a]({IMAGE})",
        "`<script>`",
        '<a name="a">b</a>',
        "<h1>a</h1>",
        "<table>\n<tr>\n\n<td>a</td>\n\n</tr>\n</table>",
        '<p dir="RTL">a</p>',
        r"$\text{a} \largest$ \href",
        "[a](b?c=d&e=f#g) [h](#i) <https://j.k/ü> [l](<m n>)",
        "",
    ],
)
def test_what_stays_is_not_named(source: str) -> None:
    assert notices(source) == ()
