"""Where the words of a search stand, and how they are marked."""

import pytest

from questions.finding.search.marking import marked_html, marked_text, places
from questions.finding.search.query import Query
from questions.finding.search.snippets import Match
from tests.conftest import Bank
from tests.growth import assert_linear

pytestmark = pytest.mark.django_db  # Synonyms are read from the database.


def wanted(text: str) -> frozenset[str]:
    return frozenset(word for clause in Query.parse(text).positive for phrase in clause.phrases for word in phrase)


@pytest.mark.parametrize(
    ("search", "text", "marked"),
    [
        ("memory", "Memories of a memory", "[Memories] of a [memory]"),
        ("größe strasse", "Die Größe der Straße", "Die [Größe] der [Straße]"),
        ("Groesse Uebergabe", "Größen, groß, Übergabe", "Größen, groß, [Übergabe]"),
        ("cafe", "naïve Café — café", "naïve [Café] — [café]"),
        ("C++ C#", "C++, C# and C", "[C++], [C#] and C"),
        ("==", "a == b, not ===", "a [==] b, not ==="),
        ("??= top_p", "x ??= top_p", "x [??=] [top]_[p]"),
        ("18.2", "Version 18.2 of 2018", "Version [18].[2] of 2018"),
        ("闭包", "什么是闭包？闭包是", "什么是[闭包]？[闭包]是"),
        ("什么是闭包", "什么是闭包？", "什么是[闭包]？"),
        ("إدراج", "الإدراج أسرع", "[الإدراج] أسرع"),
        ("תהליך", "בתהליך של", "[בתהליך] של"),
        ("클로저", "클로저는 함수", "[클로저]는 함수"),
        ("замыкание", "О замыкании", "О [замыкании]"),
        ("क्लोजर", "क्लोजर क्या", "[क्लोजर] क्या"),
        ("file", "ﬁle ﬁx", "[ﬁle] ﬁx"),
        ("list", "<b>list</b>", "<b>[list]</b>"),
        ("list", "", ""),
    ],
)
def test_words_are_marked_as_they_are_written(search: str, text: str, marked: str) -> None:
    html = marked_text(text, places(text, wanted(search)))

    expected = marked.replace("<", "&lt;").replace(">", "&gt;").replace("[", "<mark>").replace("]", "</mark>")
    assert html == expected


def test_neither_tags_nor_formulas_are_marked() -> None:
    html = '<p title="list">A <code>list</code> &lt;list&gt; <math><mi>list</mi></math> lists</p>'

    assert marked_html(html, wanted("list")) == (
        '<p title="list">A <code><mark>list</mark></code> &lt;<mark>list</mark>&gt; '
        "<math><mi>list</mi></math> <mark>lists</mark></p>"
    )


def test_excerpt_is_of_the_section_that_says_most_unless_the_card_shows_it(bank: Bank) -> None:
    question = bank.add(answer="A zebra.", explanation="A zebra and a giraffe.", mistakes="No giraffe.")

    assert Match.of(question, Query.parse("zebra")).snippet == ""
    both = Match.of(question, Query.parse("zebra giraffe")).snippet
    assert both.strip() == "A <mark>zebra</mark> and a <mark>giraffe</mark>."
    assert Match.of(question, Query.parse("lion")).sections == []


def test_excerpt_may_be_of_how_else_the_question_is_asked(bank: Bank) -> None:
    question = bank.add(also_asked="- Why is the zebra striped?\n- Horse with bars")

    match = Match.of(question, Query.parse("striped"))

    assert (match.snippet.strip(), match.sections) == (
        "Why is the zebra <mark>striped</mark>? · Horse with bars",
        ["Also Asked As"],
    )


@pytest.mark.parametrize("unit", ["list ", "é", "闭包", "C++ ", "a", "==", "<b>"])
def test_time_to_mark_grows_with_the_text_alone(unit: str) -> None:
    words = wanted("list 闭包 C++ == é")

    assert_linear(lambda text: marked_text(text, places(text, words)), lambda size: unit * (size // len(unit)), 4_000)
