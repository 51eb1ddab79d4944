"""One older hub with data, upgraded, looked through, and taken back."""

import json
import re
import tempfile
import time
from pathlib import Path

from tests.browser.running_hub import RunningHub, own_database
from tests.upgrades.checkout import Version
from tests.upgrades.people import NAME, PASSWORD, People
from tests.upgrades.rows import Rows, lost, read

NOT_YET = {
    "backups",
    "secret key",
}  # what `check_hub` tells a hub that was just made, with a database that others could use


def prove(version: Version) -> str:
    """Upgrade a hub of that version; what was done, in words. Raises AssertionError for whatever is not as it was."""
    with tempfile.TemporaryDirectory() as folder, own_database(f"hub_{version.commit}") as database:
        hub = RunningHub(Path(folder) / "data", database)
        current, hub.program = hub.program, version.program
        people = People(hub)
        try:
            _fill(hub, people)
            before = read(hub)
            hub.program = current
            seconds, way_back = _upgrade(hub, before)
            _look_through(hub, people)
            if has_restore := version.knows("restore"):
                hub.program = version.program
            _go_back(hub, people, way_back, before)
        finally:
            hub.kill()
    rows, whose = sum(map(len, before.values())), "its own" if has_restore else "this version's"
    return f"upgraded in {seconds:.0f} s, {rows:,} rows, back by {whose} restore; {', '.join(people.done)}"


def _do(hub: RunningHub, *arguments: str, **variables: str) -> str:
    done = hub.manage(*arguments, **variables)
    assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


def _fill(hub: RunningHub, people: People) -> None:
    """Start the older hub, and let people leave behind what they do."""
    hub.start()
    account = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD, "LC_ALL": "C.UTF-8"}
    _do(hub, "createsuperuser", "--noinput", "--username", NAME, "--email", "a@example.org", **account)
    people.begin()
    hub.stop()


def _upgrade(hub: RunningHub, before: Rows) -> tuple[float, list[str]]:
    """Upgrade twice, the second time to no effect; the seconds it took, and the way back, if anything was migrated."""
    start = time.monotonic()
    said = _do(hub, "upgrade")
    seconds = time.monotonic() - start
    after = read(hub)
    assert not (gone := lost(before, after)), "\n".join(["Lost in the upgrade:", *gone])
    assert _do(hub, "upgrade") == "The hub is ready to be started.\n"
    assert read(hub) == after
    way_back = re.search(r"manage\.py (restore .+ --replace)`", said)
    return seconds, way_back[1].split() if way_back else []


def _look_through(hub: RunningHub, people: People) -> None:
    """See that the upgraded hub is whole, serves, and can be edited further."""
    hub.start()
    people.editor.get("/admin/")  # Who was logged in still is.
    people.find_again()
    people.edit()
    findings = json.loads(hub.manage("check_hub", "--json").stdout)
    assert not (bad := [it for it in findings if it["level"] != "ok" and it["about"] not in NOT_YET]), bad
    hub.stop()


def _go_back(hub: RunningHub, people: People, way_back: list[str], before: Rows) -> None:
    """Take the way that the upgrade has named; without one, nothing in the database has to be taken back."""
    if way_back:
        _do(hub, *way_back)
        assert not (gone := lost(before, read(hub))), "\n".join(["Lost on the way back:", *gone])
    hub.start()
    people.find_again()
    hub.stop()
