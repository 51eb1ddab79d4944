"""What the boxes of the map say of a title."""

import pytest

from questions.follow_ups.map_labels import width_of, without_shared_openings, wrapped

WIDTH, MOST = 10.0, 4
TITLES = [
    "Why?",
    "What do break, continue and pass do, and when does a loop's else clause run?",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "Wozu torch.nn.utils.clip_grad_norm_ beim Training großer Modelle?",
    "ガベージコレクションはどのように動作しますか、そして参照カウントに何を追加しますか。" * 2,
    "M" * 200,
    "",
]


@pytest.mark.parametrize("title", TITLES)
def test_no_line_is_wider_than_its_box(title: str) -> None:
    lines = wrapped(title, WIDTH, MOST)

    assert len(lines) <= MOST
    assert max(map(width_of, lines)) <= WIDTH


@pytest.mark.parametrize("title", TITLES)
def test_nothing_is_lost_or_added_but_after_an_ellipsis(title: str) -> None:
    text = "".join(wrapped(title, WIDTH, MOST)).replace(" ", "")

    assert title.replace(" ", "").startswith(text.removesuffix("…"))
    assert text.endswith("…") or text == title.replace(" ", "")


def test_openings_that_titles_share_are_dropped_in_any_language() -> None:
    shown = without_shared_openings(["Was ist der Unterschied von A und B?", "Was ist der Sinn von C?", "Wann D?"])

    assert shown == {
        "Was ist der Unterschied von A und B?": "… Unterschied von A und B?",
        "Was ist der Sinn von C?": "… Sinn von C?",
        "Wann D?": "Wann D?",
    }


def test_common_opening_is_dropped_even_where_one_title_alone_has_it() -> None:
    title = "What is the difference between supervised and unsupervised learning?"

    assert without_shared_openings([title]) == {title: "… supervised and unsupervised learning?"}


def test_title_that_another_one_begins_with_keeps_its_last_word() -> None:
    shown = without_shared_openings(["What is self", "What is self in Python"])

    assert shown == {"What is self": "… self", "What is self in Python": "… in Python"}


def test_single_word_that_titles_share_stays() -> None:
    titles = ["Why caches?", "Why queues?"]

    assert without_shared_openings(titles) == dict(zip(titles, titles, strict=True))
