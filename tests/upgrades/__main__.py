"""`python -m tests.upgrades [COMMIT …]`: hubs of older versions, filled by their own pages, upgraded to this one.

Each is set up as its own Makefile does it, on SQLite and on PostgreSQL, and taken back again.
"""

import argparse
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from tests.postgres import cluster
from tests.upgrades.checkout import Version, check_out, listed
from tests.upgrades.proof import prove

DATABASES = ("SQLite", "PostgreSQL")
CACHE = Path(tempfile.gettempdir()) / "hub-upgrades"


def main() -> None:
    """Prove what the arguments name, all of it without any."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades", description=__doc__)
    parser.add_argument("commits", nargs="*", default=listed(), metavar="COMMIT")
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("--cache", type=Path, default=CACHE, help="a folder for checkouts and their packages")
    arguments = parser.parse_args()
    arguments.cache.mkdir(exist_ok=True)
    versions = [check_out(commit, arguments.cache) for commit in arguments.commits]
    failures = 0
    for name in [arguments.only] if arguments.only else DATABASES:
        with cluster() if name == "PostgreSQL" else nullcontext("") as os.environ["DATABASE_URL"]:
            failures += sum(not is_proven(version, name) for version in versions)
    sys.exit(failures > 0)


def is_proven(version: Version, name: str) -> bool:
    """Say how the proof of a version ended."""
    try:
        words, is_well = prove(version), True
    except AssertionError as error:
        words, is_well = f"FAILED: {error}", False
    print(f"{version.date} {version.commit} {name}: {words}", flush=True)
    return is_well


if __name__ == "__main__":
    main()
