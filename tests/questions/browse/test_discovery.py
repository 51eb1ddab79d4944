"""The feed, the sitemap, robots.txt, llms.txt and the random question."""

import re
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from questions.browse import sitemaps
from questions.models import Level, Technology
from tests.conftest import Bank
from tests.questions.exchange.reading import add_many, content, text, whole

SITE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MACHINES = ["/feed.atom", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/llms.txt"]


def xml(client: Client, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(content(client, path))


def locations(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SITEMAP}loc")]


# The feed.


def test_feed_has_what_atom_asks_for(bank: Bank, client: Client) -> None:
    bank.add()

    feed = xml(client, "/feed.atom")

    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert feed.tag == f"{ATOM}feed"
    assert links == {"alternate": f"{SITE}/", "self": f"{SITE}/feed.atom"}
    assert feed.findtext(f"{ATOM}id") == "tag:knowledge-hub,2026:questions"
    assert feed.findtext(f"{ATOM}title") == "Knowledge Hub"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Knowledge Hub"
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "")


def test_entry_tells_a_question_with_its_answer(bank: Bank, client: Client) -> None:
    question = bank.add(title="What is <b> & what is not?", answer="*Bold*, if `a < b`.")

    entry = xml(client, "/feed.atom").find(f"{ATOM}entry")

    assert entry is not None
    link, summary = entry.find(f"{ATOM}link"), entry.find(f"{ATOM}summary")
    assert link is not None
    assert summary is not None
    assert entry.findtext(f"{ATOM}title") == question.title
    assert link.get("href") == f"{SITE}/questions/PY-BEG-001/"
    assert (summary.get("type"), summary.text) == ("html", question.answer_html)
    assert [it.get("term") for it in entry.findall(f"{ATOM}category")] == ["Python", "Core", "Beginner"]
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "") == question.published_at
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") == question.updated_at


def test_feed_has_the_newest_first_and_no_draft(bank: Bank, client: Client) -> None:
    now = timezone.now()
    for number in range(60):
        bank.add(f"PY-BEG-{number:03}", published_at=now - timedelta(days=number))
    bank.add("PY-BEG-999", status="draft")

    links = xml(client, "/feed.atom").findall(f"{ATOM}entry/{ATOM}link")

    assert [link.get("href") for link in links] == [f"{SITE}/questions/PY-BEG-{number:03}/" for number in range(50)]


def test_entries_keep_their_ids_when_the_hub_moves(bank: Bank, client: Client, settings: LazySettings) -> None:
    bank.add(published_at=datetime(2026, 11, 23, tzinfo=UTC))

    def ids() -> list[str | None]:
        return [element.text for element in xml(client, "/feed.atom").iter(f"{ATOM}id")]

    before = ids()
    settings.SITE_URL = "https://hub.example.org"

    assert (
        before
        == ids()
        == ["tag:knowledge-hub,2026:questions", "tag:knowledge-hub,2026:questions/PY-BEG-001/2026-11-23"]
    )


def test_text_that_xml_cannot_hold_does_not_break_the_feed(bank: Bank, client: Client) -> None:
    bank.add(title="A bell \x07 rings", answer="And \x0b again.")

    entry = xml(client, "/feed.atom").find(f"{ATOM}entry")

    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "A bell  rings"


def test_feed_of_an_empty_hub_is_a_feed(client: Client, db: None) -> None:
    assert xml(client, "/feed.atom").findall(f"{ATOM}entry") == []


# The sitemap.


def test_sitemap_has_every_page_with_its_date(bank: Bank, client: Client) -> None:
    first, second = bank.add("PY-BEG-001"), bank.add("PY-BEG-002")
    bank.add("PY-BEG-003", status="draft")

    root = xml(client, "/sitemap.xml")

    assert root.tag == f"{SITEMAP}urlset"
    assert locations(root) == [
        f"{SITE}/",
        f"{SITE}/questions/",
        f"{SITE}/map/",
        f"{SITE}/accessibility/",
        f"{SITE}/questions/PY-BEG-001/",
        f"{SITE}/questions/PY-BEG-002/",
    ]
    dates = [datetime.fromisoformat(element.text or "") for element in root.iter(f"{SITEMAP}lastmod")]
    assert dates == [question.updated_at.replace(microsecond=0) for question in (first, second)]


def test_sitemap_past_its_size_is_an_index_of_parts_with_every_page_once(
    monkeypatch: pytest.MonkeyPatch, bank: Bank, client: Client
) -> None:
    monkeypatch.setattr(sitemaps, "SITEMAP_SIZE", 5)
    add_many(bank, 13)

    index = xml(client, "/sitemap.xml")

    assert index.tag == f"{SITEMAP}sitemapindex"
    assert locations(index) == [f"{SITE}/sitemap-{number}.xml" for number in (1, 2, 3, 4)]
    parts = [locations(xml(client, url.removeprefix(SITE))) for url in locations(index)]
    assert [len(part) for part in parts] == [5, 5, 5, 2]
    assert len({url for part in parts for url in part}) == 17


