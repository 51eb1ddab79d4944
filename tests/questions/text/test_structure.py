"""A text has the structure that GitHub's own parser gives it; what is otherwise on purpose is named here."""

import pytest

from questions.text.notices import notices
from tests.questions.text.structure import githubs, ours

pytestmark = pytest.mark.one_database

EQUAL = {
    "fence in a list": "1. Do:\n\n   ```py\n   a = 1\n\n   b = 2\n   ```\n\n2. Go.",
    "fence in a tight list": "- Do:\n  ```py\n  a = 1\n  ```\n- Go.",
    "fence by four columns": "1. Do:\n\n    ```py\n    a = 1\n    ```",
    "fence after text": "Do:\n```py\na = 1\n```\nDone.",
    "fence with more words": '```py {2} title="a"\na\n```',
    "fence in a quote": "> Do:\n>\n> ```py\n> a\n> ```",
    "fence without end": "```py\na\n\nb\n",
    "indented fence": "  ```py\n  a\n    b\n  ```",
    "fence of tildes": "~~~py\n```\n~~~",
    "nested lists": "- a\n  - b\n    - c\n- d\n\n1. a\n   - b\n2. c",
    "list after text": "Why:\n- a\n- b",
    "two kinds of list": "* a\n- b\n+ c",
    "list with parentheses": "3) a\n4) b",
    "loose list": "- a\n\n  b\n- c",
    "quote after text": "a\n> b\n> - c",
    "table after text": "a\n\n| x | y |\n|:-:|--:|\n| `a \\| b` | 1 |\n| only one |",
    "table in a list": "- a:\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |",
    "table without outer lines": "x | y\n---|---\n1 | 2<br>3",
    "tasks": "- [x] a\n- [ ] b",
    "strikethrough": "~~a~~ ~b~ ~~~c~~~",
    "footnotes": "a[^x] b[^1]\n\n[^x]: c\n[^1]: d",
    "bare links": "https://example.org/a?b=c. (www.example.org) a@example.org",
    "headings": "###a\n\n#b\n\n### c ###\nd",
    "breaks": "a  \nb\\\nc\nd",
    "escapes": r"\*a\* C:\b\new \_ \# &lt; &copy; &amp;lt; &#35;",
    "words with signs": "a_b_c __init__ 2*3*4 **a**b ***c*** 中_文_字",
    "details": "<details open>\n<summary>Why</summary>\n\n**a**\n\n- b\n\n```py\nc\n```\n\n</details>",
    "tags": "<b>a</b> <kbd>b</kbd> H<sub>2</sub>O x<sup>2</sup> <u>c</u> <mark>d</mark> <ins>e</ins> <i>f</i><br>g",
    "table of tags": '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>',
    "code": "    a\n\n`` b`c `` `#d`",
    "references": "[a][1] [b] [c](d.md#e)\n\n[1]: https://example.org\n[b]: /f",
    "anchors": '<a name="top"></a>[a](#top) [b](#c)\n\n### c',
    "addresses that no page has": "[a](javascript:b) [c](tel:1)",
    "generics": "A Map<String, T> of List<T>, and <script>.",
    "numbers": "0. a\n1. b\n\n7. c",
    "line and heading": "a\n\n---\n\nb\n===\n\nc\n---",
}
# Each is otherwise on purpose, for the reason that stands with it.
OTHERWISE = {
    "> [!NOTE]\n> a": "An alert, which github.com shows and its parser does not know.",
    "$x$": "A formula, which github.com shows and its parser does not know.",
    "![a](https://example.org/b.png)[c](d)": "An image from elsewhere is a link: a page fetches nothing.",
    "**a **b** c**": "Bold text in bold text stays, as CommonMark has it; GitHub's parser takes one for the other.",
    "见https://example.org": "A bare link begins after a space, a bracket or a sign of emphasis.",
}


@pytest.mark.parametrize("name", EQUAL)
def test_structure_is_githubs(name: str) -> None:
    assert ours(EQUAL[name]) == githubs(EQUAL[name])


@pytest.mark.parametrize("source", OTHERWISE)
def test_what_is_otherwise_is_so_on_purpose(source: str) -> None:
    assert ours(source) != githubs(
        source.replace("![a](https://example.org/b.png)", "![a](/images/0123456789abcdef0123456789abcdef-1x1.webp)")
    )


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("![a](b.png)", "The image “a” is not here: a link to b.png stands in its place."),
        ('<img src="b.png" alt="a">', "The image “a” is not here: a link to b.png stands in its place."),
        ("<script>a</script>", "<script> is shown as text."),
        ("List<String>", "<String> is shown as text."),
        ("<font>a</font>", "The tag <font> is left out; what stands in it stays."),
        ('<p onclick="a">b</p>', "The attribute onclick of <p> is left out."),
        ("[a](javascript:b)", "The address javascript:b is left out: links lead to http, https, mailto."),
    ],
)
def test_what_is_changed_is_named(source: str, sentence: str) -> None:
    assert notices(source) == (sentence,)


@pytest.mark.parametrize(
    "source",
    [
        "a *b* [c](d)",
        "![a](/images/0123456789abcdef0123456789abcdef-1x1.webp)",
        "`<script>`",
        '<a name="a">b</a>',
        "<h1>a</h1>",
        "",
    ],
)
def test_what_stays_is_not_named(source: str) -> None:
    assert notices(source) == ()
