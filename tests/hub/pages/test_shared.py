"""Pages in a Redis that processes share: found by all, of the same site, code and content alone, and never needed."""

import logging
import pickle
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import LazySettings
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler

from hub.caches import cache_at
from hub.environment import Environment
from hub.pages.cache import PageCache
from hub.pages.shared import SIGNATURE, SharedPages, release
from questions.version import version
from tests.conftest import Bank
from tests.hub.redis_server import RedisServer, redis_server
from tests.hub.wsgi_client import Counted, ask

pytestmark = [pytest.mark.usefixtures("connections_kept"), pytest.mark.slow]

LIST = "/questions/"
PAUSE = 0.3  # seconds


@pytest.fixture(scope="module")
def running_redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(running_redis: RedisServer) -> Iterator[RedisServer]:
    """A server that runs and has nothing in it."""
    redis_cache(running_redis.url).clear()
    yield running_redis
    if running_redis.process.poll() is not None:
        running_redis.start()


def redis_cache(url: str) -> RedisCache:
    """Django's cache as the hub's settings would have it."""
    options = cache_at(url)
    return RedisCache(options.pop("LOCATION"), options)


class Process:
    """A process of the hub: with an application and pages of its own."""

    def __init__(self, url: str, release: str = "1", pause: float = PAUSE) -> None:
        self.shared = SharedPages(redis_cache(url), release, pause=pause)
        self.django = Counted(WSGIHandler())
        self.application = PageCache(self.django, version, self.shared)

    def get(self, target: str = LIST, **environ: Any) -> str:
        """The text of a page, which must be there."""
        answer = ask(self.application, target, **environ)
        assert answer.status == 200
        return answer.text


def test_page_made_by_one_process_is_sent_by_another(redis: RedisServer, bank: Bank) -> None:
    bank.add()
    one, other = Process(redis.url), Process(redis.url)

    answers = [ask(it.application, LIST, HTTP_ACCEPT_ENCODING="br") for it in (one, other)]

    assert answers[0] == answers[1]
    assert (one.django.requests, other.django.requests) == (1, 0)


def test_pages_do_not_mix(redis: RedisServer, bank: Bank) -> None:
    bank.add()
    one, other = Process(redis.url), Process(redis.url)
    targets = ["/", LIST, "/questions/?q=x", "/questions/PY-BEG-001/"]

    assert [one.get(target) for target in targets] == [other.get(target) for target in targets]
    assert len({other.get(target) for target in targets}) == len(targets)


def test_changed_content_is_made_anew(redis: RedisServer, bank: Bank) -> None:
    one, other = Process(redis.url), Process(redis.url)
    one.get()

    bank.add(title="What is new?")

    assert "What is new?" in other.get()


def test_new_release_makes_pages_of_its_own(redis: RedisServer, db: None) -> None:
    old, new = Process(redis.url, release="1"), Process(redis.url, release="2")
    old.get()

    new.get()

    assert new.django.requests == 1


def test_release_is_the_same_in_all_processes_of_a_site() -> None:
    assert release() == release()


@pytest.mark.parametrize("name", ["SITE_URL", "SECRET_KEY"])
def test_release_differs_between_sites(name: str, settings: LazySettings) -> None:
    here = release()

    setattr(settings, name, "https://other.example.org")

    assert release() != here


def test_editor_with_a_session_does_not_share_pages(redis: RedisServer, db: None) -> None:
    one, other = Process(redis.url), Process(redis.url)
    one.get(HTTP_COOKIE="session=x")

    other.get()

    assert other.django.requests == 1


def test_pages_in_redis_expire(redis: RedisServer, db: None) -> None:
    Process(redis.url).get()

    client = redis_cache(redis.url)._cache.get_client()
    with closing(client):
        (key,) = client.keys("*")
        assert 0 < client.ttl(key) <= 600


def stored(url: str) -> tuple[Any, list[bytes]]:
    """A client of the server, and the keys in it."""
    client = redis_cache(url)._cache.get_client()
    return client, sorted(cast("list[bytes]", client.keys("*")))


