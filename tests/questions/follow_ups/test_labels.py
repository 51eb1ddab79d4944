"""What the boxes of a map say of a title."""

import pytest
from wcwidth import iter_graphemes

from questions.follow_ups.labels import LINES, WIDTH, is_rtl, labels, width_of
from questions.text import titles

pytestmark = pytest.mark.one_database

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
TITLES = [
    "Why?",
    "What do break, continue and pass do, and when does a loop's else clause run?",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "Wozu torch.nn.utils.clip_grad_norm_ beim Training großer Modelle?",
    "ガベージコレクションはどのように動作しますか、そして参照カウントに何を追加しますか。" * 2,
    "为什么归并排序的时间复杂度是 $O(n \\log n)$ 而快速排序在最坏情况下是 $O(n^2)$，并且什么时候应该使用它们？",
    "Why is $\\sum_{i=1}^{n} \\frac{1}{i^2} + \\int_0^1 f(x)\\,dx$ finite and `len(x)` not?",
    "नमस्ते क्षत्रिय " * 12,
    "ما هو المولّد في بايثون، ومتى نستخدم `yield` بدلاً من `return` في الدوال الكبيرة؟",
    f"{FAMILY}🏳\ufe0f\u200d🌈🇩🇪" * 12,
    "M" * 200,
    "",
]


def lines_of(title: str) -> list[str]:
    return labels([title])[title].lines


def squeezed(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, " \u2066\u2069")))


@pytest.mark.parametrize("title", TITLES)
def test_no_line_is_wider_than_its_box(title: str) -> None:
    lines = lines_of(title)

    assert len(lines) <= LINES
    assert max(map(width_of, lines)) <= WIDTH


@pytest.mark.parametrize("title", TITLES)
def test_nothing_is_lost_or_added_but_after_an_ellipsis_and_no_character_is_cut(title: str) -> None:
    whole, text = squeezed(titles.plain(title)), squeezed("".join(lines_of(title)).removeprefix("…"))
    shown = text.removesuffix("…")

    begins = whole.find(shown)
    assert text.endswith("…") or whole.endswith(shown)
    assert [*iter_graphemes(whole[begins:])][: len([*iter_graphemes(shown)])] == [*iter_graphemes(shown)]


@pytest.mark.parametrize("before", range(30))
def test_formula_is_shown_whole_or_not_at_all(before: int) -> None:
    formula = "\\frac{a + b}{c} + d"

    lines = lines_of(f"{'word ' * before}${formula}$")

    assert squeezed(formula) in squeezed("".join(lines)) or not {"\\", "{", "+"} & set("".join(lines))


def test_wide_characters_count_twice_and_begin_no_line_with_a_full_stop() -> None:
    assert lines_of("生成器是一种使用关键。函数") == ["生成器是一种使用关", "键。函数"]


def test_identifier_breaks_where_its_parts_join() -> None:
    assert lines_of("DATA_UPLOAD_MAX_NUMBER_FIELDS") == ["DATA_UPLOAD_", "MAX_NUMBER_", "FIELDS"]


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("Why yield?", False),
        ("1 + 1?", False),
        ("`list.sort` عربي", True),
        ("מה עושה `list.sort`?", True),
        ("The word עברית", False),
    ],
)
def test_title_runs_in_the_direction_of_its_first_letter_apart_from_code(title: str, answer: bool) -> None:
    assert is_rtl(title) is answer


def test_code_in_a_title_from_right_to_left_keeps_its_direction() -> None:
    assert lines_of("מה עושה `f(x)`?") == ["מה עושה \u2066f(x)\u2069?"]


def shown(*asked: str) -> list[str]:
    return [" ".join(label.lines) for label in labels(asked).values()]


def test_openings_that_titles_share_are_dropped_in_any_language() -> None:
    asked = ["Was ist der Unterschied von A und B?", "Was ist der Sinn von C?", "Wann D?"]

    assert shown(*asked) == ["… Unterschied von A und B?", "… Sinn von C?", "Wann D?"]


def test_common_opening_is_dropped_even_where_one_title_alone_has_it() -> None:
    assert shown("What is the difference between mean and median?") == ["… mean and median?"]


def test_title_that_another_one_begins_with_keeps_its_last_word() -> None:
    assert shown("What is self", "What is self in Python") == ["… self", "… in Python"]


def test_single_word_that_titles_share_stays() -> None:
    assert shown("Why caches?", "Why queues?") == ["Why caches?", "Why queues?"]