def test_sitemap_is_one_file_until_it_is_full(monkeypatch: pytest.MonkeyPatch, bank: Bank, client: Client) -> None:
    monkeypatch.setattr(sitemaps, "SITEMAP_SIZE", 5)
    add_many(bank, 1)

    full = xml(client, "/sitemap.xml")
    bank.add("PY-BEG-999")

    assert (full.tag, len(locations(full))) == (f"{SITEMAP}urlset", 5)
    assert xml(client, "/sitemap.xml").tag == f"{SITEMAP}sitemapindex"


def test_sitemap_is_full_where_the_protocol_says() -> None:
    assert sitemaps.SITEMAP_SIZE == 50_000


@pytest.mark.parametrize("number", [0, 2, 99_999_999_999_999_999_999])
def test_part_that_is_not_there_is_a_404(number: int, client: Client, db: None) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


# What robots and models are told.


def test_robots_may_read_pages_and_are_led_to_the_sitemap(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(text(client, "/robots.txt").splitlines())

    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert [robots.can_fetch("Any", path) for path in ("/", "/questions/PY-BEG-001/", "/questions.md")] == [True] * 3
    assert [robots.can_fetch("Any", path) for path in ("/admin/", "/random/", "/questions.apkg")] == [False] * 3


def test_llms_are_led_to_markdown(bank: Bank, client: Client, sql: Technology) -> None:
    bank.add(title="What do *args mean?")

    lines = text(client, "/llms.txt").splitlines()

    assert lines[0] == "# Knowledge Hub"
    assert lines[2].startswith("> Technical interview questions")
    assert f"- [Python]({SITE}/questions.md?technology=python): 1 questions" in lines
    assert (
        f"- [What do \\*args mean?]({SITE}/questions/PY-BEG-001.md): "
        "PY-BEG-001, Python, Core, Beginner, difficulty 3/10" in lines
    )
    assert "SQL" not in "".join(lines)


def test_every_link_for_llms_leads_somewhere(bank: Bank, client: Client) -> None:
    bank.add()
    links = re.findall(r"\]\(([^)]+)\)", text(client, "/llms.txt"))

    answers = {link: client.get(link.removeprefix(SITE)).status_code for link in links}

    assert len(answers) == 5
    assert set(answers.values()) == {200}


# A random question.


def test_random_question_stays_within_the_filters(bank: Bank, client: Client, advanced: Level) -> None:
    for number in range(3):
        bank.add(f"PY-BEG-{number:03}")
        bank.add(f"PY-ADV-{number:03}", level=advanced)

    reached = {client.get("/random/?level=advanced")["Location"] for _ in range(60)}

    assert reached == {f"/questions/PY-ADV-{number:03}/" for number in range(3)}


@pytest.mark.parametrize(
    "query", ["", "?q=what", "?sort=newest", "?q=what&sort=code", "?page=7", "?level=nope", "?q=%00"]
)
def test_random_question_is_found_whatever_is_asked(query: str, bank: Bank, client: Client) -> None:
    bank.add()

    response = client.get(f"/random/{query}")

    assert (response.status_code, response["Location"]) == (302, "/questions/PY-BEG-001/")


def test_random_question_is_never_a_draft(bank: Bank, client: Client) -> None:
    bank.add("PY-BEG-001")
    bank.add("PY-BEG-002", status="draft")

    assert {client.get("/random/")["Location"] for _ in range(20)} == {"/questions/PY-BEG-001/"}


def test_random_of_nothing_leads_to_the_list_that_says_so(bank: Bank, client: Client, advanced: Level) -> None:
    bank.add()

    response = client.get("/random/?level=advanced&technology=python")

    assert (response.status_code, response["Location"]) == (302, "/questions/?technology=python&level=advanced")


def test_random_question_is_not_kept(bank: Bank, client: Client) -> None:
    bank.add()

    assert "no-store" in client.get("/random/")["Cache-Control"]


# All of them.


@pytest.mark.parametrize("path", MACHINES)
def test_links_are_absolute_whatever_the_host_asked(path: str, bank: Bank, client: Client) -> None:
    bank.add()

    answer = whole(client.get(path, headers={"host": "localhost", "x-forwarded-host": "evil.example"})).decode()

    assert f"{SITE}/" in answer
    assert "//localhost" not in answer
    assert "evil.example" not in answer


@pytest.mark.parametrize("path", [*MACHINES, "/random/"])
def test_address_is_the_same_for_everyone_and_only_read(path: str, bank: Bank, client: Client, editor: Client) -> None:
    bank.add()

    stranger, logged_in = client.get(path), editor.get(path)

    assert whole(stranger) == whole(logged_in)
    assert not stranger.cookies
    assert "cookie" not in logged_in.get("Vary", "").lower()
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == stranger.status_code


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/llms.txt", "text/plain; charset=utf-8"),
    ],
)
def test_address_tells_its_type(path: str, kind: str, client: Client, db: None) -> None:
    assert client.get(path)["Content-Type"] == kind


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("path", [*MACHINES, "/random/"])
def test_queries_do_not_grow_with_the_bank(
    path: str, number: int, bank: Bank, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add_many(bank, number)

    with django_assert_max_num_queries(8):
        whole(client.get(path))


@pytest.mark.parametrize("path", ["/", "/questions/", "/questions/PY-BEG-001/"])
def test_pages_lead_to_the_feed(path: str, bank: Bank, client: Client) -> None:
    bank.add()

    assert '<link rel="alternate" href="/feed.atom" type="application/atom+xml"' in text(client, path)
