"""`make fuzz`: attack a hub on each database with hostile requests; fails for any 5xx, silence or traceback."""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

MINUTES = 3
DATABASES = ("SQLite", "PostgreSQL")


def main() -> None:
    """Attack as the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, help=f"how many on each database; without it, {MINUTES} minutes' worth")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--first", type=int, default=0, help="the number to begin with, to send a request again")
    parser.add_argument("--only", choices=DATABASES)
    arguments = parser.parse_args()
    is_clean = [attacked(name, arguments) for name in ([arguments.only] if arguments.only else DATABASES)]
    sys.exit(not all(is_clean))


def attacked(name: str, arguments: argparse.Namespace) -> bool:
    """Attack a hub on one database; whether it held."""
    from tests.fuzz.attack import attack, tracebacks
    from tests.fuzz.hub import target

    print(f"\n{name}, seed {arguments.seed}", flush=True)
    with database(name) as variables, target(variables) as (hub, client, surface):
        print(f"{len(surface.routes)} addresses, {len(surface.forms)} forms", flush=True)
        tally = attack(client, surface, arguments.seed, arguments.first, arguments.requests, arguments.minutes * 60)
        tally.tracebacks = tracebacks(hub.log)
        print("\n".join(tally.lines()), flush=True)
        is_logged_in = client.is_logged_in()
        if not is_logged_in:
            print("The editor's session ended on the way, so that not all pages were reached.")
    return tally.is_clean and is_logged_in


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The settings of a database of that kind."""
    from tests.postgres import cluster

    if name == "SQLite":
        yield {}
    else:
        with cluster() as url:
            yield {"DATABASE_URL": url}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:  # The addresses are read from the hub's own settings.
        os.environ |= {"DJANGO_SETTINGS_MODULE": "hub.settings", "HUB_DATA_DIR": folder}
        import django

        django.setup()
        main()
