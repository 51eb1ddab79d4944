"""`python -m tests.bench.starts`: how long a hub takes until it is ready, and the memory of all of it at rest."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.crashes import AS_INSTALLED, KINDS
from tests.bench.rows import Row, show
from tests.bench.server import computed, resident
from tests.browser.running_hub import RunningHub, open_url
from tests.postgres import cluster

TIMES = 5
SECONDS = 3  # wanted of each start
PAGES = ("/", "/questions/", "/questions/PY-BEG-001/", "/questions/?q=list", "/practice/", "/admin/login/")


def main() -> None:
    """Measure one database after the other, on a machine with nothing else to do."""
    for kind in KINDS:
        with tempfile.TemporaryDirectory(prefix="hub-starts-") as folder, ExitStack() as stack:
            is_sqlite = kind == "SQLite"
            database = {} if is_sqlite else {"DATABASE_URL": stack.enter_context(cluster(AS_INSTALLED))}
            print(f"\n{kind}")
            for row in rows(RunningHub(Path(folder, "data"), database)):
                show(row)


def rows(hub: RunningHub) -> Iterator[Row]:
    """The first start, with all that comes with the hub, those after it, and what the last one takes."""
    took, worked = started(hub)
    yield Row("first start, into an empty data folder", took, "s", at_most=SECONDS, detail=f"{worked:.1f} s computed")
    starts = []
    for _ in range(TIMES):
        hub.stop()
        starts.append(started(hub))
    took, worked = (median(values) for values in zip(*starts, strict=True))
    detail = f"{worked:.1f} s computed, most {max(starts)[0]:.1f} s of {TIMES}"
    yield Row("start", took, "s", at_most=SECONDS, detail=detail)
    for page in PAGES * 4:  # For both workers.
        open_url(hub.url + page).read()
    time.sleep(1)
    each = [resident(pid, "Pss") for pid in hub.survivors()]
    hub.stop()
    yield Row("memory at rest, Pss", sum(each), "MB", detail=f"{len(each)} processes, the master among them")


def started(hub: RunningHub) -> tuple[float, float]:
    """Seconds from the command until it is ready, and those that its processes have computed by then."""
    begin = time.monotonic()
    hub.start()
    return time.monotonic() - begin, computed(hub.survivors())


if __name__ == "__main__":
    main()
