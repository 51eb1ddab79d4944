"""Addresses that entries name, judged without a network: their form, that each comes once, and that they will last."""

import re
from collections import Counter
from urllib.parse import SplitResult, parse_qsl, urlsplit

import pytest

from questions.question_set import images
from questions.sections import SECTIONS as DEFINED
from questions.text.code_blocks import without_blocks
from tests.question_set.question_set import SECTIONS, questions

LINK = re.compile(r"\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))+)>?[^)]*\)|<(https?://[^>\s]+)>")
FRAGMENT = re.compile(r"[\w.:~%!$&'()*+,;=@/?-]+")
OWN = re.compile(r"/questions/([A-Z]{2,4}-[A-Z]{3}-\d{3,5})/")
ANCHORS = {"", "follow-up-questions", "references", *(section.anchor for section in DEFINED)}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|ref_?src|mc_[ce]id|si")
SHORTENERS = {"bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "buff.ly", "lnkd.in", "amzn.to", "youtu.be"}
# What the address of a work that lasts looks like, by host.
STABLE = {
    "arxiv.org": r"/abs/\d{4}\.\d{4,5}(v\d+)?|/abs/[a-z-]+/\d{7}(v\d+)?",
    "doi.org": r"/10\.\d{4,9}/\S+",
    "peps.python.org": r"/pep-\d{4}/",
    "docs.python.org": r"/3(\.\d+)?/\S*",
    "www.rfc-editor.org": r"/(rfc|info)/\S+",
    "aclanthology.org": r"/[\w.-]+/",
}
FORMER = ("dx.doi.org/", "www.python.org/dev/peps/", "tools.ietf.org/")
MOVING_LINE = re.compile(r"https://github\.com/[^#]*/blob/(?:main|master|HEAD)/[^#]*#L\d+.*")  # of a file that changes

pytestmark = [pytest.mark.one_database, pytest.mark.parametrize("code", sorted(questions()))]


def addresses(code: str) -> list[str]:
    """Every address in an entry, in order."""
    entry = questions()[code]
    texts = [entry[section] for section in SECTIONS] + [entry["references"]]
    texts += [follow_up.get("answer", "") for follow_up in entry["follow_ups"]]
    prose = [re.sub(r"(`+).+?\1", "", without_blocks(text), flags=re.DOTALL) for text in texts]
    return [first or second for text in prose for first, second in LINK.findall(text)]


def elsewhere(code: str) -> list[SplitResult]:
    """The addresses that lead out of the hub."""
    return [urlsplit(address) for address in addresses(code) if not address.startswith(("/", "#"))]


def test_addresses_are_whole_and_secure(code: str) -> None:
    wrong = [
        parts.geturl()
        for parts in elsewhere(code)
        if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc)
    ]

    assert wrong == []


def test_addresses_are_those_that_last(code: str) -> None:
    wrong = [
        parts.geturl()
        for parts in elsewhere(code)
        if (parts.netloc in STABLE and not re.fullmatch(STABLE[parts.netloc], parts.path))
        or f"{parts.netloc}{parts.path}".startswith(FORMER)
        or MOVING_LINE.fullmatch(parts.geturl())
        or parts.netloc in SHORTENERS
    ]

    assert wrong == []


def test_addresses_carry_nothing_to_track_readers_by(code: str) -> None:
    assert [
        parts.geturl()
        for parts in elsewhere(code)
        if any(TRACKING.fullmatch(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    ] == []


def test_anchors_name_a_place(code: str) -> None:
    wrong = [parts.geturl() for parts in elsewhere(code) if parts.fragment and not FRAGMENT.fullmatch(parts.fragment)]

    assert wrong == []
    assert [address for address in addresses(code) if address.endswith("#")] == []


def test_links_within_the_hub_lead_to_sections_that_are_there(code: str) -> None:
    wrong = []
    drawings = {f"/images/{file.name}" for file in images()}
    here = (it for it in addresses(code) if it.startswith(("/", "#")) and it not in drawings)
    for parts in map(urlsplit, here):
        page = OWN.fullmatch(parts.path) if parts.path else None
        if (parts.path and not (page and page[1] in questions())) or parts.fragment not in ANCHORS:
            wrong.append(parts.geturl())

    assert wrong == []


def test_references_name_each_work_once(code: str) -> None:
    lines = questions()[code]["references"].splitlines()
    titles = Counter(line.partition("](")[0].lower() for line in lines)
    places = Counter(re.sub(r"https://(www\.)?|/(?=$|#)", "", line.partition("](")[2].rstrip(")")) for line in lines)

    assert [it for it, number in (titles + places).items() if number > 1] == []
