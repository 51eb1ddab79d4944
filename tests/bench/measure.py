"""Each row of the table: how it is measured, and what it must reach.

The machine may be busy with other things, so what is compared takes turns several times, and medians count.
"""

import random
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from tests.bench import counting, desk, guarding, practising, queries, waiting, wrk
from tests.bench.banks import Bank, Child, child
from tests.bench.generate import Language
from tests.bench.rows import Row
from tests.bench.server import Server, serving

ROUNDS = 5
FILTERED = (
    {"technology": "python"},
    {"technology": "python", "level": "advanced"},
    {"level": "beginner", "difficulty_max": "4"},
    {"category": "core-python", "difficulty_min": "3", "difficulty_max": "8"},
    {"technology": "machine-learning", "sort": "difficulty"},
)
LIST = "/questions/"
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
FIREFOX = BROWSER | {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.5",
    "Upgrade-Insecure-Requests": "1",
    "Priority": "u=0, i",
    **{f"Sec-Fetch-{name}": "document" for name in ("Dest", "Mode", "Site", "User")},
}  # A parser's work grows with the headers.
MANY = 1_000_000  # addresses
LAST = str(10**9)  # There are fewer pages; the list shows the last.


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def alternating(*functions: Callable[[], list[float]], rounds: int = ROUNDS) -> list[list[float]]:
    """For each function the median of its times in each round, taking turns."""
    results: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for result, function in zip(results, functions, strict=True):
            result.append(median(function()))
    return results


def ratio(above: list[float], below: list[float]) -> float:
    """The median of the ratios of the rounds: what slows a round down slows both."""
    return median(a / b for a, b in zip(above, below, strict=True))


