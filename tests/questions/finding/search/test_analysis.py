"""Text to the words that are indexed."""

import pytest

from questions.finding.search.analysis import analyse, surface_words, text_of, words
from questions.finding.search.languages import language_of
from tests.growth import assert_linear

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Decorators decorate", ["decor", "decor"]),
        ("regularisation regularization", ["regular", "regular"]),
        ("behaviour behavior", ["behavior", "behavior"]),
        ("analysed analyzed", ["analyz", "analyz"]),
        ("serialisable serializable", ["serializ", "serializ"]),
        ("favourite catalogue hour", ["favorit", "catalog", "hour"]),
        ("Python's", ["python"]),
        ("naïve café", ["naiv", "cafe"]),
        ("C++ C#", ["cplusplus", "csharp"]),
        ("top_p", ["top", "p", "topp"]),
        ("k-means is", ["k", "mean", "is", "kmean"]),
        ("*args, **kwargs", ["arg", "kwarg", "op2a2a"]),
        ("__slots__", ["slot"]),
        ("O(n^2)", ["o", "n", "nr2", "on2"]),
        ("functools.wraps", ["functool", "wrap", "functoolswrap"]),
        ("PY-ADV-004", ["pyadv004", "adv004", "pyadv", "pyadv0", "pyadv00"]),
        ("C++17 (C#)", ["cplusplus", "nr17", "csharp", "cplusplus17"]),
        ("total++", ["total", "op2b2b"]),
        ("a!=b ===? (...)", ["a", "b", "op3d3d3d", "op2e2e2e", "ab", "op213d"]),
        ("v1.2", ["nr1", "nr2", "nr12", "v12"]),
        ("flatMap", ["flat", "map", "flatmap"]),
        ("LoRA JavaScript LLMs", ["lora", "javascript", "llm"]),
        ("io.ThreadPoolExecutor", ["io", "thread", "pool", "executor", "iothreadpoolexecutor", "threadpoolexecutor"]),
        ("redis缓存锁", ["redi", "缓存", "存锁", "缓", "存", "锁"]),
        ("클로저는", ["클로", "로저", "저는", "클", "로", "저", "는"]),
        ("Größe đây ISTANBUL İstanbul", ["gross", "day", "istanbul", "istanbul", "groess"]),
        ("замыкания замыкание", ["замыкан", "замыкан"]),
        ("الإغلاق اغلاق", ["اغلاق", "اغلاق"]),
        ("क्लोजर", ["कलu94bजर"]),
        ("a == b", ["a", "op3d3d", "b"]),
        ("- * |", []),
        ("", []),
        ("x" * 101, []),
        ("x" * 60, ["x" * 60]),
    ],
)
def test_words_are_letters_and_digits_and_joined_words_come_last(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_every_word_is_made_of_letters_and_digits_and_begins_with_a_letter() -> None:
    text = "".join(map(chr, range(32, 1_500))) + " １２ Ⅷ ½ ß ﬁ \u0345 a\u0301"

    for word in words(text):
        assert word.isalnum()
        assert not word[0].isdigit()


def test_text_of_html_has_no_tags_and_no_entities() -> None:
    assert text_of('<p>a &lt; b <a href="https://x.org">c</a></p>').split() == ["a", "<", "b", "c"]


def test_surface_words_are_whole_words_as_written() -> None:
    assert surface_words("Decorators, x86 and GIL; is") == {"decorators", "and", "gil"}


def test_other_languages_than_english_have_stems_and_parts_of_compounds() -> None:
    german = "Was ist eine Datenbanktransaktion und wie wird sie beendet?"

    assert language_of(german) == "de"
    assert {"deqdatenbank", "deqtransaktion"} <= set(words(german, "de"))
    assert language_of("¿Qué es la programación y cómo se usa?") == "es"
    assert language_of("What is the difference between a list and a tuple?") == ""
    assert language_of("замыкание") == ""


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "a-",
        "a+",
        "+",
        "\u0315\u0300",
        "é\u0323",
        "ﷺ",
        "'s",
        "our",
        "&lt;",
        "缓",
        "aA",
        "ü",
        "が",
        "??=",
        "ำ",
        "ो",
    ],
)
@pytest.mark.parametrize("end", ["", "_", "++"])
def test_time_to_read_a_text_grows_with_it_alone(unit: str, end: str) -> None:
    analyse.cache_clear()

    assert_linear(lambda text: (words(text), surface_words(text)), lambda size: unit * (size // len(unit)) + end, 4_000)
    assert_linear(text_of, lambda size: unit * (size // len(unit)) + end)
