"""`python -m tests.bench.starts`: how long a hub takes until it is ready, and the memory of all of it at rest."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.rows import Row
from tests.bench.server import resident
from tests.browser.running_hub import RunningHub, open_url
from tests.postgres import cluster

TIMES = 5
PAGES = ("/", "/questions/", "/questions/PY-BEG-001/", "/questions/?q=list", "/practice/", "/admin/login/")
DURABLE = ("listen_addresses=''",)  # As PostgreSQL is installed.


def main() -> None:
    """Measure on SQLite, then on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="hub-starts-") as folder, ExitStack() as stack:
        for kind in ("SQLite", "PostgreSQL"):
            database = {"DATABASE_URL": stack.enter_context(cluster(DURABLE))} if kind == "PostgreSQL" else {}
            print(f"{kind}, {RunningHub.__name__}")
            for row in rows(RunningHub(Path(folder, kind), database)):
                print(row)


def rows(hub: RunningHub) -> Iterator[Row]:
    """The first start, with all that comes with the hub, and those after it."""
    yield Row("first start", started(hub), "s", at_most=3)
    times = []
    for _ in range(TIMES):
        hub.stop()
        times.append(started(hub))
    yield Row("start", median(times), "s", at_most=3, detail=f"most {max(times):.2f} s of {TIMES}")
    for page in PAGES * 4:  # Both workers.
        open_url(hub.url + page).read()
    time.sleep(1)
    shared = [resident(pid, "Pss") for pid in hub.survivors()]
    yield Row("memory at rest", sum(shared), "MB", detail=f"{len(shared)} processes")
    hub.stop()


def started(hub: RunningHub) -> float:
    """Seconds until it is ready."""
    begin = time.monotonic()
    hub.start()
    return time.monotonic() - begin


if __name__ == "__main__":
    main()
