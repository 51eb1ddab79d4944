"""Text to the words that are indexed."""

import pytest

from questions.finding.search.analysis import surface_words, text_of, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Decorators decorate", ["decor", "decor"]),
        ("regularisation regularization", ["regular", "regular"]),
        ("behaviour behavior", ["behavior", "behavior"]),
        ("Python's", ["python"]),
        ("naïve café", ["naiv", "cafe"]),
        ("C++ C#", ["cplusplus", "csharp"]),
        ("top_p", ["top", "p", "topp"]),
        ("k-means is", ["k", "mean", "is", "kmean"]),
        ("*args, **kwargs", ["arg", "kwarg"]),
        ("__slots__", ["slot"]),
        ("O(n^2)", ["o", "n", "n2", "on2"]),
        ("functools.wraps", ["functool", "wrap", "functoolswrap"]),
        ("PY-ADV-004", ["py", "adv", "n004", "pyadv004"]),
        ("a == b", ["a", "op3d3d", "b"]),
        ("- * |", []),
        ("", []),
        ("x" * 41, []),
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