@pytest.mark.parametrize("garbage", [b"", b"12", b"garbage", pickle.dumps({"br": 1}), b"\0" * 40 + b"[]\n"])
def test_what_the_hub_has_not_signed_is_a_miss(garbage: bytes, redis: RedisServer, db: None) -> None:
    page = Process(redis.url).get()
    client, (key,) = stored(redis.url)
    with closing(client):
        client.set(key, garbage)

    other = Process(redis.url)

    assert other.get() == page
    assert other.django.requests == 1


def test_pages_that_were_exchanged_are_misses(redis: RedisServer, bank: Bank) -> None:
    bank.add()
    one, other = Process(redis.url), Process(redis.url)
    pages = [one.get(target) for target in ("/", LIST)]
    client, (first, second) = stored(redis.url)
    with closing(client):
        client.rename(first, "kept")
        client.rename(second, first)
        client.rename("kept", second)

    assert [other.get(target) for target in ("/", LIST)] == pages
    assert other.django.requests == 2


def test_redis_holds_no_pickle(redis: RedisServer, db: None) -> None:
    Process(redis.url).get()

    client, (key,) = stored(redis.url)

    with closing(client), pytest.raises(pickle.UnpicklingError):
        pickle.loads(client.get(key)[SIGNATURE:])  # Of random bytes, pickle may say anything.
    with pytest.raises(TypeError):
        redis_cache(redis.url).set("key", {"a": 1})


def test_redis_that_is_away_breaks_no_page_and_is_told_once_a_pause(
    redis: RedisServer, db: None, records: list[logging.LogRecord]
) -> None:
    process = Process(redis.url, pause=60)
    process.get("/")
    redis.stop()

    for number in range(5):
        process.get(f"/questions/?q={number}")

    (record,) = [it for it in records if it.name == "hub.pages.shared"]
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith("The shared cache fails; ")


def test_redis_that_is_back_is_used_again(redis: RedisServer, db: None) -> None:
    process = Process(redis.url)
    redis.stop()
    process.get("/")
    redis.start()
    time.sleep(PAUSE)

    process.get(LIST)

    other = Process(redis.url)
    other.get(LIST)
    assert other.django.requests == 0


def test_redis_that_does_not_answer_costs_less_than_a_second(redis: RedisServer, db: None) -> None:
    process = Process(redis.url)
    process.get("/")
    redis.process.send_signal(signal.SIGSTOP)
    try:
        begin = time.monotonic()
        process.get(LIST)
        seconds = time.monotonic() - begin
    finally:
        redis.process.send_signal(signal.SIGCONT)

    assert seconds < 1


# CACHE_URL.


def environment(folder: Path, url: str) -> Environment:
    return Environment.from_variables({"HUB_DATA_DIR": str(folder), "CACHE_URL": url})


def test_each_process_has_its_own_cache_by_default(tmp_path: Path) -> None:
    assert cache_at(environment(tmp_path, "").cache_url)["BACKEND"].endswith(".LocMemCache")


@pytest.mark.parametrize(
    "url",
    [
        "redis://cache.example.org",
        "redis://ann:p%40ss,w;ord@cache.example.org:6380/2",
        "rediss://cache.example.org:6379/0?ssl_cert_reqs=none",
        "unix:///run/redis.sock?db=1",
    ],
)
def test_cache_url_leads_to_a_redis(url: str, tmp_path: Path) -> None:
    found = cache_at(environment(tmp_path, url).cache_url)

    assert found["BACKEND"].endswith(".RedisCache")
    assert found["LOCATION"] == [url]


@pytest.mark.parametrize("url", ["memcached://localhost", "localhost:6379", "redis:", "locmem", "file:///tmp/cache"])
def test_cache_of_another_kind_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CACHE_URL must begin with redis://, rediss:// or unix://\.$"):
        environment(tmp_path, url)


@pytest.mark.parametrize(
    "url",
    [
        "redis://ann:[secret@cache.example.org",
        "redis://ann:sec/ret@cache.example.org",
        "redis://cache.example.org:port",
        "redis://cache.example.org:99999",
        "redis://cache.example.org?socket_timeout=soon",
        "redis://cache.example.org?secret=1",
        "redis://cache.example.org/first",
        "redis://",
        "unix://",
    ],
)
def test_malformed_cache_url_is_refused_without_telling_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^CACHE_URL cannot be read: .*\.$") as refusal:
        environment(tmp_path, url)

    assert "sec" not in str(refusal.value)
