"""Where the words of a search stand, and how they are marked."""

import pytest

from questions.finding.search.marking import Wanted, marked_html, marked_text
from questions.finding.search.query import Query
from questions.finding.search.snippets import Match
from tests.conftest import Bank
from tests.growth import assert_linear

pytestmark = pytest.mark.django_db  # Synonyms are read from the database.


def wanted(text: str) -> Wanted:
    return Wanted(dict.fromkeys(Query.parse(text).positive, 1.0))


@pytest.mark.parametrize(
    ("search", "text", "marked"),
    [
        ("memory", "Memories of a memory", "[Memories] of a [memory]"),
        ("größe strasse", "Die Größe der Straße", "Die [Größe] der [Straße]"),
        ("Groesse Uebergabe", "Größen, groß, Übergabe", "Größen, groß, [Übergabe]"),
        ("cafe", "naïve Café — café", "naïve [Café] — [café]"),
        ("C++ C#", "C++, C# and C", "[C++], [C#] and C"),
        ("==", "a == b, not ===", "a [==] b, not ==="),
        (
            '"hash table"',
            "The hash of a table; hash tables, hash-table",
            "The hash of a table; [hash tables], [hash-table]",
        ),
        ('"闭包是"', "闭包，闭包是", "闭包，[闭包是]"),
        ("??= top_p", "x ??= top_p", "x [??=] [top_p]"),
        ("18.2", "Version 18.2 of 2018", "Version [18.2] of 2018"),
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
    html = marked_text(text, wanted(search).find(text))

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

    assert Match.of(question, wanted("zebra")).snippet == ""
    both = Match.of(question, wanted("zebra giraffe")).snippet
    assert both.strip() == "A <mark>zebra</mark> and a <mark>giraffe</mark>."
    assert Match.of(question, wanted("lion")).sections == []


def test_excerpt_may_be_of_how_else_the_question_is_asked(bank: Bank) -> None:
    question = bank.add(also_asked="- Why is the zebra striped?\n- Horse with bars")

    match = Match.of(question, wanted("striped"))

    assert (match.snippet.strip(), match.sections) == (
        "Why is the zebra <mark>striped</mark>? · Horse with bars",
        ["Also Asked As"],
    )


def test_excerpt_is_of_the_passage_that_says_most(bank: Bank) -> None:
    question = bank.add(explanation=f"A zebra. {'Grass. ' * 60} A lion. {'Grass. ' * 60} A zebra beside a giraffe.")

    snippet = Match.of(question, wanted("zebra giraffe lion")).snippet

    assert snippet.strip().endswith("Grass.  A <mark>zebra</mark> beside a <mark>giraffe</mark>.")


def test_excerpt_is_of_the_passage_with_the_weightier_word(bank: Bank) -> None:
    question = bank.add(explanation=f"A zebra. {'Grass. ' * 60} A giraffe.")
    zebra, giraffe = Query.parse("zebra giraffe").positive

    snippet = Match.of(question, Wanted({zebra: 0.1, giraffe: 2.0})).snippet

    assert snippet.strip().endswith("Grass.  A <mark>giraffe</mark>.")


def test_excerpt_of_a_text_without_spaces_is_as_short(bank: Bank) -> None:
    question = bank.add(explanation=f"{'草' * 400}斑马{'草' * 400}")

    snippet = Match.of(question, wanted("斑马")).snippet

    assert snippet == f"… {'草' * 70}<mark>斑马</mark>{'草' * 170} …"


@pytest.mark.parametrize("unit", ["list ", "é", "闭包", "C++ ", "a", "==", "<b>"])
def test_time_to_mark_grows_with_the_text_alone(unit: str) -> None:
    words = wanted("list 闭包 C++ == é")

    assert_linear(lambda text: marked_text(text, words.find(text)), lambda size: unit * (size // len(unit)), 4_000)
