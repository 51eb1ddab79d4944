"""READMEs in which each heading is a question."""

import pytest

from questions.exchange import headings
from questions.exchange.heading_texts import answer, looks_asked, title
from tests.growth import assert_linear

pytestmark = pytest.mark.one_database

LIST = """# Java Questions

[![Stars](https://example.org/badge.svg)](https://example.org)

## Table of Contents

| No. | Questions |
| --- | --- |
| 1 | [What is a class](#what-is-a-class) |

1. ### What is a class

    A plan:

    ```java
    # no heading
    class A {}
    ```

     Done.

    **[⬆ Back to Top](#table-of-contents)**

10. ### How do you `compare` **objects**

     With [equals](https://example.org).

11. ### Why is it so

     It is.

12. ### Is it so

     It is.

     ### State

     And more.

### Exercises

#### 1. What is printed

- A: 1

<details><summary><b>Answer</b></summary>
<p>

##### Answer: A

Since it is.

</p>
</details>

---

#### 2. What is printed now
Nothing.

#### 3. Why is that
Because.

## Disclaimer

Good luck.
"""
SECTIONS = """# Questions

## Basics

Some words.

### Q1. <a name="q1"></a>What is a list?

**Ans:** A sequence.

#### What about order?

It is kept.

### Q2: [What is a set?](#sets)

## Advanced

### 3) Why?

- because
"""
BOLD = """## Lists

**1. What is a list?**

A sequence.

**Note**

Really.

**2. What is a tuple?**<br>
Another.
"""
ASKED = "Q1: What is a list?\nA: A sequence.\n\nQ2: What is a tuple?\nA: Another.\n"
SUMMARIES = """<details>
<summary><b>What is a list?</b></summary>

A sequence.

</details>

<details>
<summary>What is a tuple?</summary><br>
Another.
</details>
"""
ITEMS = """# Questions

1. [General](#general)
2. [HTML](#html)

#### General:

* What did you learn
  this week?
* [ ] Talk about your set-up.

#### HTML

* What does a `doctype` do?
  * Which are there?
* How do you serve it?
"""
SETEXT = "What is a list?\n---------------\n\nA sequence.\n\nWhat is a tuple?\n---------------\n\nAnother.\n"


def questions(text: str) -> list[tuple[str, str, str]]:
    """The section, title and answer of each question of a file."""
    source = headings.source_of(text, "bank.md")
    assert source
    return [(row.fields["section"], row.fields["title"], row.fields["answer"]) for row in source.rows]


def test_headings_within_a_list_and_exercises_below_a_heading_of_the_same_rank() -> None:
    assert questions(LIST) == [
        ("", "What is a class", "A plan:\n\n```java\n# no heading\nclass A {}\n```\n\n Done."),
        ("", "How do you `compare` objects", "With [equals](https://example.org)."),
        ("", "Why is it so", "It is."),
        ("", "Is it so", "It is.\n\n### State\n\nAnd more."),
        ("Exercises", "What is printed", "- A: 1\n\n##### Answer: A\n\nSince it is."),
        ("Exercises", "What is printed now", "Nothing."),
        ("Exercises", "Why is that", "Because."),
    ]


def test_what_is_passed_over_is_told() -> None:
    source = headings.source_of(LIST, "bank.md")

    assert source
    assert [row.where for row in source.rows][:2] == ["line 11", "line 24"]
    assert source.notices == ["5 lines belong to no question and are passed over."]


def test_headings_under_headings_are_sections_and_those_of_an_answer_stay_there() -> None:
    assert questions(SECTIONS) == [
        ("Basics", "What is a list?", "A sequence.\n\n#### What about order?\n\nIt is kept."),
        ("Basics", "What is a set?", ""),
        ("Advanced", "Why?", "- because"),
    ]


@pytest.mark.parametrize("text", [BOLD, ASKED, SUMMARIES, SETEXT])
def test_other_kinds_of_headings(text: str) -> None:
    found = questions(text)

    assert [it[1] for it in found] == ["What is a list?", "What is a tuple?"]
    assert found[0][2].startswith("A sequence.")
    assert found[1][2] == "Another."


def test_items_of_lists_are_questions_where_nothing_else_asks() -> None:
    assert questions(ITEMS) == [
        ("General", "What did you learn this week?", ""),
        ("General", "Talk about your set-up.", ""),
        ("HTML", "What does a `doctype` do?", "* Which are there?"),
        ("HTML", "How do you serve it?", ""),
    ]


@pytest.mark.parametrize("above", ["# What is a closure?", "# Closures"])
def test_items_of_an_answer_stay_there(above: str) -> None:
    assert questions(f"{above}\n\n- What it closes over\n- How it works\n- It leaks\n")[0][0:2] == ("", above[2:])


def test_other_readings_are_offered() -> None:
    source = headings.source_of(SECTIONS, "bank.md")

    assert source
    assert source.reading == "headings with ###"
    deeper = source.read_as("headings with ####")
    assert [row.fields["title"] for row in deeper.rows] == ["What about order?"]
    assert source.read_as("of no kind") is source


def test_file_without_headings_is_none() -> None:
    assert headings.source_of("Just text.\n", "bank.md") is None


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("12. What is `a * b`?", "What is `a * b`?"),
        ("**Question 3:** What?", "What?"),
        ("Q.4) What is __init__?", "What is __init__?"),
        ("[What is *this*?](#this) ![x](y.png)", "What is this?"),
        ("Question: What?", "What?"),
        ("2 + 2", "2 + 2"),
        ("1、什么是列表？", "什么是列表？"),
        ("（2）说说 GIL", "说说 GIL"),
        ("3．元组", "元组"),
        ("3D graphics &amp; more", "3D graphics & more"),
        ("What is snake_case and \\*args?", "What is snake_case and *args?"),
        ("<b>What</b> is <code>x</code>?", "What is x?"),
        ("What is `<Router>`?", "What is `<Router>`?"),
        ("Explain _*args_ and **kwargs", "Explain *args and **kwargs"),
    ],
)
def test_title_is_left_of_a_heading(heading: str, expected: str) -> None:
    assert title(heading) == expected


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("What is it", True), ("Closures", False), ("Is it?", True), ("什么是闭包", True), ("Q: closures", True)],
)
def test_what_looks_like_a_question(text: str, is_asked: bool) -> None:
    assert looks_asked(text) == is_asked


def test_details_with_other_summaries_stay() -> None:
    text = "<details><summary>The long story</summary>\n\nText.\n\n</details>"

    assert answer(text) == text


@pytest.mark.parametrize(
    "unit", ["# a\n", "**a?**\n\n", "- ", "> ", "<summary>", "[a](", "1. # a\n", "<details>\n", "`"]
)
def test_time_to_read_grows_with_the_file_alone(unit: str) -> None:
    def read(text: str) -> None:
        if source := headings.source_of(text, "bank.md"):
            list(source.rows)

    assert_linear(read, lambda size: unit * (size // len(unit)))


@pytest.mark.parametrize("heading", ["2.", "Q:", "Question 3.", "(4)"])
def test_number_alone_is_no_title(heading: str) -> None:
    assert title(heading) == ""
