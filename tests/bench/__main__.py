"""`make bench`: measure the hub, print the table, and keep it as JSON in the data folder's `bench/`."""

import argparse
import json
import os
import platform
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench import waiting, wrk
from tests.bench.banks import child, collect_static, databases, make
from tests.bench.generate import Language
from tests.bench.measure import Bench
from tests.bench.rows import Row, show
from tests.bench.server import ROOT


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=100_000, help="generated questions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"], help="measure one database alone")
    parser.add_argument("--relevance", action="store_true", help="measure nothing but how well search finds")
    parser.add_argument("--search", action="store_true", help="measure nothing but how long searches take")
    parser.add_argument(
        "--waiting",
        type=int,
        nargs="?",
        const=waiting.IMPORTED,
        metavar="QUESTIONS",
        help="measure nothing but how long people wait while so many questions are imported",
    )
    arguments = parser.parse_args()
    folder = Path(os.environ.get("HUB_DATA_DIR") or ROOT / "var").absolute() / "bench"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kinds = [arguments.only] if arguments.only else ["SQLite", "PostgreSQL"]
    if arguments.relevance or arguments.search or arguments.waiting:
        for kind in kinds:
            show_alone(kind, arguments, folder)
        return
    wrk.install()
    for kind in kinds:
        report = measure(kind, arguments.number, arguments.seed, folder)
        path = folder / f"{kind.lower()}-{arguments.number}.json"
        path.write_text(json.dumps(report, indent=2, ensure_ascii=False), encoding="utf-8")
        print(f"\nKept in {path}")


def measure(kind: str, number: int, seed: int, folder: Path) -> dict[str, Any]:
    """Make the banks, measure them, and print each row as soon as it is known."""
    language = Language(seed)
    with databases(kind, folder) as pattern:
        small, bank = (make(pattern, size, seed, folder) for size in (0, number))
        collect_static(small)
        with child(small, "inside") as inside:
            version = inside.ask("version")
        print(f"\n{version}, 54 + {number:,} questions, seed {seed}, {cpu()}")
        print(f"{'what':<58} {'measured':>12} {'target':>10}  {'':8}")
        rows = []
        for row in Bench(small, bank, language).rows():
            show(row)
            rows.append(row)
    return {
        "database": version,
        "questions": number + 54,
        "seed": seed,
        "python": platform.python_version(),
        "machine": cpu(),
        "load": os.getloadavg(),
        "time": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "rows": [row._asdict() | {"is_met": row.is_met} for row in rows],
    }


def show_alone(kind: str, arguments: argparse.Namespace, folder: Path) -> None:
    """Measure one thing: on the real set, or on a large bank where it is how long searches take."""
    language = Language(arguments.seed)
    with databases(kind, folder) as pattern:
        bank = make(pattern, arguments.number if arguments.search else 0, arguments.seed, folder)
        if arguments.search or arguments.waiting:
            collect_static(bank)
        with child(bank, "inside") as inside:
            print(f"\n{inside.ask('version')}, 54 + {bank.number:,} questions, seed {arguments.seed}, {cpu()}")
            if arguments.relevance:
                show_all(Row(*row) for row in inside.ask("relevance"))
        if arguments.search:
            show_all(Bench(bank, bank, language).search())
        if arguments.waiting:
            show_all(waiting.during_an_import(bank, language, arguments.waiting))


def show_all(rows: Iterable[Row]) -> None:
    """Print each row as soon as it is known."""
    for row in rows:
        show(row)


def cpu() -> str:
    """The processor, if the system says."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} × {models[0] if models else platform.machine()}"


if __name__ == "__main__":
    main()