class Bench:
    """Everything that is measured on one database, on the real set and on a large bank."""

    def __init__(self, small_bank: Bank, bank: Bank, language: Language) -> None:
        self.small_bank, self.bank, self.language = small_bank, bank, language
        self.is_million = bank.number >= 1_000_000

    def rows(self) -> Iterator[Row]:
        """Measure; rows come as soon as they are known."""
        yield Row("loading, questions a second", self.bank.rate, "/s", at_least=2_000)
        with child(self.small_bank, "inside") as small, child(self.bank, "inside") as large:
            for one in (small, large):
                self._begin(one)
            yield from (Row(*row) for row in small.ask("relevance"))
            yield from self.searching(large)
            yield from self.suggesting(large)
            yield from self.question_page(small, large)
            yield from (Row(*row) for row in small.ask("texts"))
            yield from self.list_page(small, large)
            yield from self.deep_pages(large)
            yield guarding.row(small)
            yield from practising.rows(large)
            yield from self.facets(large)
            yield from desk.pages(large, self.language, None if self.is_million else 500)
            self.sample = self._questions(large, 4_000)
        yield from desk.importing(self.small_bank, self.language)
        yield from practising.rated_at_once(self.small_bank)
        yield from waiting.during_an_import(self.small_bank, self.language)
        yield from self.served()
        yield counting.row(self.small_bank, LIST)

    def search(self) -> Iterator[Row]:
        """How long searches and suggestions take on the large bank, and nothing else."""
        with child(self.bank, "inside") as large:
            self._begin(large)
            yield from self.searching(large)
            yield from self.suggesting(large)

    def _begin(self, process: Child) -> None:
        """Have it read and keep what it reads and keeps but once."""
        process.ask("pages", [LIST, *self._questions(process, 3), "/suggest?q=py"])

    def _questions(self, process: Child, number: int) -> list[str]:
        return [f"/questions/{code}/" for code in process.ask("codes", number)]

    def searching(self, large: Child) -> Iterator[Row]:
        """The 200 searches: the whole page, the search alone, and the bare statement."""
        kinds = queries.searches(self.language, self.bank.number)
        texts = list(chain(*kinds.values()))
        addresses = [f"{LIST}?{urlencode({'q': text})}" for text in texts]
        pages, alone, bare = [], [], []
        for _ in range(3):
            pages.append(large.ask("pages", addresses))
            alone.append(large.ask("search_alone", texts))
            bare.append(large.ask("index_statements", texts))
        page, search, index = (list(map(median, zip(*times, strict=True))) for times in (pages, alone, bare))
        found = large.ask("found", texts)
        bound = 200 if self.is_million else 40
        by_kind = dict(zip(texts, zip(page, found, strict=True), strict=True))
        computed = large.ask("pages_cpu", addresses)
        detail = f"p50 {median(page):.1f} ms; of CPU p95 {p95(computed):.1f}, p50 {median(computed):.1f} ms"
        yield Row("search: list page, p95 of 200", p95(page), at_most=bound, detail=detail)
        for kind, of_kind in kinds.items():
            times = [by_kind[text][0] for text in of_kind]
            numbers = [by_kind[text][1] for text in of_kind]
            slowest = max(of_kind, key=lambda text: by_kind[text][0])
            detail = f"p50 {median(times):.1f}, most {max(times):.1f} ({slowest}); finds {median(numbers):,.0f}"
            yield Row(f"  {kind} ({len(of_kind)})", p95(times), detail=detail)
        yield Row("search without its page, p95", p95(search), detail=f"p50 {median(search):.2f} ms")
        yield Row("index statement that finds, p95", p95(index), detail=f"p50 {median(index):.2f} ms")
        detail = "the database's pages may not be in memory"
        yield Row("search: list page, p95 of the first round", p95(pages[0]), detail=detail)
        ranked = large.ask("ranked_statements", texts)
        detail = f"p50 {median(ranked):.2f} ms; the database's own ranking of all that fits, first 15"
        yield Row("ranked index statement, p95", p95(ranked), detail=detail)
        yield Row("search p50 ÷ ranked index statement p50", median(search) / median(ranked), "×", at_most=2)
        hits = [place for place, number in enumerate(large.ask("found_as_typed", texts)) if number]
        above, below = (median(times[place] for place in hits) for times in (search, ranked))
        detail = f"{len(hits)}; {above:.2f} ÷ {below:.2f} ms"
        yield Row("  of those that find something as typed", above / below, "×", detail=detail)
        yield Row("  ÷ statement that finds and does not rank", median(search) / median(index), "×")

    def suggesting(self, large: Child) -> Iterator[Row]:
        kinds = queries.typings(self.language)
        by_kind: dict[str, list[float]] = {}
        for kind, texts in kinds.items():
            addresses = [f"/suggest?{urlencode({'q': text})}" for text in texts]
            rounds = [large.ask("pages", addresses) for _ in range(3)]
            by_kind[kind] = list(map(median, zip(*rounds, strict=True)))
        times = list(chain(*by_kind.values()))
        computed = large.ask("pages_cpu", [f"/suggest?{urlencode({'q': text})}" for text in chain(*kinds.values())])
        detail = f"p50 {median(times):.1f} ms; of CPU p95 {p95(computed):.1f}, p50 {median(computed):.1f} ms"
        yield Row("suggestions, p95 of 200", p95(times), at_most=15, detail=detail)
        for kind, of_kind in by_kind.items():
            slowest = max(zip(of_kind, kinds[kind], strict=True))
            detail = f"p50 {median(of_kind):.1f}, most {slowest[0]:.1f} ({slowest[1]})"
            yield Row(f"  {kind} ({len(of_kind)})", p95(of_kind), detail=detail)

    def question_page(self, small: Child, large: Child) -> Iterator[Row]:
        for process, number in ((small, 54), (large, self.bank.number)):
            sample = self._questions(process, 40)
            full, empty = alternating(
                lambda: process.ask("pages", sample),  # noqa: B023 (called at once)
                lambda: process.ask("pages_without", "browse/detail.html", sample),  # noqa: B023
            )
            computed = median(process.ask("pages_cpu", sample))
            detail = (
                f"÷ {median(empty):.2f} ms with an empty template = {ratio(full, empty):.2f}; {computed:.1f} ms of CPU"
            )
            yield Row(f"question page, {number:,}", median(full), at_most=6, detail=detail)

    def list_page(self, small: Child, large: Child) -> Iterator[Row]:
        addresses = [f"{LIST}?{urlencode(query)}" for query in FILTERED]
        plain, above, below = alternating(
            lambda: small.ask("pages", [LIST] * 5),
            lambda: large.ask("pages", addresses),
            lambda: small.ask("pages", addresses),
        )
        computed = median(small.ask("pages_cpu", [LIST] * 20))
        yield Row("list page, 54", median(plain), at_most=12, detail=f"{computed:.1f} ms of CPU")
        detail = f"{median(above):.1f} ÷ {median(below):.1f} ms"
        bound = 1.5 if self.is_million else None
        name = f"list page with filters, {self.bank.number:,} ÷ 54"
        yield Row(name, ratio(above, below), "×", at_most=bound, detail=detail)
        for address in addresses:
            above, below = alternating(
                lambda: large.ask("pages", [address] * 3),  # noqa: B023 (called at once)
                lambda: small.ask("pages", [address] * 3),  # noqa: B023
                rounds=3,
            )
            detail = f"{median(above):.1f} ÷ {median(below):.1f} ms"
            yield Row(f"  {address.partition('?')[2]}", ratio(above, below), "×", detail=detail)

    def deep_pages(self, large: Child) -> Iterator[Row]:
        middle = str(large.ask("total") // 30)
        for sort in ("level", "difficulty", "newest", "code"):
            first, half, last = (f"{LIST}?sort={sort}&page={page}" for page in ("1", middle, LAST))
            times = alternating(*(lambda a=a: large.ask("pages", [a] * 3) for a in (first, half, last)))
            name = "deep page: last ÷ first" if sort == "level" else f"  last ÷ first by {sort}"
            bound = 3 if self.is_million or sort != "level" else None
            detail = f"{median(times[2]):.1f} ÷ {median(times[0]):.1f} ms; the middle page {median(times[1]):.1f} ms"
            yield Row(name, ratio(times[2], times[0]), "×", at_most=bound if sort == "level" else None, detail=detail)

    def facets(self, large: Child) -> Iterator[Row]:
        first = large.ask("facets_first")
        times = large.ask("facets", [{}, *({k: v for k, v in it.items() if k != "sort"} for it in FILTERED)] * 10)
        yield Row("facets without text, after the first", median(times), at_most=2, detail=f"p95 {p95(times):.2f} ms")
        yield Row("  the first after a change", first)

    def served(self) -> Iterator[Row]:
        log = self.bank.folder / "server.log"
        with serving("hub.wsgi", self.bank.environment, log) as hub:
            yield from self.cached(hub, log)
            yield from self.parsers(hub, log)
            yield from self.editing(hub)
            yield from self.memory(hub)

    def cached(self, hub: Server, log: Path) -> Iterator[Row]:
        """Against the bare view with the same bytes, in turns."""
        body = self.bank.folder / "body"
        for name, path in (("list", LIST), ("question", self.sample[len(self.sample) // 2])):
            for headers in (BROWSER, {}):
                response, content = hub.get(path, headers)
                body.write_bytes(content)
                conditional = headers | {"If-None-Match": response.headers["ETag"]}
                with serving("tests.bench.bare:application", {"BARE_BODY": str(body)}, log) as bare:
                    full, unchanged, below = alternating(
                        lambda: [wrk.requests_a_second(hub.url(path), headers)],  # noqa: B023 (called at once)
                        lambda: [wrk.requests_a_second(hub.url(path), conditional)],  # noqa: B023
                        lambda: [wrk.requests_a_second(bare.url("/"), headers)],  # noqa: B023
                    )
                coding = response.headers.get("Content-Encoding", "plain")
                kind = f"{name} page, {coding}, {len(content):,} bytes"
                against = f"÷ {median(below):,.0f} /s"
                yield Row(
                    f"cached {kind} ÷ bare",
                    ratio(full, below),
                    "×",
                    None,
                    1,
                    f"{median(full):,.0f}, at worst {min(full):,.0f}, {against}",
                )
                detail = f"{median(unchanged):,.0f} {against}"
                yield Row(f"  304 of {name} page ÷ bare", ratio(unchanged, below), "×", at_least=1.2, detail=detail)

    def parsers(self, hub: Server, log: Path) -> Iterator[Row]:
        """gunicorn's parser in C, which the bench installs, against the one in Python, which needs no compiler."""
        body, python = self.bank.folder / "body", {"GUNICORN_CMD_ARGS": "--http-parser python"}
        with serving("hub.wsgi", self.bank.environment | python, log) as slow:
            for name, path in (("list", LIST), ("question", self.sample[len(self.sample) // 2])):
                body.write_bytes(hub.get(path, BROWSER)[1])
                with serving("tests.bench.bare:application", python | {"BARE_BODY": str(body)}, log) as bare:
                    in_c, in_python, below = alternating(
                        lambda: [wrk.requests_a_second(hub.url(path), FIREFOX)],  # noqa: B023 (called at once)
                        lambda: [wrk.requests_a_second(slow.url(path), FIREFOX)],  # noqa: B023
                        lambda: [wrk.requests_a_second(bare.url("/"), FIREFOX)],
                    )
                both = f"{median(in_c):,.0f} ÷ {median(in_python):,.0f} /s"
                yield Row(f"cached {name} page, parser in C ÷ in Python", ratio(in_c, in_python), "×", detail=both)
                detail = f"{median(in_python):,.0f} ÷ {median(below):,.0f} /s"
                yield Row("  in Python ÷ bare, in Python too", ratio(in_python, below), "×", at_least=1, detail=detail)

    def editing(self, hub: Server) -> Iterator[Row]:
        """From the beginning of a save in another process until no worker shows the old page."""
        path = self.sample[len(self.sample) // 3]
        visible, saving = [], []
        with child(self.bank, "edit", path.split("/")[2]) as editor:
            editor.say("A first title, with which the renderer starts")
            for n in range(5):
                title = f"How soon does edit {n} of {random.randrange(10**9)} show?"
                for _ in range(20):
                    hub.get(path)  # Every worker has the old page.
                began, ended = map(float, editor.say(title).split())
                visible.append((_last_stale(hub, path, title) or ended) - began)
                saving.append((ended - began) * 1000)
        detail = f"median {median(visible):.2f} s; the save itself {median(saving):.0f} ms"
        yield Row("one edit, save to visible, worst of 5", max(visible), "s", at_most=1.2, detail=detail)

    def memory(self, hub: Server) -> Iterator[Row]:
        """After more pages than the cache holds, and all searches and suggestions, in both workers."""
        texts = list(chain(*queries.searches(self.language, self.bank.number).values()))
        typed = list(chain(*queries.typings(self.language).values()))
        addresses = [f"{LIST}?{urlencode({'q': text})}" for text in texts]
        addresses += [f"/suggest?{urlencode({'q': text})}" for text in typed]
        for address in [*addresses * 2, *self.sample]:
            hub.get(address)
        sizes = hub.memory()
        with child(self.small_bank, "inside") as process:
            grown = process.ask("distinct_addresses", MANY)
        yield Row(f"growth by {MANY:,} distinct addresses", grown, "MB", at_most=32, detail="16 are for pages")
        detail = "RSS of " + ", ".join(f"{rss:.0f} (PSS {pss:.0f})" for rss, pss in sizes)
        yield Row("resident memory of the larger worker", max(rss for rss, _ in sizes), "MB", 160, detail=detail)


def _last_stale(hub: Server, path: str, title: str) -> float | None:
    """When the old page was seen for the last time, twenty new ones in a row being proof; None if never."""
    fresh, last = 0, None
    while fresh < 20:
        body: Any = hub.get(path)[1]
        if title.encode() in body:
            fresh += 1
        else:
            fresh, last = 0, time.time()
        time.sleep(0.005)
    return last
