"""What Prometheus is told: every request, those from memory too, whichever worker answered, and whatever became of
that worker.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hub.environment import BASE_DIR
from tests.browser.running_hub import RestingHub, RunningHub, copy_of, free_port, open_url, own_database

pytestmark = pytest.mark.slow

SECONDS = 30
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


class WatchedHub(RunningHub):
    """A hub with metrics."""

    def samples(self) -> Samples:
        """What Prometheus would read."""
        text = open_url(f"http://{self.environment['METRICS_ADDRESS']}/metrics", timeout=SECONDS).read().decode()
        families = text_string_to_metric_families(text)
        return {(it.name, frozenset(it.labels.items())): it.value for family in families for it in family.samples}

    def value(self, name: str, **labels: str) -> float:
        return self.samples().get((name, frozenset(labels.items())), 0)

    def get(self, path: str) -> None:
        with suppress(HTTPError):  # It counts too.
            open_url(self.url + path, timeout=SECONDS).close()

    def replace_workers(self, how: signal.Signals) -> None:
        """Send a signal, and wait until no worker is left that was there before."""
        before = self.workers()
        for pid in before if how == signal.SIGKILL else [self.process.pid]:
            os.kill(pid, how)
        deadline = time.monotonic() + SECONDS
        while set(before) & set(self.workers()) or not self.workers():
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.fixture(scope="module")
def hub(resting_hub: RestingHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedHub]:
    with own_database("hub_metrics", like=resting_hub.database) as database:
        address = {"METRICS_ADDRESS": f"127.0.0.1:{free_port()}"}
        running = WatchedHub(tmp_path_factory.mktemp("metrics") / "data", database | address)
        shutil.copytree(resting_hub.data_dir, running.data_dir)
        stale = running.data_dir / "metrics" / "counter_1.db"
        stale.parent.mkdir()
        stale.write_bytes(b"of an earlier start")
        running.start()
        try:
            yield running
        finally:
            running.kill()


def test_requests_count_by_view_and_status_and_pages_by_where_they_came_from(hub: WatchedHub) -> None:
    for _ in range(9):
        hub.get("/questions/PY-BEG-001/")
    hub.get("/questions/PY-BEG-002/")
    hub.get("/nowhere/1/")
    hub.get("/nowhere/2/")

    assert hub.value("hub_request_seconds_count", view="question", status="200") == 10
    assert hub.value("hub_request_seconds_count", view="none", status="404") == 2
    assert hub.value("hub_pages_total", source="memory") >= 7  # Of two workers, each makes its own.
    assert hub.value("hub_pages_total", source="made") >= 2
    assert not re.search("nowhere|PY-BEG", str(hub.samples()))


@pytest.mark.one_database
def test_nothing_that_was_counted_is_lost_with_the_workers(hub: WatchedHub) -> None:
    def count() -> float:
        return hub.value("hub_request_seconds_count", view="healthz", status="200")

    before = count()
    for how in (signal.SIGKILL, signal.SIGHUP):
        for _ in range(5):
            hub.get("/healthz")
        hub.replace_workers(how)

    assert count() == before + 10
    deadline = time.monotonic() + SECONDS
    while len(files := list((hub.data_dir / "metrics").glob("counter_*.db"))) > 3:  # One a worker, one of the dead.
        assert time.monotonic() < deadline, files
        time.sleep(0.1)


@pytest.mark.one_database
def test_second_master_is_refused_and_takes_no_metrics_along(hub: WatchedHub) -> None:
    before, workers = hub.value("hub_request_seconds_count", view="healthz", status="200"), hub.workers()

    hub.process.send_signal(signal.SIGUSR2)

    deadline = time.monotonic() + SECONDS
    while "SIGUSR2 does not upgrade the hub" not in hub.log:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    hub.get("/healthz")
    assert hub.value("hub_request_seconds_count", view="healthz", status="200") == before + 1
    assert set(workers) <= set(hub.workers())


def test_what_is_looked_up_is_there(hub: WatchedHub) -> None:
    assert hub.value("hub_database_up") == 1
    assert hub.value("hub_questions") == 54
    assert hub.value("hub_backup_age_seconds") == float("inf")
    assert hub.manage("backup").returncode == 0
    assert 0 <= hub.value("hub_backup_age_seconds") < SECONDS


def test_board_and_alerts_ask_for_what_there_is(hub: WatchedHub) -> None:
    there = {name for name, _ in hub.samples()} | {"hub_cache_up"}  # That one where there is a Redis.

    for path in ("grafana/hub.json", "prometheus/hub.rules.yml"):
        asked = set(re.findall(r"hub_\w+", (BASE_DIR / "deploy" / path).read_text()))
        assert asked
        assert asked <= there


@pytest.mark.one_database
def test_metrics_are_not_on_the_public_port(hub: WatchedHub) -> None:
    before = hub.value("hub_request_seconds_count", view="none", status="404")

    hub.get("/metrics")

    assert hub.value("hub_request_seconds_count", view="none", status="404") == before + 1


@pytest.mark.one_database
@pytest.mark.skipif(not shutil.which("promtool"), reason="Prometheus is not installed")
def test_alerts_are_raised_when_a_person_is_to_be_told_and_only_then() -> None:
    done = subprocess.run(
        ["promtool", "test", "rules", Path(__file__).with_name("alerts.yml")], text=True, capture_output=True
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.one_database
def test_hub_serves_though_its_address_for_metrics_is_taken(resting_hub: RestingHub, tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        copy_of(resting_hub, tmp_path, METRICS_ADDRESS=f"127.0.0.1:{taken.getsockname()[1]}") as hub,
    ):
        pass

    assert "cannot be used, and there are no metrics: " in hub.log
    assert "Traceback" not in hub.log
