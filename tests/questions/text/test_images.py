"""The hub's images in texts."""

import time

import pytest

from questions.text.images import Reference, as_text, is_ours, markdown_of, references, with_absolute_sources
from questions.text.markdown import render

pytestmark = pytest.mark.one_database

NAME = f"{'0123456789abcdef' * 2}-640x480.webp"
OURS = f"/images/{NAME}"
SHOWN = f'<img src="{OURS}" alt="A tree" width="640" height="480" loading="lazy">'


def html_of(text: str) -> str:
    return render((text,))[0]


@pytest.mark.parametrize("text", [f"![A tree]({OURS})", f"![A tree][t]\n\n[t]: {OURS}"])
def test_an_image_of_the_hub_says_its_size(text: str) -> None:
    assert html_of(text) == f"<p>{SHOWN}</p>"


def test_html_in_a_text_shows_it_too_and_nothing_else_of_it_stays() -> None:
    html = html_of(
        f'<img onerror="alert(1)" style="x" alt="A tree" width=9 src="{OURS}" srcset="http://evil.example/1">'
    )

    assert SHOWN in html
    assert html.replace(SHOWN, "").strip("</p>") == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "![A cat](https://example.org/cat.png)",
            '<a href="https://example.org/cat.png" rel="noopener noreferrer">A cat</a>',
        ),
        (
            "![](https://example.org/cat.png)",
            '<a href="https://example.org/cat.png" rel="noopener noreferrer">https://example.org/cat.png</a>',
        ),
        (
            "[![A cat](https://example.org/cat.png)](https://example.org/)",
            '<a href="https://example.org/" rel="noopener noreferrer">A cat</a>',
        ),
        ("![A cat](img/cat.png)", "A cat"),
        ("![A cat](javascript:alert(1))", "A cat"),
        ("![A cat](data:image/svg+xml;base64,PHN2Zz4=)", "A cat"),
        ("![A cat](//example.org/cat.png)", "A cat"),
        (
            f"![A cat](https://example.org{OURS})",
            f'<a href="https://example.org{OURS}" rel="noopener noreferrer">A cat</a>',
        ),
        (f"![A cat]({OURS}?x=1)", "A cat"),
        (f"![A cat](/images/../{OURS})", "A cat"),
    ],
)
def test_an_image_from_elsewhere_is_a_link_or_its_text(text: str, html: str) -> None:
    assert html_of(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "address",
    [OURS.upper(), OURS + "\n", OURS.replace("webp", "svg"), f"/images/x{NAME}", NAME, OURS.replace("640", "0")],
)
def test_addresses_that_no_image_has_are_not_ours(address: str) -> None:
    assert is_ours(OURS)
    assert not is_ours(address)


@pytest.mark.parametrize("said", ["A tree", "a [b] c", "`x` *y* _z_ <b> & \\", "line\nbreak", "$5 ![x](y)"])
def test_an_alternative_text_comes_through_markdown_unharmed(said: str) -> None:
    html = html_of(markdown_of(said, NAME))

    escaped = " ".join(said.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f'alt="{escaped}"' in html
    assert as_text(html) == f"<p>{escaped}</p>"


def test_references_are_those_that_readers_see() -> None:
    text = """![One](a.png "title") [![Two](<b c.png>)](x) ![Three][3] <img src='d.png' alt="Four">

[3]: c.png
[4]: unused.png

`![no](no.png)` \\![no](no.png)

```
![no](no.png)
```

<p align="center"><IMG alt=Five src="e.png"></p>"""

    found, code = references(text)

    assert found == [
        Reference("a.png", "One"),
        Reference("b c.png", "Two"),
        Reference("c.png", "Three"),
        Reference("d.png", "Four"),
        Reference("e.png", "Five"),
    ]
    assert code == {7, 8, 9}


@pytest.mark.parametrize("text", ["![a](", "<img ", "![", "![a](b)", "[a]: b\n", "<img src='", f"{OURS} "])
def test_reading_a_text_takes_no_longer_than_its_length_asks(text: str) -> None:
    long = text * (50_000 // len(text))
    begin = time.process_time()

    references(long)
    with_absolute_sources(long, "https://hub.example.org")

    assert time.process_time() - begin < 5


def test_whole_addresses_are_only_made_of_whole_addresses() -> None:
    text = f"![a]({OURS}) ![b](https://other.example{OURS}) ../images/{NAME} x{OURS} {OURS}x"

    assert with_absolute_sources(text, "https://hub.example.org") == text.replace(
        f"({OURS})", f"(https://hub.example.org{OURS})"
    )
